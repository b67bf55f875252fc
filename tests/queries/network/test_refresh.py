"""A refreshed network equals the network read as a whole, after any writes and for any viewer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.errors import StakeholderGraphError
from graph.model import Area, Record, Sector, Source, Stakeholder
from graph.networks.network import StakeholderNetwork, build_network
from graph.ties import TieReport
from graph.vocabulary import Presence, Reliability
from queries.driver import change_log
from queries.driver.statements import parse
from queries.network import read, refresh
from queries.store import Changes, NetworkRows, Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_area
from tests.repeats import seeds
from tests.stores import empty

TODAY = datetime.now(UTC).date()
VIEWERS = [Viewer("officer", clearance) for clearance in Sensitivity]
HIDDEN = Sensitivity.RESTRICTED


def network(store: Store, viewer: Viewer, known: StakeholderNetwork | None = None) -> StakeholderNetwork:
    rows = store.network(viewer, as_of=TODAY, known=known)
    return build_network(rows.nodes, rows.ties, revision=rows.revision, as_of=TODAY)


class Mission:
    """Makes random changes to a store."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = Random(seed)

    def level(self) -> Sensitivity:
        """Return a sensitivity, often public."""
        level: Sensitivity = self.chance.choice([Sensitivity.PUBLIC, Sensitivity.PUBLIC, *Sensitivity])
        return level

    def any(self, kind: type[Record]) -> Record | None:
        """Return a random record of a kind, if there is one."""
        records = self.store.list(kind, LOCAL_ACTOR, limit=100).items
        return self.chance.choice(records) if records else None

    def write(self) -> None:
        """Make one change; a refused one, such as deleting a stakeholder with ties, does not count."""
        verb: Callable[[], object] = self.chance.choice(
            2 * [self.add, self.add, *[self.report] * 3, self.change_level, self.delete, self.regrade] + [self.erase]
        )
        try:
            verb()
        except StakeholderGraphError:
            return

    def add(self) -> None:
        """Create a record that is no report."""
        area, sector = self.any(Area), self.any(Sector)
        record: Record = self.chance.choice(
            [
                a_stakeholder(
                    sensitivity=self.level(),
                    area_id=area.id if area else None,
                    sector_ids=(sector.id,) if sector else (),
                ),
                a_source(sensitivity=self.level()),
                an_area(sensitivity=self.level()),
                a_sector(sensitivity=self.level(), code=f"S{self.chance.random()}"),
            ]
        )
        self.store.create(record, LOCAL_ACTOR)

    def report(self) -> None:
        """Report on a tie."""
        one, other, source = self.any(Stakeholder), self.any(Stakeholder), self.any(Source)
        if one and other and source and one != other:
            begin = TODAY + timedelta(days=self.chance.randint(-200, 1))
            report = a_tie_report(
                from_id=one.id,
                to_id=other.id,
                source_id=source.id,
                kind=self.chance.choice(["coordinates_with", "funds"]),
                presence=self.chance.choice(list(Presence)),
                strength=self.chance.choice([None, 0.3]),
                sensitivity=self.level(),
                valid_from=self.chance.choice([None, begin]),
            )
            self.store.create(report, LOCAL_ACTOR)

    def change_level(self) -> None:
        """Change the sensitivity of a record."""
        if record := self.any(self.chance.choice([Stakeholder, Source, Area, Sector, TieReport])):
            self.store.replace(replace(record, sensitivity=self.level()), LOCAL_ACTOR, version=record.version)

    def regrade(self) -> None:
        """Grade a source anew."""
        record = self.any(Source)
        if isinstance(record, Source):
            changed = replace(record, reliability=self.chance.choice(list(Reliability)))
            self.store.replace(changed, LOCAL_ACTOR, version=record.version)

    def delete(self) -> None:
        """Delete a record or retract a report."""
        kind = self.chance.choice([Stakeholder, TieReport, TieReport, Area])
        if record := self.any(kind):
            self.store.delete(kind, record.id, LOCAL_ACTOR, version=record.version)

    def erase(self) -> None:
        """Erase a stakeholder with all reports on it."""
        if record := self.any(Stakeholder):
            self.store.erase(record.id, LOCAL_ACTOR, version=record.version)


@pytest.mark.parametrize("seed", seeds(6, usual=2))
def test_a_refreshed_network_equals_a_newly_read_one_after_any_writes(store: Store, seed: int) -> None:
    mission = Mission(store, seed)
    people = [a_stakeholder() for _ in range(5)]
    store.apply(Changes(create=(*people, a_source(), an_area(), a_sector())), LOCAL_ACTOR)
    networks = {viewer: network(store, viewer) for viewer in VIEWERS}
    ties = 0
    for _ in range(12):
        for _ in range(mission.chance.randint(1, 5)):
            mission.write()
        for viewer in VIEWERS:
            networks[viewer] = network(store, viewer, networks[viewer])
            assert networks[viewer] == network(store, viewer)
            ties += len(networks[viewer].ties)
    assert ties > 12, "the mission has too few ties to show anything"


@pytest.fixture
def no_whole_read(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function after which reading a whole network fails."""

    def forbid() -> None:
        def refuse(*_: object, **__: object) -> NetworkRows:
            raise AssertionError("All was read again.")

        monkeypatch.setattr(read, "network", refuse)

    return forbid


def test_a_change_of_one_tie_reads_only_that_tie(store: Store, no_whole_read: Callable[[], None]) -> None:
    one, other, source = a_stakeholder(), a_stakeholder(), a_source()
    ends = {"from_id": one.id, "to_id": other.id, "source_id": source.id}
    store.apply(Changes(create=(one, other, source, a_tie_report(**ends))), LOCAL_ACTOR)
    before = network(store, LOCAL_ACTOR)
    store.create(a_tie_report(**ends, kind="funds"), LOCAL_ACTOR)
    store.replace(replace(one, name="Union des femmes"), LOCAL_ACTOR, version=1)
    no_whole_read()
    after = network(store, LOCAL_ACTOR, before)
    assert [tie.kind for tie in after.ties] == ["coordinates_with", "funds"]
    assert after.nodes[one.id].name == "Union des femmes"
    assert [tie.kind for tie in before.ties] == ["coordinates_with"]


@pytest.mark.parametrize("limit", ["change_log.MOST", "change_log.KEPT", "refresh.MOST"])
def test_everything_is_read_where_the_change_log_does_not_reach_back(
    store: Store, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    before = network(store, LOCAL_ACTOR)
    module, name = limit.split(".")
    monkeypatch.setattr({"change_log": change_log, "refresh": refresh}[module], name, 1)
    if limit == "change_log.KEPT":
        monkeypatch.setattr(refresh, "KEPT", 1)
    store.apply(Changes(create=[a_stakeholder() for _ in range(3)]), LOCAL_ACTOR)
    store.create(a_stakeholder(), LOCAL_ACTOR)
    assert len(network(store, LOCAL_ACTOR, before).nodes) == 4


def test_a_gap_in_the_change_log_is_noticed(store: Store) -> None:
    """An older program that raises revisions without change log entries leaves one."""
    before = network(store, LOCAL_ACTOR)
    store.create(a_stakeholder(), LOCAL_ACTOR)
    erase = "// Lose the log.\n// params: none\nMATCH (n:Change) DELETE n"
    store._connection.run_alone(parse("tests/lose", erase), {})
    assert len(network(store, LOCAL_ACTOR, before).nodes) == 1


def test_the_change_log_keeps_a_bounded_number_of_entries_for_each_clearance(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_log, "KEPT", 2)
    for level in (Sensitivity.PUBLIC, *[Sensitivity.PROTECTED] * 4):
        store.create(a_stakeholder(sensitivity=level), LOCAL_ACTOR)
    count = "// Count the log.\n// params: none\nMATCH (n:Change) RETURN n.clearance AS level, count(n) AS entries"
    rows = store._connection.run_alone(parse("tests/count", count), {})
    assert {row["level"]: row["entries"] for row in rows} == {0: 1, 1: 1, 2: 1, 3: 2}


def test_a_viewers_change_log_has_nothing_that_they_may_not_see(store: Store) -> None:
    """So whether a network is refreshed or read whole depends on nothing hidden either."""
    store.create(a_stakeholder(), LOCAL_ACTOR)
    seen = network(store, VIEWERS[0])
    store.create(a_stakeholder(sensitivity=HIDDEN), LOCAL_ACTOR)
    assert store.network(VIEWERS[0], as_of=TODAY, known=seen).revision == seen.revision
    count = "// Count the log.\n// params: none\nMATCH (n:Change {clearance: 0}) RETURN count(n) AS entries"
    assert store._connection.run_alone(parse("tests/count_public", count), {}) == [{"entries": 1}]


def test_writes_during_a_refresh_are_read_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = network(store, LOCAL_ACTOR)
    store.create(a_stakeholder(), LOCAL_ACTOR)
    nodes, left = refresh._nodes, [1]

    def while_reading(*arguments: object) -> object:
        rows = nodes(*arguments)  # type: ignore[arg-type]
        if left[0]:
            left[0] -= 1
            store.create(a_stakeholder(), LOCAL_ACTOR)
        return rows

    monkeypatch.setattr(refresh, "_nodes", while_reading)
    after = network(store, LOCAL_ACTOR, before)
    assert (len(after.nodes), after.revision) == (2, store.revision(LOCAL_ACTOR))


def test_a_restarted_revision_has_everything_read(store: Store) -> None:
    store.create(a_stakeholder(), LOCAL_ACTOR)
    before = network(store, LOCAL_ACTOR)
    empty(store)
    assert len(network(store, LOCAL_ACTOR, before).nodes) == 0
