"""One Neo4j for the whole test run: the product's own local server, in a folder that is thrown away.

``NEO4J_TEST_URI`` (with ``NEO4J_TEST_USERNAME``, ``NEO4J_TEST_PASSWORD``, ``NEO4J_TEST_DATABASE``) names another server
instead. Its data will be deleted by tests: never name one that matters.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from queries import local_neo4j

JARS = "STAKEHOLDER_GRAPH_JARS"
_CACHE = Path(__file__).resolve().parents[1] / ".cache" / "neo4j"


@pytest.fixture(scope="session")
def jar_cache() -> Iterator[Path]:
    """Where this run's servers find their jars: kept from run to run, shared with the commands that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(JARS, os.environ.get(JARS) or str(_CACHE))
        yield Path(os.environ[JARS])


@pytest.fixture(scope="session")
def neo4j_connection(jar_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_neo4j.Connection]:
    """How to reach the server that all tests share. It starts empty; a test removes or replaces what it needs gone."""
    uri = os.environ.get("NEO4J_TEST_URI")
    if uri:
        yield local_neo4j.Connection(
            uri=uri,
            username=os.environ.get("NEO4J_TEST_USERNAME", "neo4j"),
            password=os.environ.get("NEO4J_TEST_PASSWORD", ""),
            database=os.environ.get("NEO4J_TEST_DATABASE", "neo4j"),
            version="",
            pid=0,
        )
        return
    home = tmp_path_factory.mktemp("neo4j-home")
    # Idle 0: even a test run that is killed leaves no server behind.
    yield local_neo4j.start(home, idle_seconds=0)
    local_neo4j.stop(home)
