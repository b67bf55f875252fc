"""Ties as one viewer may know them: always folded from the reports that this viewer may see.

A page has about a hundred ties, so that folding costs nothing noticeable, and a single tie is computed in one way only.
Whole networks are read by ``queries/network``.
"""

from collections.abc import Iterator
from datetime import date, datetime

from graph.errors import NotFound
from graph.ties import Tie
from graph.vocabulary import TieStatus
from queries.driver.batches import BATCH
from queries.driver.pages import Page, check_limit
from queries.driver.statements import statement
from queries.driver.transactions import ReadTransaction
from queries.ties.evidence import TieEvidence, tie_evidence


def tie(tx: ReadTransaction, tie_id: str, *, as_of: date, known_at: datetime | None = None) -> Tie:
    """Return one tie; raises ``NotFound`` if no report that the viewer may see covers that day."""
    for evidence in _evidence(tx, [tie_id]):
        if folded := evidence.tie(as_of=as_of, known_at=known_at):
            return folded
    raise NotFound("There is no such tie on that day.", cure="Check the id and the day.")


def ties(
    tx: ReadTransaction,
    *,
    as_of: date,
    known_at: datetime | None = None,
    stakeholder_id: str | None = None,
    kind: str | None = None,
    status: TieStatus | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Page[Tie]:
    """Return up to ``limit`` (1 to 1,000) ties after that id which match all that is given.

    Raises ``InvalidInput`` for a limit out of range.
    """
    check_limit(limit)
    found: list[Tie] = []
    for evidence in _candidates(tx, stakeholder_id, kind, after=after or "", size=limit + 1):
        folded = evidence.tie(as_of=as_of, known_at=known_at)
        if folded and status in (None, folded.status):
            found.append(folded)
            if len(found) > limit:
                return Page(tuple(found[:limit]), found[limit - 1].id)
    return Page(tuple(found), None)


def _candidates(
    tx: ReadTransaction, stakeholder_id: str | None, kind: str | None, *, after: str, size: int
) -> Iterator[TieEvidence]:
    """Yield the evidence tie by tie, read in ever larger batches: the next tie of a rare status can be far off."""
    page = statement("ties/after_of_stakeholder" if stakeholder_id else "ties/after")
    filters = {"stakeholder_id": stakeholder_id} if stakeholder_id else {}
    while True:
        rows = tx.rows(page, after=after, kind=kind, limit=size, **filters)
        ids = [row["tie_id"] for row in rows]
        yield from _evidence(tx, ids)
        if len(ids) < size:
            return
        after, size = ids[-1], min(2 * size, BATCH)


def _evidence(tx: ReadTransaction, tie_ids: list[str]) -> list[TieEvidence]:
    (columns,) = tx.rows(statement("ties/visible_evidence"), tie_ids=tie_ids)
    return tie_evidence(columns)
