"""Each invariant, broken by hand in a real database, is named, and nothing else is.

All are broken in one mission, each in a transaction that is rolled back.
"""

from collections.abc import Iterator

import pytest

from queries.admin.operations import Operations
from queries.check import _broken
from queries.check.broken import Broken
from queries.driver.running import StatementRunner
from queries.driver.statements import parse
from queries.store import Store
from tests.service.archive.missions import fill
from tests.stores import empty

BREAKING = {
    # the statement that breaks it, and the finding: kind and part of ``what``
    "CREATE (:Stray)": ("Stray", "label"),
    "MATCH (n:Ngo) REMOVE n:Ngo SET n:Media": ("Stakeholder", "category"),
    "MATCH (n:Sector) REMOVE n.name": ("Sector", "lacks properties name"),
    "MATCH (n:Source) SET n.kind = 'rumour'": ("Source", "unknown word as kind"),
    "MATCH (n:Sector) SET n.name = '\\u200B\\u3164'": ("Sector", "has only invisible characters as name"),
    "MATCH (n:Ngo) SET n.aliases = ['Sœurs', '\\u2800']": ("Stakeholder", "invisible characters as aliases"),
    "MATCH (n:TieReport {kind: 'funds'}) SET n.recorded_at = datetime('2140-01-01T00:00:00Z')": (
        "TieReport",
        "a day in the future in recorded_at",
    ),
    "MATCH (n:Sector) SET n.sensitivity = 7": ("Sector", "sensitivity"),
    "MATCH (n:TieReport {kind: 'kinship'})-[r:SAID_BY]->() DELETE r": ("TieReport", "one source"),
    "MATCH (n:TieReport {kind: 'kinship'})-[r:FROM]->() DELETE r": ("TieReport", "two stakeholders"),
    "CREATE (:ExternalId {key: 'Sector|x:y'})": ("ExternalId", "identifies no record"),
    "MATCH (n:Sector) SET n.external_ids = n.external_ids + 'x:y'": ("Sector", "not registered as its own x:y"),
    "MATCH (a:Area {level: 0}) CREATE (a)-[:PART_OF]->(a)": ("Area", "part of itself"),
    "MATCH ()-[r:CARRIES_OUT]->() DELETE r": ("Activity", "no participants"),
    "MATCH (n:Revision {clearance: 2}) DELETE n": ("Revision", "missing"),
    "MATCH (a:Sector) MATCH (b:Source) CREATE (a)-[:FOR]->(b)": ("FOR", "no record has"),
    "MATCH (a:Ngo) MATCH (b:CommunityLeader) CREATE (a)-[:TRAINS {id: 'x'}]->(b)": ("TRAINS", "no report left"),
    "MATCH ()-[t:FUNDS]->() DELETE t": ("FUNDS", "not materialised"),
    "MATCH ()-[t:COORDINATES_WITH]->() SET t.strength = 0.9, t.reports = 7": (
        "COORDINATES_WITH",
        "fold of its reports: reports, strength",
    ),
    # The numbers begin after "admiralty-1:"; the last four of their 64 letters hold sign and undated.
    "MATCH ()-[t:COORDINATES_WITH]->() SET t.fold = left(t.fold, 72) + 'AAAA' + substring(t.fold, 76)": (
        "COORDINATES_WITH",
        "fold of its reports: fold.sign, fold.undated",
    ),
    "MATCH ()-[t:COORDINATES_WITH]->() SET t.fold = t.fold + ']'": ("COORDINATES_WITH", "fold.origins"),
    # Its window begins a day before the first day that a date can have.
    "MATCH ()-[t:COORDINATES_WITH]->() SET t.fold = left(t.fold, 44) + '/////wAA' + substring(t.fold, 52)": (
        "COORDINATES_WITH",
        "an invalid window",
    ),
    "MATCH (n:TieReport {kind: 'funds'}) SET n.kind = 'trains'": ("TieReport", "not the one it names"),
    "MATCH (n:TieReport {kind: 'kinship'}) SET n.tie_id = 'x'": ("TieReport", "not the one it names"),
    "MATCH (n:TieReport {kind: 'kinship'})-[r:TO]->(), (o)<-[:FROM]-(n) DELETE r CREATE (n)-[:TO]->(o)": (
        "TieReport",
        "not the one it names",
    ),
    "MATCH (a)-[t:FUNDS]->(b) WITH a, b, t, properties(t) AS p DELETE t CREATE (a)-[n:TRAINS]->(b) SET n = p": (
        "FUNDS",
        "as another kind",
    ),
    "MATCH (a)-[t:FUNDS]->(b) WITH a, b, t, properties(t) AS p DELETE t CREATE (a)-[n:FUNDS]->(a) SET n = p": (
        "FUNDS",
        "between other stakeholders",
    ),
    "MATCH (a)-[t:COORDINATES_WITH]->(b) WITH a, b, t, properties(t) AS p DELETE t "
    "CREATE (b)-[n:COORDINATES_WITH]->(a) SET n = p": ("COORDINATES_WITH", "wrong direction"),
}


@pytest.fixture(scope="module")
def mission(shared_store: Store) -> Iterator[Store]:
    """A store with records of every kind. Tests leave it as it is."""
    empty(shared_store)
    fill(shared_store)
    yield shared_store
    assert Operations(shared_store._connection).check() == []


class RolledBack(Exception):
    """Carries the findings out of a transaction that must leave no trace."""

    def __init__(self, found: list[Broken]) -> None:
        self.found = found


def test_an_intact_mission_has_no_findings(mission: Store) -> None:
    assert Operations(mission._connection).check() == []


@pytest.mark.parametrize("breaking", BREAKING)
def test_a_broken_rule_is_named_and_nothing_else(mission: Store, breaking: str) -> None:
    def break_and_check(run: StatementRunner) -> None:
        run(parse("tests/break", f"// Break it.\n// params: none\n{breaking}\n"), {})
        raise RolledBack(list(_broken(run)))

    with pytest.raises(RolledBack) as end:
        mission._connection.transaction(break_and_check, read=False, seconds=60)
    kind, word = BREAKING[breaking]
    assert [(broken.kind, word in broken.what) for broken in end.value.found] == [(kind, True)]
    assert all(broken.id and broken.cure for broken in end.value.found)
