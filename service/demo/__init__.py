"""The demo mission: Talvara, a country that does not exist.

Two valleys quarrel over water and grazing. The Governor of Sennet sits in every meeting, but the one who still joins
the valleys is the chair of the ford market; one valley has no civil affairs officer, and one village nobody has met.
All of it is made up: the p-codes begin with QV, since ISO 3166 leaves QM to QZ to users and no real country will ever
have them, and the coordinates lie in the open sea.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from graph.access import Actor
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder, TieReport
from service.demo.tables import activities, areas, sectors, sources, stakeholders, tie_reports

if TYPE_CHECKING:
    from queries.store import Store

DEMO_PATH = ("Civil Affairs Section", "Upper Orrin Herders' Council")
"""The question the demo asks: by whom does word travel from the first to the second?"""

Kind = TypeVar("Kind", bound=Record)


def mission(today: date) -> tuple[Record, ...]:
    """Return every record of the demo mission as it stands on a day; the same day gives equal records, ids included.

    Whatever a record refers to comes before it.
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
    """Tell whether the store holds the demo mission, or what is left of it."""
    known = [person.external_ids[0] for person in stakeholders(date(2024, 1, 1))]  # any day: ids do not move
    return bool(store.by_external_ids(Stakeholder, known, actor))


def load(store: "Store", actor: Actor, today: date) -> int:
    """Put into the store what it lacks of the demo mission; return how many records that were.

    What is there already, by external id, stays as it is: loading again changes nothing, undoes no edit and moves no
    date. ``actor`` must be cleared for confidential records, since the mission has some. Raises what ``Store.apply``
    raises.
    """
    from queries.store import Changes  # lazy: the records alone need no database

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
    wanted = [record for record in records if isinstance(record, kind)]
    known = store.by_external_ids(kind, [record.external_ids[0] for record in wanted], actor)
    return [record for record in wanted if record.external_ids[0] not in known]
