"""Every statement file, put before the real database: it is understood, and nothing in it deserves a warning."""

from dataclasses import replace

import pytest

from queries import catalogue
from queries.store import Store

STATEMENTS = [name for name in catalogue.names() if not name.startswith("schema/")]

# What a parameter of that name holds; any other is null, which is what a filter that was not given is.
TYPICAL: dict[str, object] = {"rows": [], "ids": [], "limit": 10, "words": "+a*"}


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_database_plans_the_statement_without_a_warning(name: str, shared_store: Store) -> None:
    wanted = catalogue.statement(name)
    explained = replace(wanted, text="EXPLAIN\n" + wanted.text)
    shared_store._connection.run_alone(explained, {param: TYPICAL.get(param) for param in wanted.params})


@pytest.mark.parametrize(
    "name", [name for name in STATEMENTS if name.split("/")[1] in ("read", "page", "search", "replace", "delete")]
)
def test_a_statement_about_records_asks_who_wants_to_know(name: str) -> None:
    assert "clearance" in catalogue.statement(name).params
