"""Fixture policy: the run's one Neo4j, filled with a small mission that has something of everything.

``NEO4J_OTHER_URI`` (with ``NEO4J_OTHER_USERNAME``, ``NEO4J_OTHER_PASSWORD``) names another server, of another version
say; archives are then restored into that one, whose database is emptied. Without it they go back to where they came
from.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyrage import x25519

from queries.operations import Operations
from queries.store import Store
from tests.stores import empty


@pytest.fixture
def operations(store: Store) -> Operations:
    """The operator's work on the emptied store."""
    return Operations(store._connection)


@pytest.fixture(scope="session")
def other_store(shared_store: Store) -> Iterator[Store]:
    """The store that archives are restored into."""
    uri = os.environ.get("NEO4J_OTHER_URI")
    if not uri:
        yield shared_store
        return
    username, password = os.environ.get("NEO4J_OTHER_USERNAME", "neo4j"), os.environ.get("NEO4J_OTHER_PASSWORD", "")
    other = Store.open(uri, username, password, strict=True)
    other.prepare()
    yield other
    other.close()


@pytest.fixture
def elsewhere(other_store: Store, operations: Operations) -> Iterator[Operations]:
    """The operator's work on that store. A test empties it when it has made its archive."""
    yield Operations(other_store._connection)
    empty(other_store)


@pytest.fixture
def key(tmp_path: Path) -> tuple[str, Path]:
    """A public key, and the file with the private one as age-keygen writes it."""
    identity = x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(f"# created: 2024-05-01T08:00:00Z\n# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public()), file
