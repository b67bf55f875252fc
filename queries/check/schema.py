"""The constraints and indexes that the schema files make: which are not there, or not at work.

Without a constraint two records may come to have one id; a search by an index that has failed finds nothing or fails.
"""

import re
from collections.abc import Iterator

from queries.driver import statements
from queries.driver.connection import StatementRunner
from queries.driver.statements import statement

_MADE = re.compile(r"CREATE (?:\w+ )?(CONSTRAINT|INDEX) (\w+)")

_FILES = ("driver/guard_keepers", "driver/guard_migrations")
"""What is made before the schema files."""


def wanted() -> dict[str, str]:
    """Return the names that the schema files give, each with ``constraint`` or ``index``."""
    texts = [statements.source(name) for name in (*_FILES, *statements.names("schema"))]
    return {name: kind.lower() for text in texts for kind, name in _MADE.findall(text)}


def unready(run: StatementRunner) -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and state of each that is not at work; a constraint works by an index of its name."""
    states = {row["name"]: row["state"] for row in run(statement("check/indexes"), {})}
    constraints = set(run(statement("check/constraints"), {})[0]["names"])
    for name, kind in wanted().items():
        if name not in states or (kind == "constraint" and name not in constraints):
            yield kind, name, "is missing"
        elif states[name] != "ONLINE":
            yield kind, name, f"is {states[name]}"
