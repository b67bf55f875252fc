"""Each invariant, broken by hand in a real database, is named; a healthy database has nothing to name."""

from datetime import date

import pytest

from graph.access import LOCAL_ACTOR as ME
from queries.catalogue import parse
from queries.operations import Operations
from queries.store import Store
from service.demo import load
from tests.service.archive.missions import fill
from tests.stores import empty

BREAKING = {
    # what is done to the database, and what is found: kind and a word of what
    "CREATE (:Stray)": ("Stray", "label"),
    "MATCH (n:Ngo) REMOVE n:Ngo SET n:Media": ("Stakeholder", "category"),
    "MATCH (n:Sector) REMOVE n.name": ("Sector", "lacks properties name"),
    "MATCH (n:Source) SET n.kind = 'rumour'": ("Source", "unknown word as kind"),
    "MATCH (n:Sector) SET n.sensitivity = 7": ("Sector", "sensitivity"),
    "MATCH (n:TieReport {kind: 'kinship'})-[r:SAID_BY]->() DELETE r": ("TieReport", "one source"),
    "MATCH (n:TieReport {kind: 'kinship'})-[r:FROM]->() DELETE r": ("TieReport", "two stakeholders"),
    "CREATE (:ExternalId {key: 'Sector|x:y'})": ("ExternalId", "identifies no record"),
    "MATCH (n:Sector) SET n.external_ids = n.external_ids + 'x:y'": ("Sector", "not registered as its own x:y"),
    "MATCH (a:Area {level: 0}) CREATE (a)-[:PART_OF]->(a)": ("Area", "within itself"),
    "MATCH ()-[r:CARRIES_OUT]->() DELETE r": ("Activity", "nobody takes part"),
    "MATCH (n:Revision {clearance: 2}) DELETE n": ("Revision", "missing"),
    "MATCH (a:Sector), (b:Source) CREATE (a)-[:FOR]->(b)": ("FOR", "no record of ours"),
    "MATCH (a:Ngo), (b:CommunityLeader) CREATE (a)-[:TRAINS {id: 'x'}]->(b)": ("TRAINS", "no standing report"),
    "MATCH ()-[t:FUNDS]->() DELETE t": ("FUNDS", "not drawn"),
    "MATCH ()-[t:COORDINATES_WITH]->() SET t.strength = 0.9, t.reports = 7": (
        "COORDINATES_WITH",
        "reports come to: reports, strength",
    ),
    "MATCH (a)-[t:COORDINATES_WITH]->(b) WITH a, b, t, properties(t) AS p DELETE t "
    "CREATE (b)-[n:COORDINATES_WITH]->(a) SET n = p": ("COORDINATES_WITH", "wrong way round"),
}
MEND = parse(
    "tests/mend", "// All revisions again.\n// params: none\nUNWIND range(0, 3) AS c MERGE (:Revision {clearance: c})\n"
)


@pytest.fixture
def operations(store: Store) -> Operations:
    """The operator's work on the emptied store."""
    return Operations(store._connection)


@pytest.mark.parametrize("breaking", BREAKING)
def test_what_is_broken_is_named_and_nothing_else(store: Store, operations: Operations, breaking: str) -> None:
    fill(store)
    assert operations.check() == []
    try:
        store._connection.run_alone(parse("tests/break", f"// Break it.\n// params: none\n{breaking}\n"), {})
        found = operations.check()
    finally:
        empty(store)
        store._connection.run_alone(MEND, {})
        empty(store)
    kind, word = BREAKING[breaking]
    assert [(broken.kind, word in broken.what) for broken in found] == [(kind, True)]
    assert all(broken.id and broken.cure for broken in found)


def test_a_constraint_that_is_gone_is_named(store: Store, operations: Operations) -> None:
    drop = parse("t", "// Drop.\n// params: none\nDROP CONSTRAINT sector_id\n")
    make = parse("t", "// M.\n// params: none\nCREATE CONSTRAINT sector_id FOR (n:Sector) REQUIRE n.id IS UNIQUE\n")
    store._connection.run_alone(drop, {})
    try:
        assert [(broken.kind, broken.id) for broken in operations.check()] == [("constraint", "sector_id")]
    finally:
        store._connection.run_alone(make, {})


def test_a_healthy_mission_has_nothing_to_name(store: Store, operations: Operations) -> None:
    load(store, ME, date(2024, 5, 1))
    assert operations.check() == []
