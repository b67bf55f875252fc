"""The ``neo4j.conf`` of a local server: the program's own, unless the environment names another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from graph.errors import StoreUnavailable

CONFIGURATION_VARIABLE = "STAKEHOLDER_GRAPH_NEO4J_CONF"
"""Names a file to use instead: a larger heap for a large mission, or settings that make a test run quicker."""


@contextmanager
def configuration_file() -> Iterator[Path]:
    """Yield the path of the file; raises ``StoreUnavailable`` where the named one does not exist."""
    named = os.environ.get(CONFIGURATION_VARIABLE)
    if not named:
        with as_file(files(__package__).joinpath("neo4j.conf")) as own:
            yield own
        return
    if not Path(named).is_file():
        raise StoreUnavailable(
            f"{CONFIGURATION_VARIABLE} names a file that does not exist: {named}.",
            cure="Name a copy of the program's neo4j.conf with your changes, or leave the variable out.",
        )
    yield Path(named)


def configuration() -> str:
    """Return the text of the ``neo4j.conf`` that a local server runs with; raises as ``configuration_file`` does."""
    with configuration_file() as path:
        return path.read_text(encoding="utf-8")
