"""Finds constraints and indexes of the schema files that are missing or not online.

Without a constraint two records could have one id; a search by an index that has failed finds nothing or fails.
"""

import re
from collections.abc import Iterator

from queries.driver import statements
from queries.driver.running import StatementRunner
from queries.driver.statements import statement

_CREATED = re.compile(r"CREATE (?:\w+ )?(CONSTRAINT|INDEX) (\w+)")

_FILES = ("driver/guard_keepers", "driver/guard_migrations")
"""Statements that create constraints before the schema files do."""


def expected() -> dict[str, str]:
    """Return the names in the schema files, each with ``constraint`` or ``index``."""
    texts = [statements.source(name) for name in (*_FILES, *statements.names("schema"))]
    return {name: kind.lower() for text in texts for kind, name in _CREATED.findall(text)}


def unready(run: StatementRunner) -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and state of each that is not online; a constraint works by an index of its name."""
    states = {row["name"]: row["state"] for row in run(statement("check/indexes"), {})}
    constraints = set(run(statement("check/constraints"), {})[0]["names"])
    for name, kind in expected().items():
        if name not in states or (kind == "constraint" and name not in constraints):
            yield kind, name, "is missing"
        elif states[name] != "ONLINE":
            yield kind, name, f"is {states[name]}"
