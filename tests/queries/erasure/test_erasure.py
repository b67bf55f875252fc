"""A stakeholder is erased with all reports on it; hidden records that refer to it prevent that, and stay hidden."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.access import LOCAL_ACTOR as ME
from graph.access import Actor, Sensitivity, Viewer
from graph.errors import NotFound, StillReferenced, TooLarge, VersionMismatch
from graph.model import Activity, Source, Stakeholder
from graph.networks.network import StakeholderNetwork, build_network
from graph.ties import TieReport
from queries import erasure
from queries.admin.operations import Operations
from queries.store import Changes, Held, Once, Store
from tests.builders import a_source, a_stakeholder, a_tie_report, an_activity

GUEST = Actor("guest", Sensitivity.PUBLIC)
TODAY = datetime.now(UTC).date()
HIDDEN = {"sensitivity": Sensitivity.CONFIDENTIAL}


class World:
    """One stakeholder with two ties, of three reports one retracted, and an activity with another participant."""

    def __init__(self, store: Store) -> None:
        self.one, self.two, self.three = (a_stakeholder(name=name, external_ids=(f"x:{name}",)) for name in "ABC")
        self.source = a_source()
        self.reports = [
            self.report(to_id=self.two.id, external_ids=("r:1",)),
            self.report(to_id=self.three.id, kind="funds"),
            self.report(to_id=self.two.id, kind="kinship"),
        ]
        self.between = a_tie_report(from_id=self.two.id, to_id=self.three.id, source_id=self.source.id)
        self.activity = an_activity(self.one.id, self.two.id)
        records = [self.one, self.two, self.three, self.source, *self.reports, self.between, self.activity]
        store.apply(Changes(create=records), ME)
        store.delete(TieReport, self.reports[2].id, ME, version=1)

    def report(self, **values: object) -> TieReport:
        """Store a report of the world's source on the stakeholder."""
        return a_tie_report(**{"from_id": self.one.id, "source_id": self.source.id, **values})


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def network(store: Store, viewer: Viewer, known: StakeholderNetwork | None = None) -> StakeholderNetwork:
    rows = store.network(viewer, as_of=TODAY, known=known)
    return build_network(rows.nodes, rows.ties, revision=rows.revision, as_of=TODAY)


def test_records_that_refer_to_a_stakeholder_are_listed_and_counted_retracted_reports_too(
    store: Store, world: World
) -> None:
    assert store.held(world.one.id, ME) == Held(2, 1, 2, 1, 0)
    page = store.references(world.one.id, ME)
    held = {(item.kind, item.id, item.retracted_at is not None) for item in page.items}
    assert held == {
        *(("TieReport", report.id, report is world.reports[2]) for report in world.reports),
        ("Activity", world.activity.id, False),
    }
    assert [item.id for item in page.items] == sorted(item.id for item in page.items)
    first = store.references(world.one.id, ME, limit=3)
    rest = store.references(world.one.id, ME, after=first.next, limit=3)
    assert (first.items + rest.items, rest.next) == (page.items, None)


def test_an_erasure_deletes_the_stakeholders_reports_and_ties_and_nothing_else(store: Store, world: World) -> None:
    with pytest.raises(StillReferenced):
        store.delete(Stakeholder, world.one.id, ME, version=1)
    assert store.erase(world.one.id, ME, version=1) == Held(2, 1, 2, 1, 0)
    for kind, record in ((Stakeholder, world.one), *((TieReport, report) for report in world.reports)):
        with pytest.raises(NotFound):
            store.get(kind, record.id, ME)
    assert [tie.kind for tie in store.ties(ME, as_of=TODAY).items] == ["coordinates_with"]
    assert {who.name for who in store.list(Stakeholder, ME).items} == {"B", "C"}
    assert [part.stakeholder_id for part in store.get(Activity, world.activity.id, ME).participants] == [world.two.id]
    assert store.get(Source, world.source.id, ME).version == 1
    assert Operations(store._connection).check() == []
    again = store.create(a_stakeholder(external_ids=("x:A",)), ME)  # external ids are free again, of reports too
    store.create(replace(world.reports[0], from_id=again.id), ME)


def test_a_stakeholder_with_only_retracted_reports_can_be_erased(store: Store, world: World) -> None:
    for report in world.reports[:2]:
        store.delete(TieReport, report.id, ME, version=1)
    store.delete(Activity, world.activity.id, ME, version=1)
    with pytest.raises(StillReferenced):
        store.delete(Stakeholder, world.one.id, ME, version=1)
    assert store.erase(world.one.id, ME, version=1) == Held(0, 3, 0, 0, 0)


@pytest.mark.parametrize("clearance", Sensitivity)
def test_a_network_read_before_is_refreshed(store: Store, world: World, clearance: Sensitivity) -> None:
    viewer = Viewer("officer", clearance)
    before = network(store, viewer)
    store.erase(world.one.id, ME, version=1)
    after = network(store, viewer, before)
    assert (set(after.nodes), len(after.ties)) == ({world.two.id, world.three.id}, 1)
    assert after.revision == store.revision(viewer) > before.revision
    assert network(store, viewer).ties == after.ties


def test_only_viewers_who_saw_it_notice(store: Store, world: World) -> None:
    secret = store.create(a_stakeholder(name="Informant", **HIDDEN), ME)
    store.create(world.report(to_id=secret.id), ME)
    store.create(an_activity(secret.id, world.three.id), ME)
    levels = [Viewer(level.code, level) for level in Sensitivity]
    before = [store.revision(viewer) for viewer in levels]
    store.erase(secret.id, ME, version=1)
    risen = [store.revision(viewer) - number for viewer, number in zip(levels, before, strict=True)]
    assert risen == [0, 0, 1, 1]
    assert Operations(store._connection).check() == []


@pytest.mark.parametrize("hidden", ["report", "activity", "source", "other end"])
def test_hidden_references_prevent_an_erasure_and_are_neither_listed_nor_counted(
    store: Store, world: World, hidden: str
) -> None:
    before = (store.held(world.one.id, GUEST), store.references(world.one.id, GUEST))
    if hidden == "report":
        store.create(world.report(to_id=world.three.id, kind="trusts", **HIDDEN), ME)
    elif hidden == "activity":
        store.create(an_activity(world.one.id, world.three.id, **HIDDEN), ME)
    elif hidden == "source":
        source = store.create(a_source(**HIDDEN), ME)
        store.create(world.report(to_id=world.three.id, source_id=source.id), ME)
    else:
        other = store.create(a_stakeholder(name="Informant", **HIDDEN), ME)
        store.create(world.report(to_id=other.id), ME)
    assert (store.held(world.one.id, GUEST), store.references(world.one.id, GUEST)) == before
    revision = store.revision(ME)
    with pytest.raises(StillReferenced) as refused:
        store.erase(world.one.id, GUEST, version=1)
    with pytest.raises(StillReferenced) as as_before:
        store.delete(Stakeholder, world.one.id, GUEST, version=1)
    assert (refused.value.detail, refused.value.cure) == (as_before.value.detail, as_before.value.cure)
    assert store.revision(ME) == revision
    store.erase(world.one.id, ME, version=1)


def test_a_hidden_stakeholder_is_not_found(store: Store) -> None:
    secret = store.create(a_stakeholder(**HIDDEN), ME)
    for ask in (
        lambda: store.held(secret.id, GUEST),
        lambda: store.references(secret.id, GUEST),
        lambda: store.erase(secret.id, GUEST, version=1),
    ):
        with pytest.raises(NotFound):
            ask()


@pytest.mark.parametrize("hidden_participant", [False, True])
def test_an_activity_is_not_left_without_a_participant_whom_the_actor_sees(
    store: Store, world: World, *, hidden_participant: bool
) -> None:
    others = [store.create(a_stakeholder(**HIDDEN), ME).id] if hidden_participant else []
    store.create(an_activity(world.one.id, *others), ME)
    with pytest.raises(StillReferenced, match="1 of its activities"):
        store.erase(world.one.id, GUEST, version=1)
    assert store.held(world.one.id, GUEST).activities_alone == 1


def test_another_version_is_refused(store: Store, world: World) -> None:
    with pytest.raises(VersionMismatch):
        store.erase(world.one.id, ME, version=2)


def test_an_erasure_too_large_for_one_transaction_is_refused(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "MOST", 3)
    with pytest.raises(TooLarge, match="4 records") as refused:
        store.erase(world.one.id, ME, version=1)
    assert refused.value.cure
    monkeypatch.setattr(erasure, "MOST", 4)
    store.erase(world.one.id, ME, version=1)


def test_a_repeated_request_returns_the_first_result(store: Store, world: World) -> None:
    once = Once("key", "print")
    assert store.erase(world.one.id, ME, version=1, once=once) == store.erase(world.one.id, ME, version=1, once=once)
    with pytest.raises(NotFound):
        store.erase(world.one.id, ME, version=1)
