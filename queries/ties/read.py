"""Ties as one viewer may know them: always folded from the reports that this viewer may see.

A page holds a hundred ties, so that folding costs nothing that anybody would notice, and there is one way only in which
a single tie comes about. Whole networks are read by ``queries/network``.
"""

from collections.abc import Iterator
from datetime import date, datetime

from graph.errors import NotFound
from graph.model import Tie
from graph.vocabulary import TieStatus
from queries.driver.batches import BATCH
from queries.driver.pages import Page, check_limit
from queries.driver.statements import statement
from queries.driver.transactions import ReadTransaction
from queries.ties.evidence import Spoken, spoken


def tie(tx: ReadTransaction, tie_id: str, *, as_of: date, known_at: datetime | None = None) -> Tie:
    """Return one tie; raises ``NotFound`` if nothing the viewer may see speaks of it on that day."""
    for told in _evidence(tx, [tie_id]):
        if found := told.tie(as_of=as_of, known_at=known_at):
            return found
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
    for told in _candidates(tx, stakeholder_id, kind, after=after or "", run=limit + 1):
        seen = told.tie(as_of=as_of, known_at=known_at)
        if seen and status in (None, seen.status):
            found.append(seen)
            if len(found) > limit:
                return Page(tuple(found[:limit]), found[limit - 1].id)
    return Page(tuple(found), None)


def _candidates(
    tx: ReadTransaction, stakeholder_id: str | None, kind: str | None, *, after: str, run: int
) -> Iterator[Spoken]:
    """Yield what is told of one tie after the other, in ever longer runs: the next of a rare status can lie far off."""
    wanted = statement("ties/after_of_stakeholder" if stakeholder_id else "ties/after")
    narrowed = {"stakeholder_id": stakeholder_id} if stakeholder_id else {}
    while True:
        rows = tx.rows(wanted, after=after, kind=kind, limit=run, **narrowed)
        ids = [row["tie_id"] for row in rows]
        yield from _evidence(tx, ids)
        if len(ids) < run:
            return
        after, run = ids[-1], min(2 * run, BATCH)


def _evidence(tx: ReadTransaction, tie_ids: list[str]) -> list[Spoken]:
    (columns,) = tx.rows(statement("ties/visible_evidence"), tie_ids=tie_ids)
    return spoken(columns)
