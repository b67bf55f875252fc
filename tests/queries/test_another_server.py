"""The suite on a named server: as it deletes everything, it first checks that the database is for tests."""

import os

import pytest
from neo4j import GraphDatabase

from graph.access import LOCAL_ACTOR
from queries.local_neo4j import ServerAddress
from queries.store import Store
from tests import neo4j_server
from tests.builders import a_sector

pytest_plugins = ["pytester"]

ASKS = """
    from tests.neo4j_server import jar_cache, neo4j_connection, _local_server, _named_server
    def test_one(neo4j_connection): print("one was run")
    def test_two(neo4j_connection): print("two was run")
"""


@pytest.fixture
def run(
    pytester: pytest.Pytester,
    pytestconfig: pytest.Config,
    monkeypatch: pytest.MonkeyPatch,
    neo4j_connection: ServerAddress,
) -> pytest.Pytester:
    """A folder in which pytest runs with the fixtures of this suite, given the server of this run."""
    pytester.makepyfile(ASKS)
    for name, value in {
        "PYTHONPATH": str(pytestconfig.rootpath),
        "NEO4J_TEST_URI": neo4j_connection.uri,
        "NEO4J_TEST_USERNAME": neo4j_connection.username,
        "NEO4J_TEST_PASSWORD": neo4j_connection.password,
        # Every server has this one, whatever the other is called.
        "NEO4J_TEST_DATABASE": "system",
    }.items():
        monkeypatch.setenv(name, value)
    return pytester


def refused(run: pytest.Pytester) -> str:
    """Return the message of a run that ends before its first test."""
    result = run.runpytest_subprocess("-p", "tests.plugins", "-s")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    output = result.stdout.str() + result.stderr.str()
    assert "was run" not in output
    return output


def test_a_database_that_is_not_named_for_tests_is_refused(run: pytest.Pytester) -> None:
    output = refused(run)
    assert "the database 'system' that NEO4J_TEST_URI names is not named for tests" in output
    assert "initial.dbms.default_database" in output


def test_a_database_with_anything_in_it_is_refused_though_it_is_named_for_tests(
    run: pytest.Pytester, store: Store, neo4j_connection: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database of this run serves as one: any part of its name is set as the required word."""
    monkeypatch.setattr(neo4j_server, "NAMED_FOR_TESTS", neo4j_connection.database.lower())
    store.create(a_sector(), LOCAL_ACTOR)
    auth = (neo4j_connection.username, neo4j_connection.password)
    with GraphDatabase.driver(neo4j_connection.uri, auth=auth) as driver:
        refusal = neo4j_server.why_not_for_tests(driver, neo4j_connection.database)
    assert refusal is not None
    assert "is not empty" in refusal
    assert "DETACH DELETE" in refusal


@pytest.mark.parametrize(
    ("variable", "value"),
    [("NEO4J_TEST_URI", "bolt://127.0.0.1:1"), ("NEO4J_TEST_URI", "nowhere"), ("NEO4J_TEST_DATABASE", "no-such-test")],
)
def test_a_server_that_cannot_be_asked_is_one_sentence_with_the_settings_to_look_at(
    run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    output = refused(run)
    assert "cannot be asked" in output
    assert "NEO4J_TEST_DATABASE" in output
    assert os.environ["NEO4J_TEST_PASSWORD"] not in output
