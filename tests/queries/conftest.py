"""The contract suite: every statement file is run on the real database by some test of this folder.

tests/plugins.py puts together what each test ran, and fails a run of the whole folder that left a file out.
"""

from collections.abc import Iterator, Mapping

import pytest

from queries.driver.statements import Statement
from tests.plugins import RUN


@pytest.fixture(scope="package", autouse=True)
def statements_run(pytestconfig: pytest.Config) -> Iterator[None]:
    """Record the names of all statements that are run; one that is only explained does not count."""
    bind = Statement.bind

    def recording(self: Statement, parameters: Mapping[str, object]) -> dict[str, object]:
        # Every statement is bound before it goes to the driver, at both places that call it.
        if not self.text.startswith("EXPLAIN"):
            pytestconfig.stash.setdefault(RUN, set()).add(self.name)
        return bind(self, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Statement, "bind", recording)
        yield
