"""The schema is brought up to date once, however many processes ask for it, and applied files never change."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from graph.errors import Conflict
from graph.vocabulary import TIE_KINDS
from queries.driver import statements
from queries.driver.running import Row, StatementRunner
from queries.schema.migrations import Migration, migrate, migrations
from queries.store import Store

COUNTED = """// Count how often this ran.
// params: none
MERGE (k:Keeper {id: 'test'})
SET k.number = coalesce(k.number, 0) + 1;

CREATE CONSTRAINT test_id IF NOT EXISTS FOR (n:Test) REQUIRE n.id IS UNIQUE;
"""
COUNT = "// How often it ran.\n// params: none\nMATCH (k:Keeper {id: 'test'}) RETURN k.number AS number\n"
SHOW = "// All constraints.\n// params: none\nSHOW CONSTRAINTS YIELD labelsOrTypes, properties RETURN *\n"
CLEAN = (
    "// Forget its file.\n// params: none\nMATCH (m:Migration) WHERE m.version STARTS WITH '9' DELETE m\n",
    "// Forget what it counted.\n// params: none\nMATCH (k:Keeper {id: 'test'}) DELETE k\n",
    "// Forget its constraint.\n// params: none\nDROP CONSTRAINT test_id IF EXISTS\n",
)
GUARDS = tuple(
    f"// Forget what holds the lock.\n// params: none\nDROP CONSTRAINT {name} IF EXISTS\n"
    for name in ("keeper_id", "migration_version")
)


@pytest.fixture
def later(shared_store: Store) -> Iterator[tuple[Migration, ...]]:
    """The schema files and one more, which was never applied."""
    parts = tuple(
        statements.parse("tests/counted", f"// Count.\n// params: none\n{part}") for part in COUNTED.split("\n\n")
    )
    later = tuple(replace(part, text=part.text.rstrip().rstrip(";")) for part in parts)
    yield (*migrations(), Migration("9000_later", "checksum", later))
    for text in CLEAN:
        run(shared_store, text)


def run(store: Store, text: str) -> list[Row]:
    return store._connection.run_alone(statements.parse("tests/any", text), {})


def test_a_prepared_database_gets_no_migration(shared_store: Store) -> None:
    assert migrate(shared_store._connection) == ()


def test_a_new_file_is_applied_once(shared_store: Store, later: tuple[Migration, ...]) -> None:
    assert migrate(shared_store._connection, later) == ("9000_later",)
    assert migrate(shared_store._connection, later) == ()
    assert run(shared_store, COUNT) == [{"number": 1}]


def test_of_eight_concurrent_migrations_one_applies_the_file(shared_store: Store, later: tuple[Migration, ...]) -> None:
    with ThreadPoolExecutor(8) as pool:
        applied = list(pool.map(lambda _: migrate(shared_store._connection, later), range(8)))
    assert sorted(applied) == [()] * 7 + [("9000_later",)]
    assert run(shared_store, COUNT) == [{"number": 1}]


def test_eight_concurrent_migrations_of_a_new_database_all_succeed(
    shared_store: Store, later: tuple[Migration, ...]
) -> None:
    """In a new database the constraint under the lock is missing too, and creating it at once deadlocks most."""
    for _ in range(3):
        run(shared_store, CLEAN[0])
        for constraint in GUARDS:
            run(shared_store, constraint)
        with ThreadPoolExecutor(8) as pool:
            applied = list(pool.map(lambda _: migrate(shared_store._connection, later), range(8)))
        assert sorted(applied) == [()] * 7 + [("9000_later",)]


def test_a_migration_waits_long_for_the_lock(shared_store: Store, later: tuple[Migration, ...]) -> None:
    """Longer than the 5 s that the server allows for one wait for a lock."""
    held, begun = threading.Event(), time.monotonic()

    def hold(run: StatementRunner) -> None:
        run(statements.statement("driver/lock_schema"), {})
        held.set()
        time.sleep(7)

    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(shared_store._connection.transaction, hold, read=False, seconds=60)
        held.wait()
        assert migrate(shared_store._connection, later) == ("9000_later",)
        holder.result()
    assert time.monotonic() - begun >= 7


def test_an_interrupted_file_is_finished_by_the_next_migration(
    shared_store: Store, later: tuple[Migration, ...]
) -> None:
    wrong = statements.parse("tests/wrong", "// Wrong.\n// params: none\nRETURN 1/0 AS never\n")
    broken = replace(later[-1], statements=(*later[-1].statements, wrong))
    with pytest.raises(Exception, match="statements"):
        migrate(shared_store._connection, (*later[:-1], broken))
    assert migrate(shared_store._connection, later) == ("9000_later",)


def test_a_file_that_changed_after_it_was_applied_is_refused(shared_store: Store) -> None:
    first, *others = migrations()
    with pytest.raises(Conflict, match=first.version):
        migrate(shared_store._connection, (replace(first, checksum="another"), *others))


def test_a_database_of_a_newer_program_is_refused(shared_store: Store, later: tuple[Migration, ...]) -> None:
    migrate(shared_store._connection, later)
    with pytest.raises(Conflict, match="newer version"):
        shared_store.prepare()


def test_every_statement_of_the_schema_can_run_twice(shared_store: Store) -> None:
    for migration in migrations():
        for part in migration.statements:
            shared_store._connection.run_alone(part, {})


def test_every_kind_of_node_and_of_tie_has_unique_ids(shared_store: Store) -> None:
    unique = {(row["labelsOrTypes"][0], row["properties"][0]) for row in run(shared_store, SHOW)}
    nodes = {(label, "id") for label in ("Stakeholder", "Source", "TieReport", "Area", "Sector", "Activity")}
    ties = {(kind.relationship_type, "id") for kind in TIE_KINDS.values()}
    assert nodes | ties | {("ExternalId", "key"), ("Receipt", "key")} <= unique
