"""Sources: where reports on ties come from."""

from collections.abc import Callable, Mapping, Sequence

from graph.model import Source
from queries.driver.running import Row
from queries.driver.transactions import Transactions, WriteTransaction
from queries.records.base import RecordStore

Refold = Callable[[WriteTransaction, Sequence[str]], None]
"""Rebuilds the ties on which these sources reported."""


class Sources(RecordStore[Source]):
    """The sources. A change of grade, origin group or sensitivity rebuilds the ties on which they reported."""

    kind = Source
    folder = "records/sources"
    filters = ("kind",)
    seconds = 120.0  # a data set can be the source of thousands of ties, of which some 1,000 a second are rebuilt

    def __init__(self, transactions: Transactions, refold: Refold) -> None:
        super().__init__(transactions)
        self._refold = refold

    def after_write(self, tx: WriteTransaction, rows: Sequence[Row], pointers: Mapping[str, str]) -> None:  # noqa: ARG002
        """Rebuild the ties of sources whose reliability, origin group or sensitivity changed."""
        changed = [row["id"] for row in rows if row.get("grade_changed")]
        if changed:
            self._refold(tx, changed)
