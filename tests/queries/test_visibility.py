"""Two databases that differ only in what a viewer may not see give that viewer the same answers."""

import random
from dataclasses import replace
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR as ME
from graph.access import Actor, Sensitivity, Viewer
from graph.errors import NotFound, StakeholderGraphError
from graph.model import Activity, Area, Participant, Record, Sector, Source, Stakeholder
from graph.vocabulary import ActivityRole
from queries.store import Changes, Store
from tests.builders import a_sector, a_source, a_stakeholder, an_activity, an_area
from tests.repeats import seeds
from tests.stores import empty

KINDS: tuple[type[Record], ...] = (Stakeholder, Source, Area, Sector, Activity)
OFFICER = Actor("officer", Sensitivity.RESTRICTED)
HIDDEN = Sensitivity.CONFIDENTIAL


def without_times(record: Record) -> Record:
    """Times of writing differ between two databases, and nothing else may."""
    return replace(record, created_at=EPOCH, updated_at=EPOCH)


EPOCH = a_sector().created_at

IDS = {kind: [f"{kind.__name__.lower()}-{number:02}" for number in range(6)] for kind in KINDS}

QUESTIONS: list[tuple[type[Record], dict[str, Any]]] = [
    *((kind, {}) for kind in KINDS),
    *((kind, {"area_id": id_}) for kind in (Stakeholder, Activity) for id_ in IDS[Area]),
    *((kind, {"sector_id": id_}) for kind in (Stakeholder, Activity) for id_ in IDS[Sector]),
    *((Area, {"parent_id": id_}) for id_ in IDS[Area]),
    *((Activity, {"stakeholder_id": id_}) for id_ in IDS[Stakeholder]),
    (Stakeholder, {"q": "elder"}),
    (Stakeholder, {"category": "ngo"}),
]


def seen(store: Store, viewer: Viewer) -> list[object]:
    """Return all that the viewer can get: every list by every filter, every record or its refusal, and the revision."""
    answers: list[object] = [store.revision(viewer)]
    for kind, filters in QUESTIONS:
        answers.append([without_times(item) for item in store.list(kind, viewer, **filters).items])
    for kind in KINDS:
        for id_ in IDS[kind]:
            try:
                answers.append(without_times(store.get(kind, id_, viewer)))
            except NotFound as error:
                answers.append((str(error), error.cure, error.findings))
    return answers


def a_graph(seed: int) -> list[Record]:
    """Records of every kind that refer to each other at random, about half hidden, in an order to create them."""
    chance = random.Random(seed)
    made: list[Record] = []

    def some(kind: type[Record]) -> str:
        return chance.choice([record.id for record in made if isinstance(record, kind)])

    def maybe(kind: type[Record]) -> str | None:
        return some(kind) if any(isinstance(record, kind) for record in made) and chance.random() < 0.8 else None

    for kind in (Sector, Area, Area, Source, Stakeholder, Stakeholder, Activity, Activity):
        for _ in range(3):
            number = sum(isinstance(record, kind) for record in made)
            level = chance.choice([Sensitivity.PUBLIC, Sensitivity.RESTRICTED, HIDDEN, Sensitivity.PROTECTED])
            common: dict[str, Any] = {"id": IDS[kind][number], "sensitivity": level}
            if kind is Sector:
                made.append(a_sector(**common))
            elif kind is Source:
                made.append(a_source(**common))
            elif kind is Area:
                made.append(an_area(**common, parent_id=maybe(Area)))
            elif kind is Stakeholder:
                sectors = tuple(sorted({some(Sector), some(Sector)}))
                made.append(a_stakeholder(**common, area_id=maybe(Area), sector_ids=sectors))
            else:
                who = {some(Stakeholder), some(Stakeholder)}
                made.append(an_activity(*sorted(who), **common, area_id=maybe(Area), sector_id=maybe(Sector)))
    return made


def visible_part(records: list[Record], viewer: Viewer) -> list[Record]:
    """Return the part of the records that the viewer may see, computed without any statement of the store."""
    seen_ids = {record.id for record in records if viewer.may_see(record.sensitivity)}
    part: list[Record] = []
    for record in records:
        if record.id not in seen_ids:
            continue
        changes: dict[str, Any] = {
            name: None
            for name in ("area_id", "parent_id", "sector_id")
            if getattr(record, name, None) not in seen_ids and hasattr(record, name)
        }
        if isinstance(record, Stakeholder):
            changes["sector_ids"] = tuple(id_ for id_ in record.sector_ids if id_ in seen_ids)
        if isinstance(record, Activity):
            changes["participants"] = tuple(item for item in record.participants if item.stakeholder_id in seen_ids)
            if not changes["participants"]:
                continue
        part.append(replace(record, **changes))
    return part


def keep(store: Store, records: list[Record]) -> None:
    """Put exactly these records into the store."""
    empty(store)
    store.apply(Changes(create=records), ME)


def change_all(store: Store, actor: Actor) -> None:
    """Rename every record that the actor can see, with its links as the actor reads them."""
    for kind in (Sector, Area, Source, Stakeholder, Activity):
        for record in store.list(kind, actor).items:
            renamed: dict[str, Any] = {"name": "Changed"}
            store.replace(replace(record, **renamed), actor, version=1)


@pytest.mark.parametrize("seed", seeds(4, usual=1))
@pytest.mark.parametrize("clearance", [Sensitivity.PUBLIC, Sensitivity.RESTRICTED], ids=lambda level: level.code)
def test_hidden_records_leave_no_trace_in_anything_a_viewer_can_get(
    store: Store, seed: int, clearance: Sensitivity
) -> None:
    """Neither as stored nor after the viewer has changed every record they can."""
    viewer = Actor("officer", clearance)
    records = a_graph(seed)
    part = visible_part(records, viewer)
    assert 0 < len(part) < len(records)
    answers = []
    for kept in (records, part):
        keep(store, kept)
        before = seen(store, viewer)
        change_all(store, viewer)
        answers.append((before, seen(store, viewer)))
    assert answers[0] == answers[1]


def test_a_viewer_gets_the_visible_part(store: Store) -> None:
    """So that the promise above is not fulfilled by showing nothing."""
    records = a_graph(0)
    keep(store, records)
    shown = [without_times(item) for kind in KINDS for item in store.list(kind, OFFICER).items]
    expected = [
        replace(without_times(item), created_by=ME.name, updated_by=ME.name) for item in visible_part(records, OFFICER)
    ]
    assert sorted(shown, key=lambda item: item.id) == sorted(expected, key=lambda item: item.id)


# Links that an actor cannot see


def test_a_viewer_who_cannot_see_a_stakeholders_area_and_sectors_reads_none(store: Store) -> None:
    area = store.create(an_area(sensitivity=HIDDEN), ME)
    sector = store.create(a_sector(sensitivity=HIDDEN), ME)
    kept = store.create(a_stakeholder(area_id=area.id, sector_ids=(sector.id,)), ME)
    read = store.get(Stakeholder, kept.id, OFFICER)
    assert (read.area_id, read.sector_ids) == (None, ())


def test_a_change_by_an_actor_who_cannot_see_a_link_leaves_it(store: Store) -> None:
    secret = store.create(an_area(sensitivity=HIDDEN), ME)
    known = store.create(an_area(), ME)
    secret_sector = store.create(a_sector(sensitivity=HIDDEN), ME)
    first = store.create(a_stakeholder(area_id=secret.id, sector_ids=(secret_sector.id,)), ME)
    for version, area_id in enumerate((None, known.id, None), start=1):
        read = store.get(Stakeholder, first.id, OFFICER)
        changed = store.replace(replace(read, area_id=area_id), OFFICER, version=version)
        assert changed.area_id == area_id
        assert store.get(Stakeholder, first.id, ME).area_id == secret.id
        assert store.get(Stakeholder, first.id, ME).sector_ids == (secret_sector.id,)


def test_an_actor_who_sees_both_links_replaces_both(store: Store) -> None:
    secret, known, new = (store.create(an_area(sensitivity=level), ME) for level in (HIDDEN, 0, 0))
    kept = store.create(a_stakeholder(area_id=secret.id), ME)
    store.replace(replace(store.get(Stakeholder, kept.id, OFFICER), area_id=known.id), OFFICER, version=1)
    store.replace(replace(kept, area_id=new.id), ME, version=2)
    assert [store.get(Stakeholder, kept.id, viewer).area_id for viewer in (ME, OFFICER)] == [new.id, new.id]


def test_hidden_participants_stay_when_an_actor_changes_the_visible_ones(store: Store) -> None:
    spy, one, two = (store.create(a_stakeholder(sensitivity=level), ME) for level in (HIDDEN, 0, 0))
    activity = store.create(an_activity(spy.id, one.id), ME)
    read = store.get(Activity, activity.id, OFFICER)
    assert [item.stakeholder_id for item in read.participants] == [one.id]
    instead = (Participant(stakeholder_id=two.id, role=ActivityRole.FUNDS),)
    store.replace(replace(read, participants=instead), OFFICER, version=1)
    kept = store.get(Activity, activity.id, ME).participants
    assert {item.stakeholder_id for item in kept} == {spy.id, two.id}


def test_an_activity_with_only_hidden_participants_is_not_visible(store: Store) -> None:
    spy = store.create(a_stakeholder(sensitivity=HIDDEN), ME)
    activity = store.create(an_activity(spy.id), ME)
    assert store.list(Activity, OFFICER).items == ()
    for attempt in (
        lambda: store.get(Activity, activity.id, OFFICER),
        lambda: store.replace(activity, OFFICER, version=1),
        lambda: store.delete(Activity, activity.id, OFFICER, version=1),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert store.get(Activity, activity.id, ME) == activity


def test_areas_within_a_hidden_area_are_not_found_through_it(store: Store) -> None:
    country = store.create(an_area(level=0), ME)
    secret = store.create(an_area(level=1, parent_id=country.id, sensitivity=HIDDEN), ME)
    village = store.create(an_area(level=2, parent_id=secret.id), ME)
    elder = store.create(a_stakeholder(area_id=village.id), ME)
    assert store.list(Stakeholder, ME, area_id=country.id).items == (elder,)
    assert store.list(Stakeholder, OFFICER, area_id=country.id).items == ()
    assert store.list(Stakeholder, OFFICER, area_id=village.id).items == (store.get(Stakeholder, elder.id, OFFICER),)


@pytest.mark.parametrize("kind", [Stakeholder, Source, Area, Sector], ids=lambda kind: kind.__name__)
def test_hidden_and_missing_records_get_one_answer(store: Store, kind: type[Record]) -> None:
    build = {Stakeholder: a_stakeholder, Source: a_source, Area: an_area, Sector: a_sector}[kind]
    hidden = store.create(build(sensitivity=HIDDEN), ME)
    visible_form = replace(hidden, sensitivity=Sensitivity.PUBLIC)
    missing = build()
    said = []
    for record in (visible_form, missing):
        for attempt in (
            lambda record=record: store.get(kind, record.id, OFFICER),
            lambda record=record: store.replace(record, OFFICER, version=1),
            lambda record=record: store.delete(kind, record.id, OFFICER, version=1),
            lambda record=record: store.delete(kind, record.id, OFFICER, version=7),
        ):
            with pytest.raises(NotFound) as raised:
                attempt()
            said.append((str(raised.value), raised.value.cure, raised.value.findings))
    assert len(set(said)) == 1
    assert store.get(kind, hidden.id, ME) == hidden


def test_a_used_external_id_is_refused_in_the_same_words_whichever_record_has_it(store: Store) -> None:
    """That it is used shows either way: the known exception to this promise."""
    store.create(a_stakeholder(name="Visible", external_ids=("kobo:1",)), ME)
    store.create(a_stakeholder(name="Hidden", external_ids=("kobo:2",), sensitivity=HIDDEN), ME)
    said = set()
    for external_id in ("kobo:1", "kobo:2"):
        with pytest.raises(StakeholderGraphError) as raised:
            store.create(a_stakeholder(external_ids=(external_id,)), OFFICER)
        said.add((str(raised.value), raised.value.cure, raised.value.__cause__))
    assert len(said) == 1
