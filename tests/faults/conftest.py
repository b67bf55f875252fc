"""Fixture policy: real servers, services and connections; only what a test breaks is its own.

A test that only needs a database uses the run's one by URI, through a proxy that fails. Those that kill a database,
fill its disk or remove its directory start a local one of their own, and are skipped where the run uses a named server
(``NEO4J_TEST_URI``).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from queries import local_neo4j
from tests.service.conftest import a_client, application, client

__all__ = ["a_client", "application", "client", "home"]


@pytest.fixture(scope="module")
def home(jar_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data directory of a local server that the tests of one module may kill."""
    if os.environ.get("NEO4J_TEST_URI"):
        pytest.skip("a server that is killed must be a local one of the test's own (NEO4J_TEST_URI)")
    path = tmp_path_factory.mktemp("faults") / "home"
    yield path
    local_neo4j.stop(path)
