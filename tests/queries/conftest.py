"""The contract suite: every statement file is run on the real database by some test of this folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from queries.driver.statements import Statement
from tests.plugins import STORAGE

HERE = Path(__file__).parent
LAST = "test_every_statement_file_was_run_by_a_test_of_this_folder"
COLLECTED = pytest.StashKey[set[Path]]()
LEFT_OUT = pytest.StashKey[bool]()


@pytest.fixture(scope="session", autouse=True)
def statements_run() -> Iterator[set[str]]:
    """The names of all statements run so far; one that was only explained does not count."""
    names: set[str] = set()
    bind = Statement.bind

    def recording(self: Statement, parameters: Mapping[str, object]) -> dict[str, object]:
        # Whatever is given to the driver is bound first, at both places where our code calls it.
        if not self.text.startswith("EXPLAIN"):
            names.add(self.name)
        return bind(self, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Statement, "bind", recording)
        yield names


@pytest.fixture(scope="session")
def whole_suite(pytestconfig: pytest.Config) -> bool:
    """Whether this run has all tests of this folder, so that what was not run is run by none."""
    return pytestconfig.stash[COLLECTED] >= set(HERE.rglob("test_*.py")) and not pytestconfig.stash.get(LEFT_OUT, False)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Note that tests of this folder were left out; those without a database run no statement."""
    for item in items:
        if item.path.is_relative_to(HERE) and STORAGE & set(getattr(item, "fixturenames", ())):
            item.config.stash[LEFT_OUT] = True


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the test that looks back behind all others of this folder."""
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    config.stash[COLLECTED] = {item.path for item in ours}
    last = [item for item in ours if item.name == LAST]
    rest = [item for item in items if item not in last]
    behind = max((place for place, item in enumerate(rest, 1) if item.path.is_relative_to(HERE)), default=0)
    items[:] = [*rest[:behind], *last, *rest[behind:]]
