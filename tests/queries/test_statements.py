"""Every statement file is understood and planned by the real database without a warning, and is run by some test."""

from dataclasses import replace

import pytest
from neo4j.warnings import Neo4jDeprecationWarning

from graph.access import LOCAL_ACTOR
from queries.driver import statements
from queries.store import Store

STATEMENTS = [name for name in statements.names() if not name.startswith("schema/")]

# The value of a parameter of that name; any other is null, as is a filter that was not given.
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


def test_deprecated_syntax_fails_a_test_in_and_outside_of_a_transaction(store: Store) -> None:
    """A warning is an error in every run (setup.cfg), so no test of a statement with deprecated syntax passes."""
    with pytest.raises(Neo4jDeprecationWarning, match="deprecated"):
        store._transactions.read(LOCAL_ACTOR, lambda tx: tx.rows(DEPRECATED))
    with pytest.raises(Neo4jDeprecationWarning, match="deprecated"):
        store._connection.run_alone(DEPRECATED, {})


@pytest.mark.parametrize(
    "name", [name for name in STATEMENTS if name.split("/")[1] in ("read", "page", "search", "replace", "delete")]
)
def test_a_statement_about_records_takes_the_viewers_clearance(name: str) -> None:
    assert "clearance" in statements.statement(name).params
