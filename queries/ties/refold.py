"""Ties drawn again: those that rest on a source graded anew, in the same transaction, or all, for an operator."""

from collections.abc import Callable, Sequence

from graph.access import LOCAL_ACTOR, Sensitivity
from queries.driver.statements import statement
from queries.driver.transactions import Transactions, WriteTransaction
from queries.ties.materialise import hold, materialise

TIES = 1_000
"""Ties of one transaction where all are drawn again: half a second, for which whoever reports on them waits."""

SECONDS = 60.0
"""Time limit of such a transaction, with waiting for others."""


def refold_sources(tx: WriteTransaction, source_ids: Sequence[str]) -> None:
    """Draw again every tie that rests on a report of these sources, which the caller has changed and so holds."""
    (found,) = tx.rows(statement("ties/of_sources"), source_ids=list(source_ids))
    hold(tx, source_ids=(), stakeholder_ids=found["stakeholder_ids"])
    materialise(tx, found["tie_ids"])


def refold_all(transactions: Transactions, *, progress: Callable[[int, int | None], None] | None = None) -> int:
    """Draw every tie again as its reports have it today, and return how many were looked at.

    ``progress`` is told after each transaction how many so far; of how many, nobody knows. Others may write meanwhile.
    Broken off, all that was drawn so far stands, and to begin anew does no harm.
    """
    done, after = 0, ""

    def work(tx: WriteTransaction) -> list[str]:
        (found,) = tx.rows(statement("ties/next_spoken_of"), after=after, limit=TIES)
        hold(tx, source_ids=(), stakeholder_ids=found["stakeholder_ids"])
        materialise(tx, found["tie_ids"])
        tx.changed(Sensitivity.PUBLIC)  # so that nobody keeps a network with what was drawn wrongly
        return list(found["tie_ids"])

    while ids := transactions.write(LOCAL_ACTOR, work, seconds=SECONDS):
        done, after = done + len(ids), ids[-1]
        if progress:
            progress(done, None)
    return done
