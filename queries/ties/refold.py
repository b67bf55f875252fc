"""Rebuilds materialised ties: those of a source graded anew, in the same transaction, or all, for an operator."""

from collections.abc import Callable, Sequence

from graph.access import LOCAL_ACTOR, Sensitivity
from queries.driver.statements import statement
from queries.driver.transactions import Transactions, WriteTransaction
from queries.ties.materialise import hold, materialise

TIES = 1_000
"""Ties of one transaction where all are rebuilt: half a second, for which writers who report on them wait."""

SECONDS = 60.0
"""Time limit of such a transaction, including the wait for other writers."""


def refold_sources(tx: WriteTransaction, source_ids: Sequence[str]) -> None:
    """Rebuild every tie on which these sources reported; the caller has changed, and so locked, the sources."""
    (row,) = tx.rows(statement("ties/of_sources"), source_ids=list(source_ids))
    hold(tx, source_ids=(), stakeholder_ids=row["stakeholder_ids"])
    materialise(tx, row["tie_ids"])


def refold_all(transactions: Transactions, *, progress: Callable[[int, int | None], None] | None = None) -> int:
    """Rebuild every tie from its reports as of today, and return how many ties were looked at.

    ``progress`` gets the count so far after each transaction; the total is unknown (``None``). Others may write
    meanwhile. If it is interrupted, the ties rebuilt so far stay, and it can be started again.
    """
    done, after = 0, ""

    def work(tx: WriteTransaction) -> list[str]:
        (row,) = tx.rows(statement("ties/next_reported"), after=after, limit=TIES)
        hold(tx, source_ids=(), stakeholder_ids=row["stakeholder_ids"])
        materialise(tx, row["tie_ids"])
        tx.changed(Sensitivity.PUBLIC)  # so that no reader goes on with a network that has a wrong tie
        return list(row["tie_ids"])

    while ids := transactions.write(LOCAL_ACTOR, work, seconds=SECONDS):
        done, after = done + len(ids), ids[-1]
        if progress:
            progress(done, None)
    return done
