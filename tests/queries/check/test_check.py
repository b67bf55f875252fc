"""The check names changed ids and missing or failed indexes in a real database; a healthy one has no findings."""

import re
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR as ME
from graph.errors import StakeholderGraphError
from graph.text import BLANK, SHOWN, blank_pattern, shows
from queries.admin.operations import Operations
from queries.check import _schema
from queries.check.schema import expected
from queries.driver.statements import Statement, names, parse, statements
from queries.store import Store
from service.demo import load
from tests.service.archive.missions import fill
from tests.stores import empty


@pytest.fixture
def operations(store: Store) -> Operations:
    """Operations on the emptied store."""
    return Operations(store._connection)


def test_a_tie_whose_id_was_changed_is_named_under_both_ids(store: Store, operations: Operations) -> None:
    fill(store)
    change = "// Change it.\n// params: none\nMATCH ()-[t:FUNDS]->() SET t.id = 'x'\n"
    store._connection.run_alone(parse("tests/change", change), {})
    found = operations.check()
    empty(store)
    assert [(broken.kind, broken.id == "x") for broken in found] == [("FUNDS", True), ("FUNDS", False)]


def run(store: Store, text: str) -> None:
    """Run a statement of the test."""
    store._connection.run_alone(parse("tests/statement", f"// By hand.\n// params: none\n{text}\n"), {})


def schema_statement(word: str, name: str) -> str:
    """Return the statement of the schema files that creates the constraint or index of this name."""
    (text,) = [
        part.text
        for file in names("schema")
        for part in statements(file)
        if re.search(rf"CREATE (?:\w+ )?{word} {name}\b", part.text)
    ]
    return text


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("CONSTRAINT", "sector_id"),
        ("CONSTRAINT", "trusts_id"),
        ("INDEX", "stakeholder_names"),
        ("INDEX", "tie_report_tie_id"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*hinted index does not exist")
def test_a_missing_constraint_or_index_is_named(store: Store, operations: Operations, word: str, name: str) -> None:
    run(store, f"DROP {word} {name}")
    try:
        found = operations.check()
    finally:
        run(store, schema_statement(word, name))
        run(store, "CALL db.awaitIndexes(300)")
    assert [(broken.kind, broken.id, broken.what) for broken in found] == [(word.lower(), name, "is missing")]
    assert operations.check() == []


def test_an_index_that_has_failed_is_named(store: Store, operations: Operations) -> None:
    """An entry of an index of this kind takes 8 kB at most, so one over a longer text cannot be built."""
    run(store, "DROP INDEX area_pcode")
    try:
        run(store, "CREATE (:Area {id: 'x', pcode: reduce(s = '0123456789', _ IN range(1, 12) | s + s)})")
        run(store, schema_statement("INDEX", "area_pcode"))
        with suppress(StakeholderGraphError):  # the error that the index has failed
            run(store, "CALL db.awaitIndexes(300)")
        found = operations.check()
    finally:
        empty(store)
        run(store, "DROP INDEX area_pcode IF EXISTS")
        run(store, schema_statement("INDEX", "area_pcode"))
        run(store, "CALL db.awaitIndexes(300)")
    assert [(broken.id, broken.what) for broken in found if broken.kind == "index"] == [("area_pcode", "is FAILED")]
    assert all("create it again" in broken.cure for broken in found if broken.kind == "index")


def test_an_index_that_is_not_online_is_named_with_the_cure() -> None:
    """Building is too fast here for a test to see it: the rows are as SHOW INDEXES returns them."""
    rows = [{"name": name, "state": "ONLINE"} for name in expected()]
    rows[0]["state"] = "POPULATING"

    def run(statement: Statement, parameters: object) -> list[dict[str, Any]]:
        return [{"names": list(expected())}] if statement.name == "check/constraints" else rows

    (found,) = _schema(run)
    assert (found.id, found.what, "Wait" in found.cure) == (next(iter(expected())), "is POPULATING", True)


def test_every_constraint_and_index_of_the_schema_is_checked(store: Store) -> None:
    """Compared with the server, on which the schema was applied."""
    indexes = parse("t", "// All.\n// params: none\nSHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name\n")
    assert {row["name"] for row in store._connection.run_alone(indexes, {})} == set(expected())


def test_a_healthy_mission_has_no_findings(store: Store, operations: Operations) -> None:
    load(store, ME, date(2024, 5, 1))
    assert operations.check() == []


def test_python_and_the_database_agree_on_invisible_characters(store: Store) -> None:
    """All characters of the basic plane, and those beyond it that are named in the rule."""
    characters = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code <= 0xDFFF]
    characters += [chr(code) for first, last in (*BLANK, *SHOWN) if first > 0xFFFF for code in (first, last)]
    text = "// Which.\n// params: characters, blank\nRETURN [c IN $characters WHERE c =~ $blank] AS found\n"
    given = {"characters": characters, "blank": blank_pattern()}
    (row,) = store._connection.run_alone(parse("tests/blank", text), given)
    assert row["found"] == [character for character in characters if not shows(character)]
