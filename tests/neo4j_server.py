"""One Neo4j for the whole test run: the program's own local server, in a temporary folder.

``NEO4J_TEST_URI`` (with ``NEO4J_TEST_USERNAME``, ``NEO4J_TEST_PASSWORD``, ``NEO4J_TEST_DATABASE``) names another server
instead. The tests delete all data they find, so that server's database must be empty and have "test" in its name; else
the run ends before it writes anything. docs/neo4j.md says how to set such a server up.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from queries import local_neo4j
from queries.local_neo4j.configuration_file import CONFIGURATION_VARIABLE
from tests.plugins import SERVER

JARS = "STAKEHOLDER_GRAPH_JARS"
QUICKER = """
# A statement is planned again when its statistics have changed by three quarters, at the earliest after 10 s. Tests
# fill and empty their database all the time: half of the server's work was planning the same statements again.
dbms.cypher.min_replan_interval=1h
# Servers that live for a few minutes gain nothing from Java's second compiler, which takes as long as all the rest.
server.jvm.additional=-XX:TieredStopAtLevel=1
"""
"""Settings of the servers of a test run, beside the program's own configuration."""
URI = "NEO4J_TEST_URI"
NAMED_FOR_TESTS = "test"
_CACHE = Path(__file__).resolve().parents[1] / ".cache" / "neo4j"


@pytest.fixture(scope="session")
def jar_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of jars for local servers: kept from run to run, shared with the commands that tests start.

    A test that uses it starts local servers of its own, so it is skipped in a run against a named server.
    """
    if os.environ.get(URI):
        pytest.skip(f"starts a local Neo4j of its own, and {URI} names another server")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(JARS, os.environ.get(JARS) or str(_CACHE))
        # Now, in each process: a test that starts Java itself does not fetch. The first one to come here does.
        local_neo4j.fetch(tmp_path_factory.mktemp("fetching"), progress=False)
        quicker = tmp_path_factory.mktemp("configuration") / "neo4j.conf"
        quicker.write_text(local_neo4j.configuration() + QUICKER, encoding="utf-8")
        patch.setenv(CONFIGURATION_VARIABLE, str(quicker))
        yield Path(os.environ[JARS])


@pytest.fixture(scope="session")
def neo4j_connection(request: pytest.FixtureRequest) -> local_neo4j.ServerAddress:
    """The address of the server that all tests share. It starts empty; a test deletes what it cannot use.

    ``pid`` is 0 where the server is a named one: a test that stops or kills it is skipped there.
    """
    source = "_named_server" if os.environ.get(URI) else "_local_server"
    connection: local_neo4j.ServerAddress = request.getfixturevalue(source)
    with _driver(connection) as driver:
        version, edition = _version(driver)
    where = "local" if connection.pid else f"at {URI}"
    request.config.stash[SERVER] = f"Neo4j {version} {edition} ({where})"
    return replace(connection, version=version)


@pytest.fixture(scope="session")
def _local_server(jar_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_neo4j.ServerAddress]:
    home = tmp_path_factory.mktemp("neo4j-home")
    # Idle 0: even a test run that is killed leaves no server running.
    yield local_neo4j.start(home, idle_seconds=0)
    local_neo4j.stop(home)


@pytest.fixture(scope="session")
def _named_server(request: pytest.FixtureRequest) -> Iterator[local_neo4j.ServerAddress]:
    if hasattr(request.config, "workerinput"):
        pytest.exit(f"Tests delete all they find, and several processes would use the server {URI} names: use -n 0.")
    connection = local_neo4j.ServerAddress(
        uri=os.environ[URI],
        username=os.environ.get("NEO4J_TEST_USERNAME", "neo4j"),
        password=os.environ.get("NEO4J_TEST_PASSWORD", ""),
        database=os.environ.get("NEO4J_TEST_DATABASE", "neo4j"),
        version="",
        pid=0,
    )
    try:
        with _driver(connection) as driver:
            driver.verify_connectivity()  # else a server that is away is retried for half a minute
            refusal = why_not_for_tests(driver, connection.database)
    except (DriverError, Neo4jError, ValueError) as error:
        refusal = (
            f"The server that {URI} names cannot be asked ({getattr(error, 'code', None) or type(error).__name__}): "
            f"check {URI}, NEO4J_TEST_USERNAME, NEO4J_TEST_PASSWORD and NEO4J_TEST_DATABASE."
        )
    if refusal:
        # Not an error for each of a thousand tests: no test with a database can run.
        pytest.exit(refusal, returncode=pytest.ExitCode.USAGE_ERROR)
    yield connection
    with _driver(connection) as driver:
        # Left empty as it was found, so that the next run is not refused.
        driver.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)


def why_not_for_tests(driver: Driver, database: str) -> str | None:
    """Return why tests must not use a database: it is not named for them, or not empty; ``None`` if they may."""
    # The database's own name: the requested one may be an alias.
    name = driver.execute_query("CALL db.info() YIELD name", database_=database).records[0]["name"]
    if NAMED_FOR_TESTS not in name.lower():
        return (
            f"The tests delete everything, and the database {name!r} that {URI} names is not named for tests: "
            f'use one with "{NAMED_FOR_TESTS}" in its name and give it in NEO4J_TEST_DATABASE '
            f"(Community has a single one; initial.dbms.default_database names it before the first start)."
        )
    nodes = driver.execute_query("MATCH (n) RETURN count(n) AS nodes", database_=database).records[0]["nodes"]
    if nodes:
        return (
            f"The tests delete everything, and the database {name!r} that {URI} names is not empty ({nodes} nodes): "
            "use another, or empty it yourself if nobody needs what is in it (MATCH (n) DETACH DELETE n)."
        )
    return None


def _driver(connection: local_neo4j.ServerAddress) -> Driver:
    return GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password))


def _version(driver: Driver) -> tuple[str, str]:
    """Return version and edition of the server."""
    query = "CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN versions, edition"
    record = driver.execute_query(query).records[0]
    return record["versions"][0], record["edition"]
