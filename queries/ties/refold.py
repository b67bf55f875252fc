"""When a source is graded anew, all that rests on its word is folded again, in the same transaction."""

from collections.abc import Sequence

from queries.catalogue import statement
from queries.ties.materialise import hold, materialise
from queries.transactions import Writing


def refold_sources(tx: Writing, source_ids: Sequence[str]) -> None:
    """Draw again every tie that rests on a report of these sources, which the caller has changed and so holds."""
    (found,) = tx.rows(statement("ties/of_sources"), source_ids=list(source_ids))
    hold(tx, source_ids=(), stakeholder_ids=found["stakeholder_ids"])
    materialise(tx, found["tie_ids"])
