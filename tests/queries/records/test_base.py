"""The rules of every kind of record: stored as given, changed only at its version, deleted only when unreferenced."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Actor, Sensitivity, Viewer
from graph.errors import AlreadyExists, InvalidInput, NotFound, StillReferenced, VersionMismatch
from graph.model import AccessInterval, Activity, Area, Participant, Record, Sector, Source, Stakeholder, new_id
from graph.vocabulary import Access, ActivityRole, ActivityStatus, Nature, Reliability
from queries.driver.pages import PAGE_LIMIT
from queries.store import Store
from tests.builders import a_sector, a_source, a_stakeholder, an_activity, an_area

PUBLIC = Actor("officer", Sensitivity.PUBLIC)


@dataclass(frozen=True)
class Kind:
    """A kind of record: how to build one whose references are stored, and a change of every field."""

    kind: type[Record]
    build: Callable[[Store], Record]
    change: dict[str, Any]

    def __str__(self) -> str:
        return self.kind.__name__


def stakeholder(store: Store) -> Stakeholder:
    area = store.create(an_area(), LOCAL_ACTOR)
    sectors = [store.create(a_sector(), LOCAL_ACTOR).id for _ in range(2)]
    return a_stakeholder(area_id=area.id, sector_ids=tuple(sectors), aliases=("مجلس", "Élisabeth"))


def area(store: Store) -> Area:
    interval = AccessInterval(access=Access.ESCORT, since=date(2024, 1, 1))
    return an_area(parent_id=store.create(an_area(), LOCAL_ACTOR).id, latitude=1.5, longitude=2.5, access=(interval,))


def activity(store: Store) -> Activity:
    who = store.create(a_stakeholder(), LOCAL_ACTOR).id
    where, what = store.create(an_area(), LOCAL_ACTOR).id, store.create(a_sector(), LOCAL_ACTOR).id
    return an_activity(who, area_id=where, sector_id=what, valid_from=date(2024, 1, 1))


KINDS = [
    Kind(
        Stakeholder,
        stakeholder,
        {
            "name": "Union des femmes",
            "category": "ngo",
            "aliases": ("UF",),
            "nature": Nature.OFFICE,
            "area_id": None,
            "sector_ids": (),
            "description": "d",
            "languages": ("fr",),
            "do_not_contact": True,
        },
    ),
    Kind(Source, lambda _: a_source(), {"name": "Radio", "reliability": Reliability.E, "origin_group": "radio"}),
    Kind(
        Area,
        area,
        {
            "name": "South",
            "level": 1,
            "pcode": "XX01",
            "parent_id": None,
            "latitude": None,
            "longitude": None,
            "access": (),
        },
    ),
    Kind(Sector, lambda _: a_sector(), {"code": "EDU", "name": "Education"}),
    Kind(
        Activity,
        activity,
        {"name": "Market", "status": ActivityStatus.ONGOING, "area_id": None, "sector_id": None, "valid_from": None},
    ),
]


@pytest.fixture(params=KINDS, ids=str)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


def test_a_new_record_is_stored_as_given(store: Store, kind: Kind) -> None:
    given = kind.build(store)
    stored = store.create(given, PUBLIC)
    assert stored == store.get(kind.kind, given.id, PUBLIC)
    assert (stored.version, stored.created_by, stored.updated_by) == (1, "officer", "officer")
    assert stored.created_at == stored.updated_at
    stamps: dict[str, Any] = {"created_at": given.created_at, "updated_at": given.updated_at}
    stamps |= {"created_by": "", "updated_by": ""}
    assert replace(stored, **stamps) == given


def test_a_change_is_stored_and_the_creator_stays(store: Store, kind: Kind) -> None:
    first = store.create(kind.build(store), PUBLIC)
    changed = store.replace(replace(first, **kind.change, created_by="forged"), LOCAL_ACTOR, version=1)
    assert changed == store.get(kind.kind, first.id, LOCAL_ACTOR)
    assert changed == replace(
        first, **kind.change, version=2, updated_by=LOCAL_ACTOR.name, updated_at=changed.updated_at
    )
    assert changed.updated_at > first.updated_at


def test_a_change_at_another_version_is_refused_and_changes_nothing(store: Store, kind: Kind) -> None:
    first = store.create(kind.build(store), PUBLIC)
    for version in (0, 2, -1):
        with pytest.raises(VersionMismatch):
            store.replace(replace(first, **kind.change), PUBLIC, version=version)
        with pytest.raises(VersionMismatch):
            store.delete(kind.kind, first.id, PUBLIC, version=version)
    assert store.get(kind.kind, first.id, PUBLIC) == first


def test_a_missing_record_is_not_found(store: Store, kind: Kind) -> None:
    absent = kind.build(store)
    with pytest.raises(NotFound):
        store.get(kind.kind, absent.id, LOCAL_ACTOR)
    with pytest.raises(NotFound):
        store.replace(absent, LOCAL_ACTOR, version=1)
    with pytest.raises(NotFound):
        store.delete(kind.kind, absent.id, LOCAL_ACTOR, version=1)


def test_an_id_or_external_id_can_be_used_once(store: Store, kind: Kind) -> None:
    first = store.create(replace(kind.build(store), external_ids=("kobo:1", "hdx:2")), PUBLIC)
    with pytest.raises(AlreadyExists):
        store.create(first, PUBLIC)
    other = kind.build(store)
    with pytest.raises(AlreadyExists):
        store.create(replace(other, external_ids=("hdx:2",)), PUBLIC)
    stored = store.create(other, PUBLIC)
    with pytest.raises(AlreadyExists):
        store.replace(replace(stored, external_ids=("kobo:1",)), PUBLIC, version=1)
    assert store.get(kind.kind, stored.id, PUBLIC) == stored


def test_a_removed_or_deleted_external_id_is_free_again(store: Store, kind: Kind) -> None:
    first = store.create(replace(kind.build(store), external_ids=("a:1", "a:2")), PUBLIC)
    first = store.replace(replace(first, external_ids=("a:3", "a:2")), PUBLIC, version=1)
    assert first.external_ids == ("a:3", "a:2")
    store.create(replace(kind.build(store), external_ids=("a:1",)), PUBLIC)
    store.delete(kind.kind, first.id, PUBLIC, version=2)
    store.create(replace(kind.build(store), external_ids=("a:2",)), PUBLIC)


def test_records_of_different_kinds_may_share_an_external_id(store: Store) -> None:
    for kind in KINDS:
        store.create(replace(kind.build(store), external_ids=("kobo:1",)), PUBLIC)


def test_pages_have_every_record_once_in_the_order_of_ids(store: Store, kind: Kind) -> None:
    ids = {store.create(kind.build(store), PUBLIC).id for _ in range(5)}
    everything = [item.id for item in store.list(kind.kind, PUBLIC).items]
    assert ids <= set(everything)
    assert everything == sorted(everything)
    seen: list[str] = []
    after: str | None = None
    while True:
        page = store.list(kind.kind, PUBLIC, after=after, limit=2)
        seen += [item.id for item in page.items]
        after = page.next
        if after is None:
            break
        assert len(page.items) == 2
    assert seen == everything


@pytest.mark.parametrize("limit", [0, -1, PAGE_LIMIT + 1, 10**24])
def test_a_page_limit_out_of_range_is_bad_input(store: Store, kind: Kind, limit: int) -> None:
    with pytest.raises(InvalidInput) as raised:
        store.list(kind.kind, PUBLIC, limit=limit)
    assert raised.value.findings[0].pointer == "/limit"


def test_an_unknown_filter_is_a_type_error(store: Store, kind: Kind) -> None:
    with pytest.raises(TypeError, match="colour"):
        store.list(kind.kind, PUBLIC, colour="red")


@pytest.mark.parametrize("id_", ["", "x" * 65])
def test_an_invalid_id_is_bad_input(store: Store, kind: Kind, id_: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        store.create(replace(kind.build(store), id=id_), PUBLIC)
    assert raised.value.findings[0].pointer == "/id"


def test_an_actor_cannot_store_a_record_above_their_clearance(store: Store, kind: Kind) -> None:
    mine = store.create(kind.build(store), PUBLIC)
    secret = replace(mine, sensitivity=Sensitivity.RESTRICTED)
    with pytest.raises(InvalidInput) as created:
        store.create(replace(secret, id=new_id()), PUBLIC)
    with pytest.raises(InvalidInput) as replaced:
        store.replace(secret, PUBLIC, version=1)
    assert {raised.value.findings[0].pointer for raised in (created, replaced)} == {"/sensitivity"}


# References

REFERENCES = [
    ("/area_id", lambda id_: a_stakeholder(area_id=id_)),
    ("/sector_ids/0", lambda id_: a_stakeholder(sector_ids=(id_,))),
    ("/parent_id", lambda id_: an_area(parent_id=id_)),
    ("/participants/0/stakeholder_id", an_activity),
]


@pytest.mark.parametrize(("pointer", "build"), REFERENCES)
def test_a_reference_to_a_missing_record_is_bad_input_with_its_pointer(
    store: Store, pointer: str, build: Callable[[str], Record]
) -> None:
    with pytest.raises(InvalidInput) as raised:
        store.create(build(new_id()), LOCAL_ACTOR)
    assert [finding.pointer for finding in raised.value.findings] == [pointer]


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "missing"])
def test_a_reference_to_a_hidden_record_is_refused_like_one_to_a_missing_record(store: Store, *, hidden: bool) -> None:
    area, sector, somebody = (build(sensitivity=Sensitivity.RESTRICTED) for build in (an_area, a_sector, a_stakeholder))
    if hidden:
        for record in (area, sector, somebody):
            store.create(record, LOCAL_ACTOR)
    visible = store.create(a_stakeholder(), PUBLIC)
    parts = tuple(Participant(stakeholder_id=id_, role=ActivityRole.FUNDS) for id_ in (visible.id, somebody.id))
    pointers = []
    referring: list[Record] = [
        a_stakeholder(area_id=area.id, sector_ids=(sector.id,)),
        an_area(parent_id=area.id),
        replace(an_activity(visible.id, area_id=area.id, sector_id=sector.id), participants=parts),
    ]
    for refers in referring:
        with pytest.raises(InvalidInput) as raised:
            store.create(refers, PUBLIC)
        pointers.append([finding.pointer for finding in raised.value.findings])
    assert pointers == [
        ["/area_id", "/sector_ids/0"],
        ["/parent_id"],
        ["/participants/1/stakeholder_id", "/area_id", "/sector_id"],
    ]


def test_pointers_of_a_batch_name_the_record(store: Store) -> None:
    batch = [an_area(), an_area(parent_id="nowhere")]
    with pytest.raises(InvalidInput) as raised:
        store._transactions.write(
            PUBLIC, lambda tx: store._of(Area).create_in(tx, batch, pointer=lambda position: f"/areas/{position}")
        )
    assert [finding.pointer for finding in raised.value.findings] == ["/areas/1/parent_id"]


def test_an_area_that_is_part_of_itself_is_refused(store: Store) -> None:
    top = store.create(an_area(), PUBLIC)
    middle = store.create(an_area(parent_id=top.id), PUBLIC)
    leaf = store.create(an_area(parent_id=middle.id), PUBLIC)
    for parent in (top, middle, leaf):
        with pytest.raises(InvalidInput) as raised:
            store.replace(replace(top, parent_id=parent.id), PUBLIC, version=1)
        assert raised.value.findings[0].pointer == "/parent_id"
    assert store.get(Area, top.id, PUBLIC) == top


def test_areas_of_a_batch_that_contain_each_other_are_named(store: Store) -> None:
    areas = [store.create(an_area(), PUBLIC) for _ in range(3)]
    circle = [replace(area, parent_id=areas[(place + 1) % 2].id) for place, area in enumerate(areas[:2])]
    with pytest.raises(InvalidInput) as raised:
        store._transactions.write(
            PUBLIC,
            lambda tx: store._of(Area).replace_in(tx, [areas[2], *circle], pointer=lambda place: f"/update/{place}"),
        )
    assert {finding.pointer for finding in raised.value.findings} == {"/update/1/parent_id", "/update/2/parent_id"}


def test_a_batch_with_one_record_twice_is_bad_input(store: Store, kind: Kind) -> None:
    record = kind.build(store)
    with pytest.raises(InvalidInput) as raised:
        store._transactions.write(PUBLIC, lambda tx: store._of(kind.kind).create_in(tx, [record, record]))
    assert raised.value.findings[0].pointer == "/id"


# Deletion


def test_a_deleted_record_is_not_found(store: Store, kind: Kind) -> None:
    stored = store.create(kind.build(store), PUBLIC)
    store.delete(kind.kind, stored.id, PUBLIC, version=1)
    with pytest.raises(NotFound):
        store.get(kind.kind, stored.id, PUBLIC)
    with pytest.raises(NotFound):
        store.delete(kind.kind, stored.id, PUBLIC, version=1)


def test_a_record_that_others_refer_to_stays_until_they_are_deleted(store: Store) -> None:
    area, sector = store.create(an_area(), PUBLIC), store.create(a_sector(), PUBLIC)
    child = store.create(an_area(parent_id=area.id), PUBLIC)
    who = store.create(a_stakeholder(area_id=child.id, sector_ids=(sector.id,)), PUBLIC)
    does = store.create(an_activity(who.id), PUBLIC)
    order: list[Record] = [area, child, sector, who]
    for record in order:
        with pytest.raises(StillReferenced):
            store.delete(type(record), record.id, PUBLIC, version=1)
    for record in (does, *reversed(order)):
        store.delete(type(record), record.id, PUBLIC, version=1)
    for kind in (Area, Sector, Stakeholder, Activity):
        assert store.list(kind, LOCAL_ACTOR).items == ()


def test_hidden_records_that_refer_to_a_record_are_not_named(store: Store) -> None:
    area = store.create(an_area(), PUBLIC)
    store.create(a_stakeholder(area_id=area.id, sensitivity=Sensitivity.PROTECTED, name="Hidden One"), LOCAL_ACTOR)
    with pytest.raises(StillReferenced) as raised:
        store.delete(Area, area.id, PUBLIC, version=1)
    assert "Hidden" not in str(raised.value)
    assert raised.value.__cause__ is None


# Filters


def test_every_filter_of_a_source_area_and_sector_returns_only_what_matches(store: Store) -> None:
    source = store.create(a_source(kind="media"), PUBLIC)
    store.create(a_source(kind="survey"), PUBLIC)
    assert store.list(Source, PUBLIC, kind="media").items == (source,)
    top = store.create(an_area(level=0, pcode="XX"), PUBLIC)
    below = store.create(an_area(level=1, pcode="XX01", parent_id=top.id), PUBLIC)
    assert store.list(Area, PUBLIC, level=0).items == (top,)
    assert store.list(Area, PUBLIC, pcode="XX01").items == (below,)
    assert store.list(Area, PUBLIC, parent_id=top.id).items == (below,)
    sector = store.create(a_sector(code="EDU"), PUBLIC)
    store.create(a_sector(code="HEA"), PUBLIC)
    assert store.list(Sector, PUBLIC, code="EDU").items == (sector,)


def test_activities_are_found_by_stakeholder_area_sector_and_status(store: Store) -> None:
    viewer = Viewer("v", Sensitivity.PUBLIC)
    country = store.create(an_area(level=0), PUBLIC)
    district = store.create(an_area(parent_id=country.id), PUBLIC)
    elsewhere = store.create(an_area(level=0), PUBLIC)
    sector = store.create(a_sector(), PUBLIC)
    who, other = (store.create(a_stakeholder(), PUBLIC) for _ in range(2))
    wanted = store.create(
        an_activity(who.id, area_id=district.id, sector_id=sector.id, status=ActivityStatus.ONGOING), PUBLIC
    )
    store.create(an_activity(other.id, area_id=elsewhere.id), PUBLIC)
    combinations: list[dict[str, Any]] = [
        {"stakeholder_id": who.id},
        {"area_id": district.id},
        {"area_id": country.id},
        {"sector_id": sector.id},
        {"status": "ongoing"},
        {"stakeholder_id": who.id, "area_id": country.id, "sector_id": sector.id, "status": "ongoing"},
    ]
    for filters in combinations:
        assert store.list(Activity, viewer, **filters).items == (wanted,)
    assert store.list(Activity, viewer, stakeholder_id=who.id, area_id=elsewhere.id).items == ()
