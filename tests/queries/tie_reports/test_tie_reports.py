"""A report is stored as the source said it, hidden with anything it reveals, retracted but never rewritten."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Actor, Sensitivity
from graph.errors import AlreadyExists, Conflict, InvalidInput, KeyReused, NotFound, StillReferenced, VersionMismatch
from graph.evidence import tie_id
from graph.model import Record, Source, Stakeholder, new_id
from graph.ties import TieReport
from graph.vocabulary import Presence
from queries.driver.statements import parse
from queries.store import Changes, Once, Store
from tests.builders import a_source, a_stakeholder, a_tie_report

OFFICER = Actor("officer", Sensitivity.PUBLIC)
TODAY = datetime.now(UTC).date()
BOOKKEEPING = ("version", "created_at", "created_by", "updated_at", "updated_by")


@pytest.fixture
def ends(store: Store) -> dict[str, str]:
    """The ids of two stored stakeholders and a source, as the references of a report."""
    one, other, source = a_stakeholder(), a_stakeholder(), a_source()
    store.apply(Changes(create=(one, other, source)), LOCAL_ACTOR)
    return {"from_id": one.id, "to_id": other.id, "source_id": source.id}


TWICE = parse(
    "tests/twice",
    """// The tie reports that have their ends or source in a property as well.
// params: none
MATCH (report:TieReport)
WHERE any(word IN keys(report) WHERE word IN ['from_id', 'to_id', 'source_id'])
RETURN report.id AS id
""",
)


def content(report: TieReport) -> dict[str, Any]:
    """Return a report's fields without those that the store sets."""
    return {name: getattr(report, name) for name in TieReport.__dataclass_fields__ if name not in BOOKKEEPING}


def test_a_report_is_stored_as_given(store: Store, ends: dict[str, str]) -> None:
    report = a_tie_report(
        **ends,
        kind="mediates_for",
        presence=Presence.ABSENT,
        strength=0.25,
        trust=0.75,
        sign=-1,
        valid_from=date(2020, 2, 29),
        valid_to=date(2031, 1, 1),
        observed_on=date(2021, 5, 6),
        recorded_at=datetime(2022, 3, 4, 5, 6, 7, 890, tzinfo=UTC),
        credibility=2,
        engagement_id=new_id(),
        note="Said at the well, في السوق.",
        external_ids=("kobo:17",),
        sensitivity=Sensitivity.RESTRICTED,
    )
    kept = store.create(report, LOCAL_ACTOR)
    assert content(kept) == content(report)
    assert (kept.version, kept.created_by) == (1, "local")
    assert store.get(TieReport, report.id, LOCAL_ACTOR) == kept


def test_the_ends_of_a_report_are_stored_once(store: Store, ends: dict[str, str]) -> None:
    report = store.create(a_tie_report(**ends), LOCAL_ACTOR)
    store.replace(replace(report, note="Heard again."), LOCAL_ACTOR, version=1)
    assert store._connection.run_alone(TWICE, {}) == []


@pytest.mark.parametrize("field", ["from_id", "to_id", "source_id"])
def test_a_report_on_an_unknown_or_hidden_stakeholder_is_refused_alike(
    store: Store, ends: dict[str, str], field: str
) -> None:
    hidden: Record = (a_source if field == "source_id" else a_stakeholder)(sensitivity=Sensitivity.RESTRICTED)
    store.create(hidden, LOCAL_ACTOR)
    texts = []
    for id_ in (new_id(), hidden.id):
        with pytest.raises(InvalidInput) as refused:
            store.create(a_tie_report(**{**ends, field: id_}), OFFICER)
        assert [finding.pointer for finding in refused.value.findings] == [f"/{field}"]
        texts.append(refused.value.findings[0].detail.replace(id_, "..."))
    assert texts[0] == texts[1]
    assert store.counts(LOCAL_ACTOR)["tie_reports"] == 0


@pytest.mark.parametrize("hidden", ["from_id", "to_id", "source_id", "report"])
def test_a_report_is_hidden_with_anything_it_would_reveal(store: Store, ends: dict[str, str], hidden: str) -> None:
    report = store.create(a_tie_report(**ends), LOCAL_ACTOR)
    assert store.get(TieReport, report.id, OFFICER) == report
    kind = {"report": TieReport, "source_id": Source}.get(hidden, Stakeholder)
    record: Any = store.get(kind, report.id if hidden == "report" else ends[hidden], LOCAL_ACTOR)
    store.replace(replace(record, sensitivity=Sensitivity.RESTRICTED), LOCAL_ACTOR, version=1)
    with pytest.raises(NotFound):
        store.get(TieReport, report.id, OFFICER)
    with pytest.raises(NotFound):
        store.delete(TieReport, report.id, OFFICER, version=1)
    assert store.list(TieReport, OFFICER).items == ()
    assert store.list(TieReport, OFFICER, stakeholder_id=ends["from_id"]).items == ()
    assert store.ties(OFFICER, as_of=TODAY).items == ()
    assert store.counts(OFFICER)["tie_reports"] == store.counts(OFFICER)["ties"] == 0
    assert len(store.ties(LOCAL_ACTOR, as_of=TODAY).items) == 1


def test_note_and_sensitivity_can_be_changed(store: Store, ends: dict[str, str]) -> None:
    report = store.create(a_tie_report(**ends), LOCAL_ACTOR)
    changed = store.replace(
        replace(report, note="Heard again.", sensitivity=Sensitivity.CONFIDENTIAL), LOCAL_ACTOR, version=1
    )
    assert (changed.note, changed.sensitivity, changed.version) == ("Heard again.", Sensitivity.CONFIDENTIAL, 2)
    with pytest.raises(VersionMismatch):
        store.replace(report, LOCAL_ACTOR, version=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("from_id", "another"),
        ("kind", "funds"),
        ("presence", Presence.ABSENT),
        ("strength", 0.9),
        ("observed_on", date(2024, 1, 1)),
        ("recorded_at", datetime(2024, 1, 1, tzinfo=UTC)),
        ("retracted_at", datetime(2024, 1, 1, tzinfo=UTC)),
        ("credibility", 1),
        ("external_ids", ("kobo:1",)),
    ],
)
def test_the_content_of_a_report_cannot_be_changed(
    store: Store, ends: dict[str, str], field: str, value: object
) -> None:
    report = store.create(a_tie_report(**ends), LOCAL_ACTOR)
    changes: dict[str, Any] = {field: value}
    with pytest.raises(InvalidInput) as refused:
        store.replace(replace(report, **changes), LOCAL_ACTOR, version=1)
    assert [finding.pointer for finding in refused.value.findings] == [f"/{field}"]
    assert store.get(TieReport, report.id, LOCAL_ACTOR) == report


def test_a_retracted_report_stays_readable_but_is_not_listed_or_counted(store: Store, ends: dict[str, str]) -> None:
    report = store.create(a_tie_report(**ends), LOCAL_ACTOR)
    with pytest.raises(VersionMismatch):
        store.delete(TieReport, report.id, LOCAL_ACTOR, version=2)
    store.delete(TieReport, report.id, LOCAL_ACTOR, version=1)
    kept = store.get(TieReport, report.id, LOCAL_ACTOR)
    assert kept.version == 2
    assert kept.retracted_at is not None
    assert kept.retracted_at >= report.created_at
    assert content(replace(kept, retracted_at=None)) == content(report)
    assert store.list(TieReport, LOCAL_ACTOR).items == ()
    assert store.list(TieReport, LOCAL_ACTOR, stakeholder_id=ends["to_id"]).items == ()
    tie = tie_id(report.kind, report.from_id, report.to_id)
    assert store.list(TieReport, LOCAL_ACTOR, tie_id=tie).items == ()
    assert store.counts(LOCAL_ACTOR)["tie_reports"] == 0
    with pytest.raises(Conflict):
        store.delete(TieReport, report.id, LOCAL_ACTOR, version=2)


def test_what_was_known_before_a_retraction_can_still_be_read(store: Store, ends: dict[str, str]) -> None:
    report = store.create(a_tie_report(**ends), LOCAL_ACTOR)
    tie = store.ties(LOCAL_ACTOR, as_of=TODAY).items[0]
    store.delete(TieReport, report.id, LOCAL_ACTOR, version=1)
    with pytest.raises(NotFound):
        store.tie(tie.id, LOCAL_ACTOR, as_of=TODAY)
    assert store.tie(tie.id, LOCAL_ACTOR, as_of=TODAY, known_at=report.recorded_at) == tie


def test_each_filter_of_the_list_returns_only_what_matches(store: Store) -> None:
    people, sources = [a_stakeholder() for _ in range(3)], [a_source() for _ in range(2)]
    reports = [
        a_tie_report(from_id=start.id, to_id=finish.id, kind=kind, source_id=source.id)
        for start, finish in ((people[0], people[1]), (people[1], people[2]), (people[2], people[1]))
        for kind in ("funds", "kinship")
        for source in sources
    ]
    store.apply(Changes(create=(*people, *sources, *reports)), LOCAL_ACTOR)

    def ids(**filters: Any) -> list[str]:
        return [report.id for report in store.list(TieReport, LOCAL_ACTOR, **filters).items]

    who, by, tie = people[2].id, sources[1].id, tie_id("kinship", people[1].id, people[2].id)
    assert ids() == [report.id for report in reports]
    assert ids(stakeholder_id=who) == [r.id for r in reports if who in (r.from_id, r.to_id)]
    assert ids(source_id=by) == [r.id for r in reports if r.source_id == by]
    assert ids(kind="funds") == [r.id for r in reports if r.kind == "funds"]
    assert ids(tie_id=tie) == [r.id for r in reports if r.kind == "kinship" and r.from_id != people[0].id]
    assert ids(tie_id=tie, stakeholder_id=who, source_id=by, kind="funds") == []
    assert ids(stakeholder_id=who, source_id=by, kind="funds") == [reports[5].id, reports[9].id]
    first = store.list(TieReport, LOCAL_ACTOR, limit=5, stakeholder_id=who)
    rest = store.list(TieReport, LOCAL_ACTOR, after=first.next, stakeholder_id=who)
    assert [r.id for r in (*first.items, *rest.items)] == ids(stakeholder_id=who)


def test_a_report_sent_twice_with_one_key_counts_once(store: Store, ends: dict[str, str]) -> None:
    first = store.create(a_tie_report(**ends), LOCAL_ACTOR, once=Once("key", "print"))
    assert store.create(a_tie_report(**ends), LOCAL_ACTOR, once=Once("key", "print")) == first
    with pytest.raises(KeyReused):
        store.create(a_tie_report(**ends), LOCAL_ACTOR, once=Once("key", "another"))
    assert store.ties(LOCAL_ACTOR, as_of=TODAY).items[0].reports == 1


def test_an_external_id_identifies_one_report(store: Store, ends: dict[str, str]) -> None:
    store.create(a_tie_report(**ends, external_ids=("kobo:1",)), LOCAL_ACTOR)
    with pytest.raises(AlreadyExists):
        store.create(a_tie_report(**ends, external_ids=("kobo:1",)), LOCAL_ACTOR)
    assert store.ties(LOCAL_ACTOR, as_of=TODAY).items[0].reports == 1


@pytest.mark.parametrize("field", ["from_id", "source_id"])
def test_a_record_that_a_report_refers_to_cannot_be_deleted(store: Store, ends: dict[str, str], field: str) -> None:
    store.create(a_tie_report(**ends), LOCAL_ACTOR)
    kind = Source if field == "source_id" else Stakeholder
    with pytest.raises(StillReferenced):
        store.delete(kind, ends[field], LOCAL_ACTOR, version=1)


def test_a_change_raises_the_revision_of_viewers_who_can_see_the_report_and_of_no_other(store: Store) -> None:
    one, other = a_stakeholder(), a_stakeholder(sensitivity=Sensitivity.RESTRICTED)
    source = a_source(sensitivity=Sensitivity.CONFIDENTIAL)
    store.apply(Changes(create=(one, other, source)), LOCAL_ACTOR)
    viewers = [Actor("viewer", clearance) for clearance in Sensitivity]

    def revisions() -> list[int]:
        return [store.revision(viewer) for viewer in viewers]

    def raised(before: list[int]) -> list[int]:
        return [after - earlier for earlier, after in zip(before, revisions(), strict=True)]

    before = revisions()
    report = store.create(a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id), LOCAL_ACTOR)
    assert raised(before) == [0, 0, 1, 1]
    before = revisions()
    hidden = replace(report, sensitivity=Sensitivity.PROTECTED)
    store.replace(hidden, LOCAL_ACTOR, version=1)
    assert raised(before) == [0, 0, 1, 1], "those who could see it before must learn that it is gone"
    before = revisions()
    store.delete(TieReport, report.id, LOCAL_ACTOR, version=2)
    assert raised(before) == [0, 0, 0, 1]
