"""What this installation depends on, part by part, for the environment's configuration."""

import sys
from collections.abc import Iterator
from importlib.metadata import metadata

from graph.errors import StakeholderGraphError
from queries.doctor import Diagnosis, look_at_database
from service.config import Config

PYTHON = (3, 11)
"""The oldest version that setup.cfg allows."""


def diagnose(config: Config) -> Iterator[Diagnosis]:
    """Yield a diagnosis of each part, in order of dependence. Starts nothing and writes nothing."""
    from queries import local_neo4j
    from queries.local_neo4j.jars import lines

    yield python(sys.version_info[:3])
    if config.neo4j_uri:
        login = (config.neo4j_username, config.neo4j_password, config.neo4j_database)
        yield from look_at_database(config.neo4j_uri, *login, tested=lines())
        return
    from queries.local_neo4j.fitness import look_at_machine

    yield from look_at_machine(config.home)
    try:
        local = local_neo4j.running(config.home)
    except StakeholderGraphError as error:
        yield Diagnosis("database", fine=False, found=error.detail, cure=error.cure)
        return
    if local is None:
        yield Diagnosis("database", fine=True, found="The local Neo4j does not run; the next command starts it.")
        return
    yield from look_at_database(
        local.uri, local.username, local.password, local.database, tested=lines(), settings=local_neo4j.configuration()
    )


def python(version: tuple[int, ...]) -> Diagnosis:
    """Return the diagnosis of the running Python's version."""
    name = ".".join(map(str, version))
    if version < PYTHON:
        needed = metadata("stakeholder-relationship-graph")["Requires-Python"]
        return Diagnosis(
            "Python",
            fine=False,
            found=f"Python {name} is too old: {needed} is needed.",
            cure="Install a newer CPython, and recreate .venv with PYTHON=/path/to/it.",
        )
    return Diagnosis("Python", fine=True, found=f"Python {name}.")
