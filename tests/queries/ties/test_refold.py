"""Rebuilding all ties mends those that were wrong, missing or materialised by an older program."""

from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.networks.network import build_network
from queries.admin.operations import Operations
from queries.driver.statements import parse
from queries.store import Changes, Store
from queries.ties import refold
from tests.queries.ties.worlds import TODAY, World, a_world

MATERIALISED = parse(
    "tests/all_materialised",
    """// Every materialised tie.
// params: none
MATCH (start:Stakeholder)-[tie]->(finish:Stakeholder)
RETURN type(tie) AS type, start.id AS from_id, finish.id AS to_id, properties(tie) AS properties ORDER BY tie.id
""",
)

OFFICER = Viewer("officer", Sensitivity.PUBLIC)


def materialised(store: Store) -> list[dict[str, Any]]:
    return store._connection.run_alone(MATERIALISED, {})


@pytest.fixture
def operations(store: Store) -> Operations:
    return Operations(store._connection)


@pytest.fixture
def world(store: Store) -> World:
    world = a_world(3)
    store.apply(Changes(create=world.records), LOCAL_ACTOR)
    return world


@pytest.mark.parametrize(
    "spoil",
    [
        "SET tie.strength = 0.123, tie.fold = left(tie.fold, 20) + 'AAAA' + substring(tie.fold, 24)",
        "REMOVE tie.fold",  # as an older program stored it
        "SET tie.fold = 'admiralty-0' + substring(tie.fold, 11)",
        "SET tie.sensitivity = 0",
        "DELETE tie",
    ],
)
def test_rebuilding_gives_every_tie_the_fold_of_its_reports(
    store: Store, operations: Operations, world: World, spoil: str
) -> None:
    statement = f"// Spoil them.\n// params: none\nMATCH (:Stakeholder)-[tie]->(:Stakeholder) {spoil}\n"
    before = materialised(store)
    store._connection.run_alone(parse("tests/spoil", statement), {})
    assert materialised(store) != before
    progress: list[int] = []
    count = operations.rebuild_ties(progress=lambda done, _: progress.append(done))
    pairs = {(report.kind, *sorted((report.from_id, report.to_id))) for report in world.reports}
    assert count == progress[-1] >= len(pairs)  # a directed kind has a tie in each direction
    assert materialised(store) == before
    assert operations.check() == []


def test_batches_of_any_size_leave_no_tie_out(
    store: Store, operations: Operations, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = materialised(store)
    store._connection.run_alone(
        parse("tests/erase", "// All.\n// params: none\nMATCH (:Stakeholder)-[tie]->(:Stakeholder) DELETE tie\n"), {}
    )
    monkeypatch.setattr(refold, "TIES", 2)
    progress: list[int] = []
    count = operations.rebuild_ties(progress=lambda done, _: progress.append(done))
    assert progress == [*range(2, count, 2), count]
    assert materialised(store) == before


def test_a_reader_who_holds_a_network_reads_it_again_after_a_rebuild(
    store: Store, operations: Operations, world: World
) -> None:
    store._connection.run_alone(
        parse("tests/hide", "// All.\n// params: none\nMATCH ()-[tie:FUNDS|COORDINATES_WITH]->() DELETE tie\n"), {}
    )
    spoilt = store.network(OFFICER, as_of=TODAY)
    operations.rebuild_ties()
    held = build_network(spoilt.nodes, spoilt.ties, revision=spoilt.revision, as_of=TODAY)
    again = store.network(OFFICER, as_of=TODAY, known=held)
    assert list(again.ties) == list(store.network(OFFICER, as_of=TODAY).ties) != list(spoilt.ties)
    assert sorted(again.ties, key=lambda tie: tie.id) == world.ties(OFFICER, as_of=TODAY)


def test_an_empty_database_has_no_ties_to_rebuild(operations: Operations, store: Store) -> None:
    assert store.counts(LOCAL_ACTOR)["ties"] == 0
    assert operations.rebuild_ties() == 0
