"""Runs one statement in a transaction, with exactly its parameters."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from graph.errors import InvalidInput
from queries.driver.statements import Statement

if TYPE_CHECKING:
    import neo4j

Row = dict[str, Any]


class StatementRunner(Protocol):
    """Runs a statement in the current transaction with exactly its parameters and returns all of its rows."""

    def __call__(self, statement: Statement, parameters: Mapping[str, object]) -> list[Row]:
        """Return the rows of the statement."""
        ...


def run_statement(
    transaction: "neo4j.ManagedTransaction",
    heard: Callable[[], None],
    statement: Statement,
    parameters: Mapping[str, object],
) -> list[Row]:
    """Run a statement in a transaction and return its rows; ``heard`` is called once they are there.

    Raises ``InvalidInput`` for a value that the database cannot store.
    """
    bound = statement.bind(parameters)
    try:
        result = transaction.run(statement.text, bound)
    except (OverflowError, UnicodeEncodeError) as error:
        raise InvalidInput(
            "A value cannot be stored: a whole number beyond 64 bits, or text that is not valid Unicode.",
            cure="Send smaller numbers, and text without lone surrogates.",
        ) from error
    rows = [dict(record) for record in result]
    heard()
    return rows
