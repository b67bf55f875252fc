"""A migration that is killed anywhere is finished by the next process."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from queries.driver import statements
from queries.driver.connection import Connection
from queries.driver.running import Row
from queries.driver.statements import Statement
from queries.local_neo4j import ServerAddress
from queries.schema.migrations import applied, migrate, migrations
from queries.store import Store

ROOT = Path(__file__).parents[2]

MIGRATOR = """
import sys
from queries.driver.connection import Connection
from queries.schema.migrations import migrate

uri, username, database, stop_before = sys.argv[1:]
run, count = Connection.run_alone, 0

def run_and_count(*arguments):
    global count
    count += 1
    if count == int(stop_before):
        print("stopped", flush=True)
        sys.stdin.readline()
    return run(*arguments)

password = sys.stdin.readline().strip()
connection = Connection(uri, username, password, database)
Connection.run_alone = run_and_count
print("begins", flush=True)
migrate(connection)
print("done", flush=True)
connection.close()
"""
"""Stops before its n-th statement, in the middle of its work with its locks held, until it is killed."""

SHOW = tuple(
    statements.parse(f"tests/show_{name.lower()}", f"// Existing ones.\n// params: none\n{shown}\n")
    for name, shown in (
        ("constraints", "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties"),
        ("indexes", "SHOW INDEXES YIELD name, type, labelsOrTypes, properties WHERE type <> 'LOOKUP'"),
        ("keepers", "MATCH (n:Keeper|Migration) RETURN labels(n) AS name, n.id AS id, n.version AS v, n.checksum AS c"),
    )
)


def state(connection: Connection) -> list[list[str]]:
    """Return all that migrations create: constraints, indexes and the record of applied files."""
    return [sorted(repr(sorted(row.items())) for row in connection.run_alone(show, {})) for show in SHOW]


def forget(connection: Connection) -> None:
    """Drop all of that, as in a database that was never used."""
    for kind, show in zip(("CONSTRAINT", "INDEX"), SHOW, strict=False):
        for row in connection.run_alone(show, {}):
            text = f"// Drop it.\n// params: none\nDROP {kind} {row['name']}\n"
            connection.run_alone(statements.parse("tests/drop", text), {})
    connection.run_alone(
        statements.parse("tests/forget", "// Forget.\n// params: none\nMATCH (n:Keeper|Migration|Revision) DELETE n\n"),
        {},
    )


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    """A database without a schema, which gets it back afterwards."""
    yield store._connection
    forget(store._connection)
    store.prepare()


@contextmanager
def migrator(address: ServerAddress, *, stop_before: int = 0) -> Iterator["subprocess.Popen[str]"]:
    words = [address.uri, address.username, address.database, str(stop_before)]
    process = subprocess.Popen(
        [sys.executable, "-c", MIGRATOR, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with process:
        try:
            assert process.stdin
            process.stdin.write(f"{address.password}\n")
            process.stdin.flush()
            yield process
        finally:
            process.kill()


def says(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_migrators_killed_anywhere_with_another_waiting_leave_the_same_schema(
    connection: Connection, neo4j_connection: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(connection)
    run, statements = Connection.run_alone, []

    def counted(self: Connection, statement: Statement, parameters: dict[str, object]) -> list[Row]:
        statements.append(statement.name)
        return run(self, statement, parameters)

    with monkeypatch.context() as patch:
        patch.setattr(Connection, "run_alone", counted)
        migrate(connection)
    expected = state(connection)
    last = len(statements)  # records the last file
    first = next(number for number, name in enumerate(statements, 1) if name.startswith("schema/"))
    half_done = 0
    for stop_before in (first, first + 1, (first + last) // 2, last - 1, last):
        forget(connection)
        with migrator(neo4j_connection, stop_before=stop_before) as killed:
            assert (says(killed), says(killed)) == ("begins", "stopped")
            with migrator(neo4j_connection) as waiting:
                assert says(waiting) == "begins"
                half_done += 0 < len(applied(connection)) < len(migrations())
                killed.kill()
                killed.wait(60)
                assert says(waiting) == "done"
        assert state(connection) == expected
        assert migrate(connection) == ()
    assert half_done, "none was killed in the middle, so nothing was shown"


def test_a_migration_killed_while_no_other_waits_is_finished_by_the_next(
    connection: Connection, neo4j_connection: ServerAddress
) -> None:
    forget(connection)
    migrate(connection)
    expected = state(connection)
    forget(connection)
    with migrator(neo4j_connection, stop_before=12) as killed:
        assert (says(killed), says(killed)) == ("begins", "stopped")
        killed.kill()
        killed.wait(60)
    assert state(connection) != expected
    migrate(connection)
    assert state(connection) == expected
