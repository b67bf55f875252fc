from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.access import Sensitivity
from graph.errors import InvalidInput
from graph.field_rules import NAME_LENGTH, TEXT_LENGTH
from graph.model import AccessInterval, Activity, Area, Participant, Sector, Source, Stakeholder, new_id
from graph.text import clean_name
from graph.vocabulary import Access, ActivityRole, Presence, Reliability, SourceKind
from tests.builders import a_stakeholder, a_tie_report

PARTICIPANT = Participant(stakeholder_id="a", role=ActivityRole.FUNDS)
STILL_OPEN = AccessInterval(access=Access.OPEN, since=date(2026, 1, 1))
ENDED_BEFORE_IT_BEGAN = AccessInterval(access=Access.CLOSED, since=date(2026, 1, 1), until=date(2026, 1, 1))


def test_a_quick_entry_needs_who_and_what_alone() -> None:
    report = a_tie_report()
    assert report.presence is Presence.PRESENT
    assert (report.strength, report.trust, report.sign, report.valid_from, report.valid_to) == (None,) * 5
    assert report.confirmed_on == report.recorded_at.date()


def test_what_a_source_saw_is_dated_by_the_day_it_saw_it() -> None:
    seen = date(2026, 1, 1)
    assert a_tie_report(observed_on=seen, recorded_at=datetime(2026, 2, 2, tzinfo=UTC)).confirmed_on == seen


@pytest.mark.parametrize(
    ("make", "pointer"),
    [
        (lambda: Stakeholder(name="", category="ngo"), "/name"),
        (lambda: Stakeholder(name=" a", category="ngo"), "/name"),
        (lambda: Stakeholder(name="a" * (NAME_LENGTH + 1), category="ngo"), "/name"),
        (lambda: Stakeholder(name="a", category="warlord"), "/category"),
        (lambda: Stakeholder(name="a", category="ngo", aliases=("ok", "")), "/aliases/1"),
        (lambda: Stakeholder(name="a", category="ngo", description="x" * (TEXT_LENGTH + 1)), "/description"),
        (lambda: Stakeholder(name="a", category="ngo", external_ids=("kobo",)), "/external_ids/0"),
        (lambda: Stakeholder(name="a", category="ngo", external_ids=("k:1", "k:1")), "/external_ids"),
        (lambda: Source(name="", kind=SourceKind.MEDIA), "/name"),
        (lambda: Source(name="a", kind=SourceKind.MEDIA, origin_group=" "), "/origin_group"),
        (lambda: a_tie_report(kind="gossips_with"), "/kind"),
        (lambda: a_tie_report(from_id="a", to_id="a"), "/to_id"),
        (lambda: a_tie_report(strength=1.1), "/strength"),
        (lambda: a_tie_report(strength=-0.1), "/strength"),
        (lambda: a_tie_report(strength=float("nan")), "/strength"),
        (lambda: a_tie_report(trust=float("inf")), "/trust"),
        (lambda: a_tie_report(sign=2), "/sign"),
        (lambda: a_tie_report(credibility=0), "/credibility"),
        (lambda: a_tie_report(credibility=7), "/credibility"),
        (lambda: a_tie_report(valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 2)), "/valid_to"),
        (lambda: a_tie_report(note="x" * (TEXT_LENGTH + 1)), "/note"),
        (lambda: Area(name="a", level=10), "/level"),
        (lambda: Area(name="a", level=1, latitude=1.0), "/longitude"),
        (lambda: Area(name="a", level=1, latitude=91.0, longitude=0.0), "/latitude"),
        (lambda: Area(name="a", level=1, latitude=0.0, longitude=float("nan")), "/longitude"),
        (lambda: Area(name="a", level=1, access=(STILL_OPEN, ENDED_BEFORE_IT_BEGAN)), "/access/1/until"),
        (lambda: Sector(code="", name="Health"), "/code"),
        (lambda: Activity(name="a", participants=()), "/participants"),
        (lambda: Activity(name="a", participants=(PARTICIPANT, PARTICIPANT)), "/participants"),
        (
            lambda: Activity(
                name="a", participants=(PARTICIPANT,), valid_from=date(2026, 1, 1), valid_to=date(2025, 1, 1)
            ),
            "/valid_to",
        ),
    ],
)
def test_a_record_that_breaks_its_rules_cannot_be_made_and_says_where(make: object, pointer: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        make()  # type: ignore[operator]
    assert [finding.pointer for finding in caught.value.findings] == [pointer]
    assert all(finding.detail and finding.cure for finding in caught.value.findings)
    assert pointer in str(caught.value)


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        a_tie_report(strength=2.0, trust=-1.0, credibility=9)
    assert {finding.pointer for finding in caught.value.findings} == {"/strength", "/trust", "/credibility"}


@pytest.mark.parametrize("value", [0.0, 1.0, 0, 1])
def test_the_ends_of_the_scale_are_on_it(value: float) -> None:
    assert a_tie_report(strength=value, trust=value).strength == value


def test_a_source_without_an_origin_group_is_its_own_group() -> None:
    source = Source(name="a", kind=SourceKind.INTERVIEW)
    assert source.origin == source.id
    assert source.reliability is Reliability.F
    assert Source(name="a", kind=SourceKind.INTERVIEW, origin_group="radio").origin == "radio"


def test_ids_are_uuids_of_version_7_and_sort_by_the_time_they_were_made() -> None:
    ids = [new_id() for _ in range(100)]
    assert {UUID(one).version for one in ids} == {7}
    assert ids == sorted(ids)
    assert len(set(ids)) == 100


@given(st.text(max_size=100))
def test_any_cleaned_name_is_accepted_or_empty(text: str) -> None:
    name = clean_name(text)
    if name and len(name) <= NAME_LENGTH:
        assert Stakeholder(name=name, category="ngo").name == name


def test_a_stakeholder_without_a_sensitivity_has_that_of_its_category() -> None:
    assert a_stakeholder(category="armed_actor").sensitivity is Sensitivity.RESTRICTED
    assert a_stakeholder(category="ngo").sensitivity is Sensitivity.PUBLIC
    assert a_stakeholder(category="armed_actor", sensitivity=Sensitivity.PUBLIC).sensitivity is Sensitivity.PUBLIC


@pytest.mark.parametrize("before", Sensitivity)
def test_coming_into_a_category_raises_a_sensitivity_and_never_lowers_it(before: Sensitivity) -> None:
    record = a_stakeholder(category="ngo", sensitivity=before)
    armed = record.changed(category="armed_actor")
    assert armed.sensitivity == max(before, Sensitivity.RESTRICTED)
    assert armed.changed(category="ngo").sensitivity == armed.sensitivity
    knowingly = record.changed(category="armed_actor", sensitivity=Sensitivity.PUBLIC)
    assert knowingly.sensitivity is Sensitivity.PUBLIC
    assert knowingly.changed(name="Another", category="armed_actor").sensitivity is Sensitivity.PUBLIC
