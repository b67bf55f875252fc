"""What holds a stakeholder, and its erasure together with that.

A stakeholder on whom anything was ever reported cannot be deleted by itself: a retracted report stays, and names it. To
erase it takes all reports on its ties along, the retracted ones too, and so the ties; its parts in activities end, and
the activities stay. Nothing of it can be told afterwards, not even what was known on an earlier day.

What an actor may not see is neither listed, counted nor erased: a stakeholder held by such a record is refused in the
words with which it is refused to be deleted. So is one that the actor sees take part alone in an activity, which has to
have somebody: give it another participant, or delete it before.
"""

from dataclasses import dataclass
from datetime import datetime

from graph.access import Sensitivity
from graph.errors import StillReferenced, TooLarge
from graph.evidence import tie_key
from graph.model import Stakeholder
from queries.driver.connection import Row
from queries.driver.pages import Page, check_limit
from queries.driver.statements import statement
from queries.driver.transactions import ReadTransaction, WriteTransaction
from queries.records import refusals
from queries.records.mapping import as_instant
from queries.ties.materialise import hold

MOST = 5_000
"""Reports and activities that one erasure takes along, as all goes in one transaction: 5,000 reports with external ids
go in 1.8 s on two cores, within the 256 MB that our ``neo4j.conf`` gives a transaction; 100,000 do not fit (measured),
and are refused within a second."""

SECONDS = 120.0
"""Time limit of an erasure."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many records hang on a stakeholder, of those that somebody may see.

    ``tie_reports`` stand, ``retracted_tie_reports`` do not; ``ties`` are those that standing reports speak of. In
    ``activities_alone`` of the ``activities`` nobody else is seen to take part.
    """

    tie_reports: int
    retracted_tie_reports: int
    ties: int
    activities: int
    activities_alone: int

    @property
    def references(self) -> int:
        """The records that have to go, or to change, before the stakeholder can be deleted."""
        return self.tie_reports + self.retracted_tie_reports + self.activities


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A record that hangs on a stakeholder: its kind (``TieReport`` or ``Activity``), id, and when it was retracted."""

    kind: str
    id: str
    retracted_at: datetime | None


def held(tx: ReadTransaction, stakeholder_id: str) -> Held:
    """Return how many records that the viewer may see hang on a stakeholder. Raises ``NotFound``."""
    return _held(tx, stakeholder_id)[1]


def references(tx: ReadTransaction, stakeholder_id: str, *, after: str | None, limit: int) -> Page[HeldBy]:
    """Return up to ``limit`` of these records in the order of ids, after that id.

    Raises ``NotFound``, and ``InvalidInput`` for a limit out of range.
    """
    check_limit(limit)
    held(tx, stakeholder_id)
    wanted = statement("erasure/references")
    rows = tx.rows(wanted, id=stakeholder_id, after=after or "", limit=limit + 1)
    items = tuple(HeldBy(row["kind"], row["id"], as_instant(row["retracted_at"])) for row in rows[:limit])
    return Page(items, items[-1].id if len(rows) > limit else None)


def erase(tx: WriteTransaction, stakeholder_id: str, *, version: int) -> Held:
    """Erase a stakeholder that is still at ``version`` with all that hangs on it, and return what that was.

    Raises ``NotFound``, ``VersionMismatch``, ``StillReferenced`` for what the actor may not see or an activity that
    would have nobody left, and ``TooLarge`` above ``MOST``.
    """
    _refuse(tx, stakeholder_id, version)  # before anything is locked, of which there may be much
    wanted = statement("erasure/around")
    (around,) = tx.rows(wanted, id=stakeholder_id)
    _hold(tx, stakeholder_id, around)
    (around,) = tx.rows(wanted, id=stakeholder_id)
    _hold(tx, stakeholder_id, around)  # what came in before the stakeholder was held; after that nothing can
    here = _refuse(tx, stakeholder_id, version)
    row = tx.row(statement("erasure/erase"), id=stakeholder_id)
    if row is None:
        raise refusals.not_found(Stakeholder)
    tx.changed(Sensitivity(row["shows_from"]))
    tx.forget([stakeholder_id])
    tx.change_log_entry.note_records(Stakeholder, [stakeholder_id])
    tx.change_log_entry.note_ties((kind, *tie_key(kind, start, finish)) for kind, start, finish in around["ties"])
    return here


def _hold(tx: WriteTransaction, stakeholder_id: str, around: Row) -> None:
    """Hold what the reports on a stakeholder name, in the order in which every writer does."""
    hold(tx, source_ids=around["source_ids"], stakeholder_ids=[stakeholder_id, *around["stakeholder_ids"]])


def _refuse(tx: WriteTransaction, stakeholder_id: str, version: int) -> Held:
    """Return what would be erased; raises what speaks against it."""
    found, here = _held(tx, stakeholder_id)
    if found != version:
        raise refusals.changed(Stakeholder)
    everything = tx.row(statement("erasure/everything"), id=stakeholder_id)
    seen = (here.tie_reports + here.retracted_tie_reports, here.activities)
    if everything is None or (everything["reports"], everything["activities"]) != seen:
        raise refusals.still_referenced(Stakeholder)
    if here.activities_alone:
        raise StillReferenced(
            f"Nobody else is seen to take part in {here.activities_alone:,} of its activities.",
            cure="Give these another participant, or delete them first.",
        )
    if here.references > MOST:
        raise TooLarge(
            f"{here.references:,} records hang on this Stakeholder; an erasure takes {MOST:,} at most.",
            cure="Set its status to inactive instead, and raise its sensitivity if it must not be seen.",
        )
    return here


def _held(tx: ReadTransaction, stakeholder_id: str) -> tuple[int, Held]:
    row = tx.row(statement("erasure/held"), id=stakeholder_id)
    if row is None:
        raise refusals.not_found(Stakeholder)
    return row["version"], Held(row["standing"], row["retracted"], row["ties"], row["activities"], row["alone"])
