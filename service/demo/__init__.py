"""The demo mission: Talvara, a country that does not exist.

Two valleys are in conflict over water and grazing. The Governor of Sennet is in every meeting, but the chair of the
ford market is the one who still connects the valleys; one valley has no civil affairs officer, and nobody has met one
of the villages. All of it is invented: the p-codes begin with QV, because ISO 3166 leaves QM to QZ to users, so no real
country will have them, and the coordinates lie in the open sea.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from graph.access import Actor
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder
from graph.ties import TieReport
from service.demo.tables import activities, areas, sectors, sources, stakeholders, tie_reports

if TYPE_CHECKING:
    from queries.store import Store

DEMO_PATH = ("Civil Affairs Section", "Upper Orrin Herders' Council")
"""The question of the demo: through whom can the first reach the second?"""

Kind = TypeVar("Kind", bound=Record)


def mission(today: date) -> tuple[Record, ...]:
    """Return every record of the demo mission as of a day; the same day gives equal records and ids.

    A record comes after the records that it refers to.
    """
    return (
        *sectors(today),
        *areas(today),
        *sources(today),
        *stakeholders(today),
        *tie_reports(today),
        *activities(today),
    )


def holds_demo(store: "Store", actor: Actor) -> bool:
    """Tell whether the store has any stakeholder of the demo mission."""
    keys = [person.external_ids[0] for person in stakeholders(date(2024, 1, 1))]  # any day: ids do not depend on it
    return bool(store.by_external_ids(Stakeholder, keys, actor))


def load(store: "Store", actor: Actor, today: date) -> int:
    """Create the records of the demo mission that the store lacks; return their number.

    Records that exist, by external id, are not changed: loading again undoes no edit and moves no date. ``actor`` must
    be cleared for confidential records, as the mission has some. Raises what ``Store.apply`` raises.
    """
    from queries.store import Changes  # lazy: making the records needs no database

    records = mission(today)
    missing = [
        record
        for kind in (Sector, Area, Source, Stakeholder, TieReport, Activity)
        for record in _missing(store, actor, kind, records)
    ]
    if missing:
        store.apply(Changes(create=missing, update=()), actor)
    return len(missing)


def _missing(store: "Store", actor: Actor, kind: type[Kind], records: Sequence[Record]) -> list[Kind]:
    of_kind = [record for record in records if isinstance(record, kind)]
    existing = store.by_external_ids(kind, [record.external_ids[0] for record in of_kind], actor)
    return [record for record in of_kind if record.external_ids[0] not in existing]
