"""``make quick`` runs the tests that a change affects."""

import grimp
import pytest

from tests.changed import affected_tests

TESTS = [
    "tests/graph/test_text.py",
    "tests/graph/test_model.py",
    "tests/queries/records/test_base.py",
    "tests/docs/test_method.py",
]


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """One product module that another and a builder of the tests import."""
    graph = grimp.ImportGraph()
    for importer, imported in (
        ("graph.model", "graph.text"),
        ("tests.graph.test_text", "graph.text"),
        ("tests.graph.test_model", "graph.model"),
        ("tests.builders", "graph.model"),
        ("tests.queries.records.test_base", "tests.builders"),
    ):
        graph.add_import(importer=importer, imported=imported)
    return graph


@pytest.mark.parametrize(
    ("changed", "affected"),
    [
        ("graph/text.py", {"tests/graph/test_text.py"}),  # one step in the product: not the tests of graph.model
        ("graph/model.py", {"tests/graph/test_model.py", "tests/queries/records/test_base.py"}),  # and by the builders
        ("tests/graph/test_model.py", {"tests/graph/test_model.py"}),
        ("tests/builders.py", {"tests/queries/records/test_base.py"}),
        ("queries/records/read.cypher", {"tests/queries/records/test_base.py"}),
        ("docs/method.md", {"tests/docs/test_method.py"}),
        ("NOTICE", set()),
    ],
)
def test_a_change_affects_the_tests_that_import_or_mirror_it(
    imports: grimp.ImportGraph, changed: str, affected: set[str]
) -> None:
    assert set(affected_tests([changed], imports, TESTS)) == affected
