"""A stored record is read back to the last bit."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.access import Sensitivity
from graph.model import AccessInterval, Activity, Area, Record, Source, Stakeholder
from graph.vocabulary import Access, Nature, Reliability
from queries.records.mapping import dump, load, to_properties, to_record
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_activity, an_area

FULL: list[Record] = [
    a_stakeholder(
        aliases=("مجلس", "Élisabeth"),
        nature=Nature.OFFICE,
        area_id="a",
        sector_ids=("s", "t"),
        external_ids=("kobo:1",),
        sensitivity=Sensitivity.PROTECTED,
        do_not_contact=True,
    ),
    a_source(reliability=Reliability.A, origin_group="radio"),
    an_area(
        latitude=1.5,
        longitude=-2.0,
        parent_id="p",
        access=(
            AccessInterval(access=Access.CLOSED, since=date(2024, 1, 1), until=date(2024, 2, 1)),
            AccessInterval(access=Access.OPEN, since=date(2024, 2, 1)),
        ),
    ),
    a_sector(),
    an_activity("s", area_id="a", sector_id="c", valid_from=date(2020, 2, 29)),
    a_tie_report(
        strength=0.25, trust=1, sign=-1, retracted_at=datetime(2024, 1, 1, tzinfo=UTC), valid_to=date(2030, 1, 1)
    ),
]


@pytest.mark.parametrize("record", FULL, ids=lambda record: type(record).__name__)
def test_a_record_is_read_back_from_its_text(record: Record) -> None:
    assert load(type(record), dump(record)) == record


@pytest.mark.parametrize("record", FULL, ids=lambda record: type(record).__name__)
def test_words_and_sensitivities_are_stored_as_text_and_numbers(record: Record) -> None:
    properties = to_properties(record, without=("access", "participants"))
    assert {type(value) for value in properties.values()} <= {str, int, float, bool, list, date, datetime, type(None)}


def test_excluded_fields_are_left_out() -> None:
    properties = to_properties(a_source(), without=("name",))
    assert properties.keys() == {item.name for item in fields(Source)} - {"name"}


def test_a_missing_property_reads_as_none_or_empty() -> None:
    properties = {name: value for name, value in to_properties(an_area()).items() if value not in (None, [])}
    assert to_record(Area, properties) == replace(
        an_area(), **{name: properties[name] for name in ("id", "created_at", "updated_at")}
    )


@given(name=st.text(min_size=1, max_size=50), description=st.text(max_size=50), at=st.datetimes(timezones=st.just(UTC)))
def test_any_text_and_instant_is_read_back_from_its_text(name: str, description: str, at: datetime) -> None:
    record = a_stakeholder(description=description, aliases=(), created_at=at, languages=(name,))
    assert load(Stakeholder, dump(record)) == record


def test_a_text_that_breaks_the_records_rules_is_refused() -> None:
    record = an_activity("s")
    with pytest.raises(ValueError, match="nobody"):
        load(Activity, dump(record).replace("implements", "nobody"))
