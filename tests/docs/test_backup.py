"""The commands in docs/backup.md run as written."""

import re
from pathlib import Path

from graph.access import LOCAL_ACTOR as ME
from queries.store import Store
from tests.builders import a_stakeholder
from tests.service.cli.conftest import Run, run

__all__ = ["run"]

PAGE = (Path(__file__).parents[2] / "docs" / "backup.md").read_text(encoding="utf-8")


def test_the_commands_of_the_page_run_and_a_restore_gives_everything_back(
    run: Run,
    store: Store,
    tmp_path: Path,
) -> None:
    store.create(a_stakeholder(name="مجلس"), ME)
    for words in re.findall(r"^\$ stakeholder-graph (.+)$", PAGE, re.MULTILINE):
        ran = run(*words.split())
        assert ran.code == 0, ran.err
    assert (tmp_path / "mission.archive").exists()
    refused = run("restore", "mission.archive")
    assert (refused.code, "not empty" in refused.err) == (1, True)
    from tests.stores import empty

    empty(store)
    assert run("restore", "mission.archive", "--format", "json").json()["counts"]["stakeholders"] == 1
    assert store.counts(ME)["stakeholders"] == 1
    assert run("check", "--format", "json").json() == []
