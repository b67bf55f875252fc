"""Folders for local servers. One server lives through all lifecycle tests: a boot takes 5 s."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from queries import local_neo4j
from queries.local_neo4j.directory import DataDirectory


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    """A data directory that was never used."""
    prepared = DataDirectory(tmp_path / "home")
    prepared.prepare()
    return prepared


@pytest.fixture(scope="module")
def home(jar_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data directory of a server that tests of one module start, kill and stop in turn."""
    path = tmp_path_factory.mktemp("lifecycle") / "home"
    yield path
    local_neo4j.stop(path)


NOBODY = 65_534
"""A user without files."""


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Root may write everywhere, so as root the block runs as nobody."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
