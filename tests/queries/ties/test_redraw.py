"""All ties are drawn again: what was drawn wrongly, not at all, or by an older program is right afterwards."""

from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.networks.network import build_network
from queries.admin.operations import Operations
from queries.driver.statements import parse
from queries.store import Changes, Store
from queries.ties import refold
from tests.queries.ties.worlds import TODAY, World, a_world

DRAWN = parse(
    "tests/all_drawn",
    """// Every drawn tie.
// params: none
MATCH (start:Stakeholder)-[tie]->(finish:Stakeholder)
RETURN type(tie) AS type, start.id AS from_id, finish.id AS to_id, properties(tie) AS properties ORDER BY tie.id
""",
)

OFFICER = Viewer("officer", Sensitivity.PUBLIC)


def drawn(store: Store) -> list[dict[str, Any]]:
    return store._connection.run_alone(DRAWN, {})


@pytest.fixture
def operations(store: Store) -> Operations:
    return Operations(store._connection)


@pytest.fixture
def world(store: Store) -> World:
    made = a_world(3)
    store.apply(Changes(create=made.records), LOCAL_ACTOR)
    return made


@pytest.mark.parametrize(
    "spoil",
    [
        "SET tie.strength = 0.123, tie.fold = left(tie.fold, 20) + 'AAAA' + substring(tie.fold, 24)",
        "REMOVE tie.fold",  # as an older program drew it
        "SET tie.fold = 'admiralty-0' + substring(tie.fold, 11)",
        "SET tie.sensitivity = 0",
        "DELETE tie",
    ],
)
def test_all_ties_are_drawn_as_their_reports_have_them(
    store: Store, operations: Operations, world: World, spoil: str
) -> None:
    statement = f"// Spoil them.\n// params: none\nMATCH (:Stakeholder)-[tie]->(:Stakeholder) {spoil}\n"
    before = drawn(store)
    store._connection.run_alone(parse("tests/spoil", statement), {})
    assert drawn(store) != before
    told: list[int] = []
    count = operations.redraw(progress=lambda done, _: told.append(done))
    spoken_of = {(report.kind, *sorted((report.from_id, report.to_id))) for report in world.reports}
    assert count == told[-1] >= len(spoken_of)  # a directed kind has a tie either way
    assert drawn(store) == before
    assert operations.check() == []


def test_runs_of_any_length_leave_no_tie_out(
    store: Store, operations: Operations, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn(store)
    store._connection.run_alone(
        parse("tests/erase", "// All.\n// params: none\nMATCH (:Stakeholder)-[tie]->(:Stakeholder) DELETE tie\n"), {}
    )
    monkeypatch.setattr(refold, "TIES", 2)
    told: list[int] = []
    count = operations.redraw(progress=lambda done, _: told.append(done))
    assert told == [*range(2, count, 2), count]
    assert drawn(store) == before


def test_whoever_keeps_a_network_reads_it_again(store: Store, operations: Operations, world: World) -> None:
    store._connection.run_alone(
        parse("tests/hide", "// All.\n// params: none\nMATCH ()-[tie:FUNDS|COORDINATES_WITH]->() DELETE tie\n"), {}
    )
    spoilt = store.network(OFFICER, as_of=TODAY)
    operations.redraw()
    kept = build_network(spoilt.nodes, spoilt.ties, revision=spoilt.revision, as_of=TODAY)
    again = store.network(OFFICER, as_of=TODAY, known=kept)
    assert list(again.ties) == list(store.network(OFFICER, as_of=TODAY).ties) != list(spoilt.ties)
    assert sorted(again.ties, key=lambda tie: tie.id) == world.ties(OFFICER, as_of=TODAY)


def test_an_empty_database_has_nothing_to_draw(operations: Operations, store: Store) -> None:
    assert store.counts(LOCAL_ACTOR)["ties"] == 0
    assert operations.redraw() == 0
