"""A store on the run's one Neo4j, empty for every test. What the database warns about is an error."""

from collections.abc import Iterator

import pytest

from queries.driver import statements
from queries.local_neo4j import ServerAddress
from queries.store import Store

EMPTY = statements.parse(
    "tests/empty",
    """// Delete all but the schema's own nodes, in batches so that a large test does not need much memory.
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
    """// Start the revisions again.
// params: none
MATCH (revision:Revision)
SET revision.number = 0
""",
)


@pytest.fixture(scope="session")
def shared_store(neo4j_connection: ServerAddress) -> Iterator[Store]:
    """The store itself, with its schema; tests take ``store``."""
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
    """A store with nothing in it."""
    empty(shared_store)
    return shared_store


def empty(store: Store) -> None:
    """Delete every record of a store and start its revisions again."""
    for wanted in (EMPTY, ZERO):
        store._connection.run_alone(wanted, {})
