"""A small mission with records of every kind and values of every type."""

from datetime import UTC, date, datetime

from graph.access import LOCAL_ACTOR as ME
from graph.access import Sensitivity
from graph.model import AccessInterval
from graph.ties import TieReport
from graph.vocabulary import Access
from queries.driver.statements import parse
from queries.store import Once, Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_activity, an_area

ODD = parse(
    "tests/odd",
    """// Values that Neo4j stores and our records never have; an archive must hold them too.
// params: instant
MATCH (s:Stakeholder)
SET s.finer = datetime('2024-05-01T08:00:00.123456789Z'),  s.offset = datetime('2024-05-01T08:00:00+05:30'),
  s.infinite = 1.0/0.0, s.nothing = 0.0/0.0, s.minus = -0.0,
  s.days = [date('2024-02-29'), date('9999-12-31')], s.instants = [$instant], s.huge = 9223372036854775807,
  s.tiny = 5e-324, s.date = 'no {"date": "2024-01-01"}', s.flags = [true, false], s.empty = []
""",
)


def fill(store: Store) -> None:
    """Create records of every kind and sensitivity, change and retract some, and leave receipts."""
    sector = store.create(a_sector(external_ids=("hdx:PRO",)), ME)
    country = store.create(an_area(name="Talvara", level=0), ME)
    interval = AccessInterval(access=Access.ESCORT, since=date(2024, 1, 1))
    area = store.create(an_area(parent_id=country.id, access=(interval,), external_ids=("pcode:QV1",)), ME)
    source = store.create(a_source(sensitivity=Sensitivity.PROTECTED), ME)
    one = a_stakeholder(name="مجلس الأعيان", area_id=area.id, sector_ids=(sector.id,), external_ids=("kobo:1", "x:2"))
    one = store.create(one, ME, once=Once("key", "print"))
    other = store.create(a_stakeholder(name="👩‍👩‍👧‍👦 Sœurs", category="ngo", sensitivity=Sensitivity.CONFIDENTIAL), ME)
    reports: list[TieReport] = [
        store.create(a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id, **values), ME)
        for values in (
            {"strength": 0.1 + 0.2, "trust": 1.0, "note": 'a "note"\n\u2028\\ end'},
            {"kind": "funds", "valid_from": date(2020, 1, 1), "valid_to": date(2021, 1, 1), "external_ids": ("r:1",)},
            {"kind": "kinship", "recorded_at": datetime(2023, 5, 1, 8, tzinfo=UTC), "sign": -1},
        )
    ]
    store.delete(TieReport, reports[2].id, ME, version=1)
    store.replace(one, ME, version=1)
    store.create(an_activity(one.id, other.id, area_id=area.id, sector_id=sector.id), ME)
