"""A statement file declares exactly its parameters, and runs with nothing else."""

import ast
from importlib import resources
from pathlib import Path

import pytest

from queries.driver import statements
from queries.driver.statements import StatementError

GOOD = """// The areas of a mission.
// In any order.
// params: level, clearance
MATCH (a) WHERE a.l = $level AND a.s <= $clearance RETURN a
"""


def test_a_statement_has_its_summary_and_its_parameters() -> None:
    found = statements.parse("areas/some", GOOD)
    assert found.summary == "The areas of a mission. In any order."
    assert found.params == {"level", "clearance"}


@pytest.mark.parametrize("name", statements.names())
def test_every_statement_file_of_the_program_loads(name: str) -> None:
    assert statements.statement(name).summary.endswith(".")


def test_there_are_statement_files_in_every_folder_of_records() -> None:
    folders = {name.rpartition("/")[0] for name in statements.names()}
    kinds = {f"records/{kind}" for kind in ("stakeholders", "sources", "areas", "sectors", "activities")}
    assert {"driver", "schema", "tie_reports", *kinds} <= folders


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("MATCH (a) RETURN a\n", "header"),
        ("// params: none\nMATCH (a) RETURN a\n", "header"),
        ("// A sentence.\nMATCH (a) RETURN a\n", "header"),
        ("// A sentence.\n// params: id\nMATCH (a) RETURN a\n", r"declares \['id'\] but uses \[\]"),
        ("// A sentence.\n// params: none\nMATCH (a {id: $id}) RETURN a\n", r"declares \[\] but uses \['id'\]"),
        ("// A sentence.\n// params: id\nMATCH (a {id: $di}) RETURN a\n", r"declares \['id'\] but uses \['di'\]"),
    ],
)
def test_a_header_that_is_missing_or_wrong_fails_when_loaded(text: str, complaint: str) -> None:
    with pytest.raises(StatementError, match=complaint):
        statements.parse("some/thing", text)


def test_a_dynamic_label_uses_its_parameter_and_a_comment_uses_none() -> None:
    text = "// A sentence.\n// params: label\nMATCH (a:$($label)) // not $this\nSET a:$(row.other) RETURN a\n"
    assert statements.parse("some/thing", text).params == {"label"}


@pytest.mark.parametrize("given", [{}, {"level": 1}, {"level": 1, "clearance": 0, "more": 1}, {"Level": 1}])
def test_a_statement_is_bound_only_to_its_own_parameters(given: dict[str, object]) -> None:
    with pytest.raises(StatementError, match="areas/some"):
        statements.parse("areas/some", GOOD).bind(given)


@pytest.mark.parametrize("name", ["stakeholders/no_such", "../pyproject", "stakeholders"])
def test_a_name_of_no_statement_file_is_refused(name: str) -> None:
    with pytest.raises(StatementError):
        statements.statement(name)


def test_a_schema_file_is_split_into_its_statements() -> None:
    parts = statements.statements("schema/0002_indexes")
    assert parts[0].text.startswith("CREATE FULLTEXT INDEX")
    assert parts[-1].text == "CALL db.awaitIndexes(300)"
    assert not any(";" in part.text for part in parts)


def test_statements_are_made_from_files_and_passed_to_the_driver_in_one_place_each() -> None:
    """So that no text from outside can become Cypher: everything that runs comes from a statement file."""
    places: dict[str, set[str]] = {"Statement": set(), "parse": set(), "run": set()}
    root = Path(str(resources.files("queries")))
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute) and node.attr == "run"
            ):  # the driver's; a bare run(...) is a StatementRunner
                name = "run"
            elif isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                name = "" if name == "run" else name
            else:
                continue
            if name in places and "local_neo4j" not in file.parts:
                places[name].add(file.relative_to(root).as_posix())
    assert places == {
        "Statement": {"driver/statements.py"},
        "parse": {"driver/statements.py"},
        "run": {"driver/connection.py", "driver/running.py"},  # on its own, and in a transaction
    }
