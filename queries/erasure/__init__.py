"""The records that refer to a stakeholder, and its erasure together with them.

A stakeholder on whom anything was ever reported cannot be deleted by itself: a retracted report stays, and names it. An
erasure deletes all reports on its ties too, the retracted ones included, and so the ties; it is removed from its
activities, which stay. Nothing of it can be read afterwards, not even what was known on an earlier day.

What an actor may not see is neither listed, counted nor erased: a stakeholder to which such a record refers is refused
in the same words as its deletion. So is one that is the only participant of an activity that the actor can see, as an
activity needs a participant: give it another one, or delete it first.
"""

from dataclasses import dataclass
from datetime import datetime

from graph.access import Sensitivity
from graph.errors import StillReferenced, TooLarge
from graph.evidence import tie_key
from graph.model import Stakeholder
from queries.driver.pages import Page, check_limit
from queries.driver.running import Row
from queries.driver.statements import statement
from queries.driver.transactions import ReadTransaction, WriteTransaction
from queries.records import refusals
from queries.records.mapping import as_instant
from queries.ties.materialise import hold

MOST = 5_000
"""Most reports and activities of one erasure, as all go in one transaction: 5,000 reports with external ids take 1.8 s
on two cores, within the 256 MB that our ``neo4j.conf`` gives a transaction; 100,000 do not fit (measured), and are
refused within a second."""

SECONDS = 120.0
"""Time limit of an erasure."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many records refer to a stakeholder, of those that the viewer may see.

    ``tie_reports`` are not retracted, ``retracted_tie_reports`` are; ``ties`` are those with a report that is not. In
    ``activities_alone`` of the ``activities`` the viewer sees no other participant.
    """

    tie_reports: int
    retracted_tie_reports: int
    ties: int
    activities: int
    activities_alone: int

    @property
    def references(self) -> int:
        """The records that must be deleted or changed before the stakeholder can be deleted."""
        return self.tie_reports + self.retracted_tie_reports + self.activities


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A record that refers to a stakeholder: its kind (``TieReport`` or ``Activity``), id, and time of retraction."""

    kind: str
    id: str
    retracted_at: datetime | None


def held(tx: ReadTransaction, stakeholder_id: str) -> Held:
    """Return how many records that the viewer may see refer to a stakeholder. Raises ``NotFound``."""
    return _held(tx, stakeholder_id)[1]


def references(tx: ReadTransaction, stakeholder_id: str, *, after: str | None, limit: int) -> Page[HeldBy]:
    """Return up to ``limit`` of these records in the order of ids, after that id.

    Raises ``NotFound``, and ``InvalidInput`` for a limit out of range.
    """
    check_limit(limit)
    held(tx, stakeholder_id)
    page = statement("erasure/references")
    rows = tx.rows(page, id=stakeholder_id, after=after or "", limit=limit + 1)
    items = tuple(HeldBy(row["kind"], row["id"], as_instant(row["retracted_at"])) for row in rows[:limit])
    return Page(items, items[-1].id if len(rows) > limit else None)


def erase(tx: WriteTransaction, stakeholder_id: str, *, version: int) -> Held:
    """Erase a stakeholder that is still at ``version`` with all that refers to it, and return what was erased.

    Raises ``NotFound``, ``VersionMismatch``, ``StillReferenced`` for what the actor may not see or an activity that
    would have no participant left, and ``TooLarge`` above ``MOST``.
    """
    _refuse(tx, stakeholder_id, version)  # before locking, which may be many records
    to_lock = statement("erasure/around")
    (around,) = tx.rows(to_lock, id=stakeholder_id)
    _hold(tx, stakeholder_id, around)
    (around,) = tx.rows(to_lock, id=stakeholder_id)
    _hold(tx, stakeholder_id, around)  # what was written before the stakeholder was locked; after that nothing can be
    erased = _refuse(tx, stakeholder_id, version)
    row = tx.row(statement("erasure/erase"), id=stakeholder_id)
    if row is None:
        raise refusals.not_found(Stakeholder)
    tx.changed(Sensitivity(row["shows_from"]))
    tx.forget([stakeholder_id])
    tx.change_log_entry.note_records(Stakeholder, [stakeholder_id])
    tx.change_log_entry.note_ties((kind, *tie_key(kind, start, finish)) for kind, start, finish in around["ties"])
    return erased


def _hold(tx: WriteTransaction, stakeholder_id: str, around: Row) -> None:
    """Lock the records that the reports on a stakeholder name, in the order in which every writer does."""
    hold(tx, source_ids=around["source_ids"], stakeholder_ids=[stakeholder_id, *around["stakeholder_ids"]])


def _refuse(tx: WriteTransaction, stakeholder_id: str, version: int) -> Held:
    """Return what would be erased; raises if it must not be."""
    stored_version, visible = _held(tx, stakeholder_id)
    if stored_version != version:
        raise refusals.changed(Stakeholder)
    everything = tx.row(statement("erasure/everything"), id=stakeholder_id)
    seen = (visible.tie_reports + visible.retracted_tie_reports, visible.activities)
    if everything is None or (everything["reports"], everything["activities"]) != seen:
        raise refusals.still_referenced(Stakeholder)
    if visible.activities_alone:
        raise StillReferenced(
            f"{visible.activities_alone:,} of its activities have no other participant that you can see.",
            cure="Give these another participant, or delete them first.",
        )
    if visible.references > MOST:
        raise TooLarge(
            f"{visible.references:,} records refer to this Stakeholder; an erasure takes {MOST:,} at most.",
            cure="Set its status to inactive instead, and raise its sensitivity if it must not be seen.",
        )
    return visible


def _held(tx: ReadTransaction, stakeholder_id: str) -> tuple[int, Held]:
    row = tx.row(statement("erasure/held"), id=stakeholder_id)
    if row is None:
        raise refusals.not_found(Stakeholder)
    return row["version"], Held(row["current"], row["retracted"], row["ties"], row["activities"], row["alone"])
