"""Sources: where reports on ties come from."""

from collections.abc import Callable, Mapping, Sequence

from graph.model import Source
from queries.driver.connection import Row
from queries.driver.transactions import Transactions, WriteTransaction
from queries.records.base import RecordStore

Refold = Callable[[WriteTransaction, Sequence[str]], None]
"""Folds again the ties that rest on reports of these sources."""


class Sources(RecordStore[Source]):
    """The sources. A change of what their word is worth, or of who may see it, folds their ties again."""

    kind = Source
    folder = "records/sources"
    filters = ("kind",)
    seconds = 120.0  # a data set stands behind thousands of ties, of which some 1,000 a second are folded again

    def __init__(self, transactions: Transactions, refold: Refold) -> None:
        super().__init__(transactions)
        self._refold = refold

    def after_write(self, tx: WriteTransaction, rows: Sequence[Row], places: Mapping[str, str]) -> None:  # noqa: ARG002
        """Fold the ties again of sources whose reliability, origin group or sensitivity changed."""
        changed = [row["id"] for row in rows if row.get("weighs_otherwise")]
        if changed:
            self._refold(tx, changed)
