"""A store on the run's one Neo4j, empty for every test. A warning of the database is an error."""

from collections.abc import Iterator

import pytest

from queries.driver import statements
from queries.local_neo4j import ServerAddress
from queries.store import Store

EMPTY = statements.parse(
    "tests/empty",
    """// Delete all nodes except those of the schema, in batches so that a large test does not need much memory.
// params: none
MATCH (n)
WHERE NOT n:Keeper AND NOT n:Migration AND NOT n:Revision
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 1000 ROWS
""",
)

ZERO = statements.parse(
    "tests/zero",
    """// Reset the revisions to 0.
// params: none
MATCH (revision:Revision)
SET revision.number = 0
""",
)


@pytest.fixture(scope="session")
def shared_store(neo4j_connection: ServerAddress) -> Iterator[Store]:
    """The store with its schema; most tests use ``store``."""
    store = Store.open(
        neo4j_connection.uri,
        neo4j_connection.username,
        neo4j_connection.password,
        neo4j_connection.database,
        strict=True,
    )
    store.prepare()
    yield store
    store.close()


@pytest.fixture
def store(shared_store: Store) -> Store:
    """An empty store."""
    empty(shared_store)
    return shared_store


def empty(store: Store) -> None:
    """Delete every record of a store and reset its revisions."""
    for statement in (EMPTY, ZERO):
        store._connection.run_alone(statement, {})
