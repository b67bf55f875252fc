"""A network brought up to date is the network that a whole reading gives, whatever was written and whoever looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.errors import StakeholderGraphError
from graph.model import Area, Record, Sector, Source, Stakeholder, TieReport
from graph.networks.network import StakeholderNetwork, build_network
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
    """Somebody who writes at random, now this and now that."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = Random(seed)

    def level(self) -> Sensitivity:
        """Return a sensitivity, often public."""
        level: Sensitivity = self.chance.choice([Sensitivity.PUBLIC, Sensitivity.PUBLIC, *Sensitivity])
        return level

    def any(self, kind: type[Record]) -> Record | None:
        """Return some record of a kind, if there is one."""
        found = self.store.list(kind, LOCAL_ACTOR, limit=100).items
        return self.chance.choice(found) if found else None

    def write(self) -> None:
        """Make one change; what the store refuses, such as deleting somebody with ties, is no change."""
        verb: Callable[[], object] = self.chance.choice(
            2 * [self.add, self.add, *[self.report] * 3, self.level_anew, self.delete, self.regrade] + [self.erase]
        )
        try:
            verb()
        except StakeholderGraphError:
            return

    def add(self) -> None:
        """Keep a new record that is no report."""
        area, sector = self.any(Area), self.any(Sector)
        made: Record = self.chance.choice(
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
        self.store.create(made, LOCAL_ACTOR)

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

    def level_anew(self) -> None:
        """Change who may see a record."""
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
        """Erase somebody with all that was reported on them."""
        if record := self.any(Stakeholder):
            self.store.erase(record.id, LOCAL_ACTOR, version=record.version)


@pytest.mark.parametrize("seed", seeds(6, usual=2))
def test_whatever_was_written_a_refreshed_network_is_the_network(store: Store, seed: int) -> None:
    mission = Mission(store, seed)
    people = [a_stakeholder() for _ in range(5)]
    store.apply(Changes(create=(*people, a_source(), an_area(), a_sector())), LOCAL_ACTOR)
    kept = {viewer: network(store, viewer) for viewer in VIEWERS}
    told = 0
    for _ in range(12):
        for _ in range(mission.chance.randint(1, 5)):
            mission.write()
        for viewer in VIEWERS:
            kept[viewer] = network(store, viewer, kept[viewer])
            assert kept[viewer] == network(store, viewer)
            told += len(kept[viewer].ties)
    assert told > 12, "a mission that reports hardly anything shows nothing"


@pytest.fixture
def no_whole_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let whoever reads a whole network from now on fail."""

    def forbid() -> None:
        def refuse(*_: object, **__: object) -> NetworkRows:
            raise AssertionError("All was read again.")

        monkeypatch.setattr(read, "network", refuse)

    return forbid


def test_a_change_of_one_tie_is_read_alone(store: Store, no_whole_reading: Callable[[], None]) -> None:
    one, other, source = a_stakeholder(), a_stakeholder(), a_source()
    ends = {"from_id": one.id, "to_id": other.id, "source_id": source.id}
    store.apply(Changes(create=(one, other, source, a_tie_report(**ends))), LOCAL_ACTOR)
    before = network(store, LOCAL_ACTOR)
    store.create(a_tie_report(**ends, kind="funds"), LOCAL_ACTOR)
    store.replace(replace(one, name="Union des femmes"), LOCAL_ACTOR, version=1)
    no_whole_reading()
    after = network(store, LOCAL_ACTOR, before)
    assert [tie.kind for tie in after.ties] == ["coordinates_with", "funds"]
    assert after.nodes[one.id].name == "Union des femmes"
    assert [tie.kind for tie in before.ties] == ["coordinates_with"]


@pytest.mark.parametrize("limit", ["change_log.MOST", "change_log.KEPT", "refresh.MOST"])
def test_where_the_log_does_not_reach_all_is_read(store: Store, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    before = network(store, LOCAL_ACTOR)
    module, name = limit.split(".")
    monkeypatch.setattr({"change_log": change_log, "refresh": refresh}[module], name, 1)
    if limit == "change_log.KEPT":
        monkeypatch.setattr(refresh, "KEPT", 1)
    store.apply(Changes(create=[a_stakeholder() for _ in range(3)]), LOCAL_ACTOR)
    store.create(a_stakeholder(), LOCAL_ACTOR)
    assert len(network(store, LOCAL_ACTOR, before).nodes) == 4


def test_a_gap_in_the_log_is_noticed(store: Store) -> None:
    """An older program that raises revisions without noting anything leaves one."""
    before = network(store, LOCAL_ACTOR)
    store.create(a_stakeholder(), LOCAL_ACTOR)
    erase = "// Lose the log.\n// params: none\nMATCH (n:Change) DELETE n"
    store._connection.run_alone(parse("tests/lose", erase), {})
    assert len(network(store, LOCAL_ACTOR, before).nodes) == 1


def test_the_log_keeps_a_bounded_number_for_each_clearance(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_log, "KEPT", 2)
    for level in (Sensitivity.PUBLIC, *[Sensitivity.PROTECTED] * 4):
        store.create(a_stakeholder(sensitivity=level), LOCAL_ACTOR)
    count = "// Count the log.\n// params: none\nMATCH (n:Change) RETURN n.clearance AS level, count(n) AS entries"
    rows = store._connection.run_alone(parse("tests/count", count), {})
    assert {row["level"]: row["entries"] for row in rows} == {0: 1, 1: 1, 2: 1, 3: 2}


def test_what_a_viewer_may_not_see_is_not_in_their_log(store: Store) -> None:
    """So whether they are answered the short way depends on nothing hidden either."""
    store.create(a_stakeholder(), LOCAL_ACTOR)
    seen = network(store, VIEWERS[0])
    store.create(a_stakeholder(sensitivity=HIDDEN), LOCAL_ACTOR)
    assert store.network(VIEWERS[0], as_of=TODAY, known=seen).revision == seen.revision
    count = "// Count the log.\n// params: none\nMATCH (n:Change {clearance: 0}) RETURN count(n) AS entries"
    assert store._connection.run_alone(parse("tests/count_public", count), {}) == [{"entries": 1}]


def test_what_is_written_during_a_refresh_is_read_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = network(store, LOCAL_ACTOR)
    store.create(a_stakeholder(), LOCAL_ACTOR)
    nodes, left = refresh._nodes, [1]

    def while_reading(*arguments: object) -> object:
        found = nodes(*arguments)  # type: ignore[arg-type]
        if left[0]:
            left[0] -= 1
            store.create(a_stakeholder(), LOCAL_ACTOR)
        return found

    monkeypatch.setattr(refresh, "_nodes", while_reading)
    after = network(store, LOCAL_ACTOR, before)
    assert (len(after.nodes), after.revision) == (2, store.revision(LOCAL_ACTOR))


def test_a_database_that_began_again_is_read_as_a_whole(store: Store) -> None:
    store.create(a_stakeholder(), LOCAL_ACTOR)
    before = network(store, LOCAL_ACTOR)
    empty(store)
    assert len(network(store, LOCAL_ACTOR, before).nodes) == 0
