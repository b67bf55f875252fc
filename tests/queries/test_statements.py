"""Every statement file, put before the real database: it is understood, run, and nothing in it deserves a warning."""

from dataclasses import replace

import pytest
from neo4j.warnings import Neo4jDeprecationWarning

from graph.access import LOCAL_ACTOR
from queries.driver import statements
from queries.store import Store

STATEMENTS = [name for name in statements.names() if not name.startswith("schema/")]

# What a parameter of that name holds; any other is null, which is what a filter that was not given is.
TYPICAL: dict[str, object] = {"rows": [], "ids": [], "limit": 10, "words": "+a*"}


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_database_plans_the_statement_without_a_warning(name: str, shared_store: Store) -> None:
    wanted = statements.statement(name)
    explained = replace(wanted, text="EXPLAIN\n" + wanted.text)
    shared_store._connection.run_alone(explained, {param: TYPICAL.get(param) for param in wanted.params})


DEPRECATED = statements.parse(
    "tests/deprecated",
    """// As it was written before variables came in brackets.
// params: none
UNWIND [1, 2] AS x
CALL {
  WITH x
  RETURN x + 1 AS y
}
RETURN y
""",
)


def test_a_deprecated_way_to_say_something_fails_a_test_in_and_outside_of_a_transaction(store: Store) -> None:
    """What warns is an error in every run (setup.cfg), so no test of a statement passes that uses one."""
    with pytest.raises(Neo4jDeprecationWarning, match="deprecated"):
        store._transactions.read(LOCAL_ACTOR, lambda tx: tx.rows(DEPRECATED))
    with pytest.raises(Neo4jDeprecationWarning, match="deprecated"):
        store._connection.run_alone(DEPRECATED, {})


@pytest.mark.parametrize(
    "name", [name for name in STATEMENTS if name.split("/")[1] in ("read", "page", "search", "replace", "delete")]
)
def test_a_statement_about_records_asks_who_wants_to_know(name: str) -> None:
    assert "clearance" in statements.statement(name).params
