"""Fixture policy: the one Neo4j of the test run, filled with a small mission that has records of every kind.

Archives are restored into another server if there is one, for example of another version; its database is emptied.
Otherwise they are restored into the same one. ``NEO4J_OTHER_URI`` (with ``NEO4J_OTHER_USERNAME``,
``NEO4J_OTHER_PASSWORD``) names it; or ``STAKEHOLDER_GRAPH_OTHER_PYTHON`` names an interpreter with the Java of the
long-term release, which starts a local server of that release, as ``make test-next`` does.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from pyrage import x25519

from queries import local_neo4j
from queries.admin.operations import Operations
from queries.local_neo4j.jars import LINE_VARIABLE
from queries.store import Store
from tests.plugins import ELSEWHERE
from tests.stores import empty

Login: TypeAlias = tuple[str, str, str]

ROOT = Path(__file__).parents[3]
START = """
import json, pathlib, sys
from queries import local_neo4j
local = local_neo4j.start(pathlib.Path(sys.argv[1]), progress=False)
print(json.dumps([local.uri, local.username, local.password]))
"""


@pytest.fixture
def operations(store: Store) -> Operations:
    """The operations on the emptied store."""
    return Operations(store._connection)


@pytest.fixture(scope="session")
def other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Login | None]:
    """Address, user and password of the other server, if there is one."""
    uri, python = os.environ.get("NEO4J_OTHER_URI"), os.environ.get("STAKEHOLDER_GRAPH_OTHER_PYTHON")
    if uri:
        yield uri, os.environ.get("NEO4J_OTHER_USERNAME", "neo4j"), os.environ.get("NEO4J_OTHER_PASSWORD", "")
        return
    if not python:
        yield None
        return
    home = tmp_path_factory.mktemp("other") / "home"
    # The other interpreter uses its own release and has only the Java for that.
    environment = {name: value for name, value in os.environ.items() if name != LINE_VARIABLE}
    started = subprocess.run(
        [python, "-c", START, str(home)],
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    address, username, password = json.loads(started.stdout)
    yield address, username, password
    local_neo4j.stop(home)


@pytest.fixture(scope="session")
def other_store(shared_store: Store, other_server: Login | None, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The store that archives are restored into."""
    if other_server is None:
        yield shared_store
        return
    other = Store.open(*other_server, strict=True)
    other.prepare()
    server = Operations(other._connection).server()
    request.config.stash[ELSEWHERE] = f"Neo4j {server.version} {server.edition}"
    yield other
    other.close()


@pytest.fixture
def elsewhere(other_store: Store, operations: Operations) -> Iterator[Operations]:
    """The operations on that store. A test empties it after it has made its archive."""
    yield Operations(other_store._connection)
    empty(other_store)


@pytest.fixture
def key(tmp_path: Path) -> tuple[str, Path]:
    """A public key, and the file with its private key as age-keygen writes it."""
    identity = x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(f"# created: 2024-05-01T08:00:00Z\n# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public()), file
