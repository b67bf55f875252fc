"""Folders for local servers. One server lives through all lifecycle tests: a boot takes 5 s."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from queries import local_neo4j
from queries.local_neo4j.directory import DataDirectory


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    """A data directory in which nothing was ever started."""
    prepared = DataDirectory(tmp_path / "home")
    prepared.prepare()
    return prepared


@pytest.fixture(scope="module")
def home(jar_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data directory of a server that tests of one module start, kill and stop in turn."""
    path = tmp_path_factory.mktemp("lifecycle") / "home"
    yield path
    local_neo4j.stop(path)
