"""The Store: everything the application stores, behind one class.

Every read takes a viewer and gives only what that viewer may see; every write takes an actor. Each kind of record has
its folder of statements; this module only passes each call on to it.
"""

import builtins
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from graph.access import Actor, Viewer
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder
from graph.ties import TieReport
from queries import bulk, erasure
from queries.bulk import Changes, look_up
from queries.driver.connection import Connection
from queries.driver.pages import PAGE_LIMIT, Page
from queries.driver.transactions import NOBODY, Once
from queries.erasure import Held, HeldBy
from queries.network.read import ActivityPresence, NetworkRows
from queries.network.reads import NetworkReads
from queries.records.activities import Activities
from queries.records.areas import Areas
from queries.records.base import RecordStore
from queries.records.sectors import Sectors
from queries.records.sources import Sources
from queries.records.stakeholders import Stakeholders
from queries.tie_reports import TieReports
from queries.ties.refold import refold_sources

__all__ = ["ActivityPresence", "Changes", "Held", "HeldBy", "NetworkRows", "Once", "Page", "Store"]

R = TypeVar("R", bound=Record)


class Store(NetworkReads):
    """The records in one database. Safe to share between threads and across a fork."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._records: dict[type[Record], RecordStore[Any]] = {
            Stakeholder: Stakeholders(self._transactions),
            Source: Sources(self._transactions, refold=refold_sources),
            Area: Areas(self._transactions),
            Sector: Sectors(self._transactions),
            TieReport: TieReports(self._transactions),
            Activity: Activities(self._transactions),
        }

    def warm(self, *, ended: Callable[[], bool] = lambda: False) -> None:
        """Have the database plan the hot statements: each costs 100 to 600 ms at its first use.

        Writes nothing, not even a receipt: writes are rolled back, so it runs on a full disk too.

        ``ended`` is called before each step; where it returns true, the rest is left out.
        """
        steps: list[Callable[[], object]] = [
            *(records.warm for records in self._records.values()),
            lambda: self.list(Stakeholder, NOBODY, q="a", limit=1),
            lambda: self.ties(NOBODY, as_of=date.max, limit=1),
            lambda: self.network(NOBODY, as_of=date.max),
        ]
        for step in steps:
            if ended():
                return
            step()

    # One record

    def get(self, kind: type[R], id: str, viewer: Viewer) -> R:  # noqa: A002 - what it is called everywhere
        """Return one record; raises ``NotFound`` for what is missing and what the viewer may not see alike."""
        return self._of(kind).get(id, viewer)

    def list(
        self, kind: type[R], viewer: Viewer, /, *, after: str | None = None, limit: int = 100, **filters: object
    ) -> Page[R]:
        """Return up to ``limit`` (1 to 1,000) records in the order of ids, after that id, that match all the filters.

        ``None`` for a filter means any. Stakeholder: ``q``, ``name``, ``category``, ``status``, ``area_id`` (with all
        within), ``sector_id``. Source: ``kind``. Area: ``parent_id``, ``level``, ``pcode``. Sector: ``code``. Activity:
        ``stakeholder_id``, ``area_id`` (with all within), ``sector_id``, ``status``. TieReport: ``stakeholder_id``,
        ``source_id``, ``tie_id``, ``kind``. Raises ``InvalidInput`` for a limit or text out of range.
        """
        return self._of(kind).list(viewer, after=after, limit=limit, **filters)

    def create(self, record: R, actor: Actor, *, once: Once | None = None) -> R:
        """Store a new record as version 1 and return it as stored.

        Raises ``AlreadyExists`` if its id or an external id is taken, ``InvalidInput`` for a reference to a record
        that does not exist or that the actor may not see, ``KeyReused``, ``StoreUnavailable``.
        """
        return self._of(type(record)).create(record, actor, once=once)

    def replace(self, record: R, actor: Actor, *, version: int, once: Once | None = None) -> R:
        """Change a record if it is still at ``version`` and return it as stored, at the next version.

        Raises ``NotFound``, ``VersionMismatch`` and whatever ``create`` raises.
        """
        return self._of(type(record)).replace(record, actor, version=version, once=once)

    def delete(
        self,
        kind: type[R],
        id: str,  # noqa: A002
        actor: Actor,
        *,
        version: int,
        once: Once | None = None,
    ) -> None:
        """Delete a record if it is still at ``version``; a tie report is retracted and can still be read.

        Raises ``NotFound``, ``VersionMismatch``, ``StillReferenced`` if other records point at it, ``KeyReused``,
        ``StoreUnavailable``.
        """
        self._of(kind).delete(id, actor, version=version, once=once)

    # What refers to a stakeholder, and its erasure

    def held(self, stakeholder_id: str, viewer: Viewer) -> Held:
        """Return how many records of each kind that the viewer may see refer to a stakeholder; raises ``NotFound``."""
        return self._transactions.read(viewer, lambda tx: erasure.held(tx, stakeholder_id))

    def references(
        self, stakeholder_id: str, viewer: Viewer, *, after: str | None = None, limit: int = 100
    ) -> Page[HeldBy]:
        """Return up to ``limit`` (1 to 1,000) of these records in the order of ids, retracted reports too.

        Raises ``NotFound``, and ``InvalidInput`` for a limit out of range.
        """
        return self._transactions.read(
            viewer, lambda tx: erasure.references(tx, stakeholder_id, after=after, limit=limit)
        )

    def erase(self, stakeholder_id: str, actor: Actor, *, version: int, once: Once | None = None) -> Held:
        """Erase a stakeholder, if it is still at ``version``, with all reports on it; return what was erased.

        It is removed from its activities, which stay. Raises ``NotFound``, ``VersionMismatch``, ``StillReferenced`` if
        a record refers to it that the actor may not see, or an activity would have no participant left, ``TooLarge``
        above ``erasure.MOST`` records, ``KeyReused``, ``StoreUnavailable``.
        """
        return self._transactions.write(
            actor,
            lambda tx: erasure.erase(tx, stakeholder_id, version=version),
            once=once,
            dump=lambda held: json.dumps(asdict(held)),
            load=lambda text: Held(**json.loads(text)),
            seconds=erasure.SECONDS,
        )

    def all_areas(self, viewer: Viewer) -> Sequence[Area]:
        """Return every area that the viewer may see, in the order of ids."""
        return self._all(Area, viewer)

    def all_sectors(self, viewer: Viewer) -> Sequence[Sector]:
        """Return every sector that the viewer may see, in the order of ids."""
        return self._all(Sector, viewer)

    # Many at once

    def by_external_ids(self, kind: type[R], external_ids: Sequence[str], viewer: Viewer) -> dict[str, R]:
        """Return those records that exist and are visible, by external id, in the order of the argument."""
        return self._transactions.read(
            viewer, lambda tx: look_up.by_external_ids(tx, self._of(kind), external_ids), seconds=bulk.SECONDS
        )

    def names(self, viewer: Viewer) -> dict[str, "builtins.list[str]"]:
        """Return the ids of the stakeholders that the viewer may see by the search form of their name."""
        return self._transactions.read(viewer, look_up.names)

    def apply(self, changes: Changes, actor: Actor, *, progress: Callable[[int], None] | None = None) -> None:
        """Write many records, all or nothing up to 5,000, in several such transactions beyond that.

        A stakeholder that changes its category, but not its sensitivity, is protected as its new category requires
        (``graph.vocabulary.protected_as``).

        ``progress`` gets the number of records written so far; when a transaction has to be run again, the number goes
        back. Raises ``VersionMismatch``, ``NotFound``, ``AlreadyExists``, ``InvalidInput`` (its pointers
        lead into the changes, such as ``/create/17/area_id``) and ``StoreUnavailable``.
        """
        bulk.apply(self._transactions, self._records, changes, actor, progress=progress)

    def _all(self, kind: type[R], viewer: Viewer) -> Sequence[R]:
        found: builtins.list[R] = []
        page: Page[R] = Page((), "")
        while page.next is not None:
            page = self.list(kind, viewer, after=page.next, limit=PAGE_LIMIT)
            found += page.items
        return found

    def _of(self, kind: type[R]) -> RecordStore[R]:
        return self._records[kind]
