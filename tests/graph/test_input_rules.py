"""What is refused when a record is written: names that show nothing, and observations of days still to come."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from graph.errors import InvalidInput
from graph.input_rules import NAMES, check_input, input_findings, latest_day
from graph.model import Record
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_activity, an_area

TODAY = date(2026, 5, 1)
TOMORROW, DAY_AFTER = TODAY + timedelta(1), TODAY + timedelta(2)
NOTHING = "\u200b"


@pytest.mark.parametrize(
    ("record", "pointer"),
    [
        (a_stakeholder(name=NOTHING), "/name"),
        (a_stakeholder(aliases=("Elders", NOTHING)), "/aliases/1"),
        (a_source(name=NOTHING), "/name"),
        (a_source(origin_group=NOTHING), "/origin_group"),
        (an_area(name=NOTHING), "/name"),
        (an_area(pcode=NOTHING), "/pcode"),
        (a_sector(code=NOTHING), "/code"),
        (a_sector(name=NOTHING), "/name"),
        (an_activity(name=NOTHING), "/name"),
        (a_sector(external_ids=("kobo:1", f"kobo:{NOTHING}")), "/external_ids/1"),
    ],
)
def test_a_name_that_shows_nothing_is_refused_by_its_place(record: Record, pointer: str) -> None:
    with pytest.raises(InvalidInput, match="shows nothing") as refused:
        check_input(record, today=TODAY)
    assert [found.pointer for found in refused.value.findings] == [pointer]


@pytest.mark.parametrize("name", ["observed_on", "valid_from", "recorded_at"])
def test_an_observation_is_no_later_than_tomorrow(name: str) -> None:
    def given(day: date) -> Any:
        return datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC) if name == "recorded_at" else day

    on_time = {"recorded_at": datetime(2026, 5, 1, tzinfo=UTC)} | {name: given(TOMORROW)}
    assert list(input_findings(a_tie_report(**on_time), today=TODAY)) == []
    (found,) = input_findings(a_tie_report(**on_time | {name: given(DAY_AFTER)}), today=TODAY)
    assert (found.pointer, found.detail) == (f"/{name}", "2026-05-03 has not come yet")


def test_planned_days_may_lie_ahead() -> None:
    far = date(2040, 1, 1)
    recorded = datetime(2026, 5, 1, tzinfo=UTC)
    for record in (an_activity(valid_from=far), a_tie_report(valid_to=far, recorded_at=recorded)):
        assert list(input_findings(record, today=TODAY)) == []


def test_the_last_day_of_the_calendar_has_no_tomorrow() -> None:
    assert latest_day(date.max) == date.max


def test_every_kind_of_record_says_which_fields_name_something() -> None:
    # By name: each class with slots has a forerunner without.
    assert {kind.__name__ for kind in NAMES} == {kind.__name__ for kind in Record.__subclasses__()}
