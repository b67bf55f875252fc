"""A bulk load stores records in any order, all or none, with the same result as one by one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from graph.access import LOCAL_ACTOR, Actor, Sensitivity, Viewer
from graph.errors import AlreadyExists, InvalidInput, NotFound, VersionMismatch
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder, new_id
from graph.ties import TieReport
from graph.vocabulary import Reliability
from queries import bulk
from queries.bulk import Changes
from queries.driver import batches
from queries.driver.statements import parse
from queries.store import Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_activity, an_area
from tests.queries.ties.worlds import a_world

OFFICER = Actor("officer", Sensitivity.PUBLIC)
TODAY = datetime.now(UTC).date()


def a_mission() -> list[Record]:
    """Return records of each kind that refer to each other."""
    country, sector, source = an_area(level=0), a_sector(), a_source()
    province = an_area(level=1, parent_id=country.id)
    district = an_area(parent_id=province.id)
    people = [a_stakeholder(area_id=district.id, sector_ids=(sector.id,)) for _ in range(3)]
    reports = [a_tie_report(from_id=people[0].id, to_id=who.id, source_id=source.id) for who in people[1:]]
    activity = an_activity(people[0].id, area_id=district.id, sector_id=sector.id)
    return [country, province, district, sector, source, *people, *reports, activity]


def counts(store: Store) -> list[int]:
    kinds = ("sectors", "areas", "sources", "stakeholders", "tie_reports", "ties", "activities")
    counted = store.counts(LOCAL_ACTOR)
    return [counted[kind] for kind in kinds]


def test_records_may_be_given_in_any_order(store: Store) -> None:
    store.apply(Changes(create=a_mission()[::-1]), LOCAL_ACTOR)
    assert counts(store) == [1, 3, 1, 3, 2, 2, 1]


def test_records_are_stored_as_they_are_one_by_one(store: Store) -> None:
    mission = a_mission()
    store.apply(Changes(create=mission), LOCAL_ACTOR)
    for record in mission:
        stored = store.get(type(record), record.id, LOCAL_ACTOR)
        stamped = replace(
            record, created_at=stored.created_at, created_by="local", updated_at=stored.updated_at, updated_by="local"
        )
        assert stored == stamped


def test_parents_in_later_batches_are_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 1)
    chain = [an_area(level=0)]
    for level in range(1, 6):
        chain.append(an_area(level=level, parent_id=chain[-1].id))
    store.apply(Changes(create=chain[::-1]), LOCAL_ACTOR)
    assert len(store.all_areas(LOCAL_ACTOR)) == 6


def test_areas_that_contain_each_other_are_refused(store: Store) -> None:
    one, other = an_area(), an_area()
    with pytest.raises(InvalidInput):
        store.apply(Changes(create=(replace(one, parent_id=other.id), replace(other, parent_id=one.id))), LOCAL_ACTOR)
    assert store.all_areas(LOCAL_ACTOR) == []


@pytest.mark.parametrize("batch", [1, 7, 5000])
def test_ties_are_the_same_for_any_batch_size(store: Store, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(batches, "BATCH", batch)
    world = a_world(3)
    store.apply(Changes(create=world.records), LOCAL_ACTOR)
    ties = sorted(store.network(LOCAL_ACTOR, as_of=TODAY).ties, key=lambda tie: tie.id)
    assert ties == world.ties(LOCAL_ACTOR, as_of=TODAY)


def test_a_record_that_changed_meanwhile_stops_the_whole_load(store: Store) -> None:
    stored = [store.create(a_stakeholder(), LOCAL_ACTOR) for _ in range(2)]
    store.replace(replace(stored[1], name="Union des femmes"), LOCAL_ACTOR, version=1)
    before = store.revision(LOCAL_ACTOR)
    changes = Changes(
        create=(a_sector(), a_stakeholder()), update=[replace(who, name="Youth League") for who in stored]
    )
    with pytest.raises(VersionMismatch):
        store.apply(changes, LOCAL_ACTOR)
    assert counts(store) == [0, 0, 0, 2, 0, 0, 0]
    assert store.get(Stakeholder, stored[0].id, LOCAL_ACTOR) == stored[0]
    assert store.revision(LOCAL_ACTOR) == before


def test_updates_change_records_still_at_their_version(store: Store) -> None:
    mission = a_mission()
    store.apply(Changes(create=mission), LOCAL_ACTOR)
    source, who = mission[4], mission[5]
    assert isinstance(source, Source)
    assert isinstance(who, Stakeholder)
    new = an_area(name="East District", parent_id=mission[0].id)
    changes = Changes(create=(new,), update=(replace(source, reliability=Reliability.F), replace(who, area_id=new.id)))
    store.apply(changes, LOCAL_ACTOR)
    assert store.get(Stakeholder, who.id, LOCAL_ACTOR).area_id == new.id
    assert store.get(Source, source.id, LOCAL_ACTOR).version == 2
    assert {tie.existence for tie in store.network(LOCAL_ACTOR, as_of=TODAY).ties} == {0.5}  # grade F has no weight


def test_an_unknown_reference_is_named_by_its_pointer_in_the_changes(store: Store) -> None:
    records: list[Record] = [an_activity(new_id()), a_sector(), a_stakeholder(area_id=new_id())]
    with pytest.raises(InvalidInput) as refused:
        store.apply(Changes(create=records), LOCAL_ACTOR)
    assert [finding.pointer for finding in refused.value.findings] == ["/create/2/area_id"]
    assert counts(store) == [0] * 7


def test_hidden_records_can_be_neither_referred_to_nor_changed(store: Store) -> None:
    hidden = store.create(a_stakeholder(sensitivity=Sensitivity.RESTRICTED), LOCAL_ACTOR)
    with pytest.raises(InvalidInput):
        store.apply(Changes(create=(an_activity(hidden.id),)), OFFICER)
    with pytest.raises(NotFound):
        store.apply(Changes(update=(replace(hidden, sensitivity=Sensitivity.PUBLIC),)), OFFICER)


def test_a_used_external_id_stops_the_whole_load(store: Store) -> None:
    store.create(a_sector(external_ids=("cluster:pro",)), LOCAL_ACTOR)
    with pytest.raises(AlreadyExists):
        store.apply(Changes(create=(a_stakeholder(), a_sector(external_ids=("cluster:pro",)))), LOCAL_ACTOR)
    assert counts(store) == [1, 0, 0, 0, 0, 0, 0]


def test_a_transaction_raises_once_each_revision_of_viewers_who_can_see_some_of_it(store: Store) -> None:
    store.apply(Changes(create=a_mission()), LOCAL_ACTOR)
    viewers = [Viewer("viewer", clearance) for clearance in Sensitivity]
    assert [store.revision(viewer) for viewer in viewers] == [1, 1, 1, 1]
    hidden = [a_stakeholder(sensitivity=level) for level in (Sensitivity.PROTECTED, Sensitivity.CONFIDENTIAL)]
    store.apply(Changes(create=hidden), LOCAL_ACTOR)
    assert [store.revision(viewer) for viewer in viewers] == [1, 1, 2, 2]
    store.apply(Changes(), LOCAL_ACTOR)
    assert [store.revision(viewer) for viewer in viewers] == [1, 1, 2, 2]


def test_a_load_of_several_transactions_keeps_those_done_and_can_be_continued(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "TRANSACTION", 2)
    sectors = [a_sector(code=f"S{n}", external_ids=(f"cluster:{n}",)) for n in range(3)]
    stopped = [*sectors, a_stakeholder(area_id=new_id())]
    with pytest.raises(InvalidInput):
        store.apply(Changes(create=stopped), LOCAL_ACTOR)
    existing = store.by_external_ids(Sector, [sector.external_ids[0] for sector in sectors], LOCAL_ACTOR)
    assert list(existing) == ["cluster:0", "cluster:1"]
    store.apply(Changes(create=[s for s in sectors if s.external_ids[0] not in existing]), LOCAL_ACTOR)
    assert counts(store)[0] == 3


def test_progress_is_reported_after_each_statement_and_ends_at_the_number_of_records(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)
    monkeypatch.setattr(bulk, "TRANSACTION", 4)
    progress: list[int] = []
    store.apply(Changes(create=[a_sector(code=f"S{n}") for n in range(7)]), LOCAL_ACTOR, progress=progress.append)
    assert progress == [2, 4, 6, 7]


def test_every_kind_of_record_can_be_written(store: Store) -> None:
    assert set(bulk.ORDER) == {Stakeholder, Source, Area, Sector, Activity, TieReport} == set(store._records)


def test_a_stakeholder_that_changes_category_is_protected_as_required_unless_a_sensitivity_was_set(
    store: Store,
) -> None:
    before = [
        a_stakeholder(name="left alone"),
        a_stakeholder(name="protected more", sensitivity=Sensitivity.PROTECTED),
        a_stakeholder(name="lowered", sensitivity=Sensitivity.CONFIDENTIAL),
        a_stakeholder(name="armed and public", category="armed_actor", sensitivity=Sensitivity.PUBLIC),
    ]
    store.apply(Changes(create=before), LOCAL_ACTOR)
    update = [replace(store.get(Stakeholder, one.id, LOCAL_ACTOR), category="armed_actor") for one in before]
    update[2] = replace(update[2], sensitivity=Sensitivity.PUBLIC)
    store.apply(Changes(update=update), LOCAL_ACTOR)
    after = [store.get(Stakeholder, one.id, LOCAL_ACTOR).sensitivity for one in before]
    assert after == [Sensitivity.RESTRICTED, Sensitivity.PROTECTED, Sensitivity.PUBLIC, Sensitivity.PUBLIC]


def test_a_record_refused_by_itself_is_refused_among_many(store: Store) -> None:
    people, source = [a_stakeholder(), a_stakeholder()], a_source()
    ends = {"from_id": people[0].id, "to_id": people[1].id, "source_id": source.id}
    for bad, pointer in (
        (a_sector(name="\u200b"), "/create/3/name"),
        (a_tie_report(**ends, observed_on=date(2140, 1, 1)), "/create/3/observed_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            store.apply(Changes(create=[*people, source, bad]), LOCAL_ACTOR)
        assert [found.pointer for found in refused.value.findings] == [pointer]
    assert sum(counts(store)) == 0


def test_a_change_is_not_refused_for_an_earlier_fault(store: Store) -> None:
    stored = store.create(a_stakeholder(aliases=("x",)), LOCAL_ACTOR)
    break_it = "// By hand.\n// params: none\nMATCH (s:Stakeholder) SET s.aliases = ['\u200b']\n"
    store._connection.run_alone(parse("tests/break", break_it), {})
    old = store.get(Stakeholder, stored.id, LOCAL_ACTOR)
    store.apply(Changes(update=[replace(old, description="changed")]), LOCAL_ACTOR)
    with pytest.raises(InvalidInput, match="/name shows nothing"):
        store.replace(replace(old, name="\u200b"), LOCAL_ACTOR, version=2)
