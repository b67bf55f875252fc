"""Commands on a Neo4j of their own, which is killed between them."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from queries import local_neo4j
from tests.service.cli.conftest import Ran, Run, run_command

TABLE = "Donor,Organisation,Sector\n" + "".join(f"ECHO,Aid {number},Health\n" for number in range(40))


@pytest.fixture
def run_at_home(jar_cache: Path, tmp_path: Path) -> Iterator[Run]:
    """Run a command in a data directory of its own; the server it leaves up is stopped afterwards."""
    home = tmp_path / "home"
    environment = {"STAKEHOLDER_GRAPH_HOME": str(home), "NEO4J_URI": "", "PYTHONPATH": str(Path(__file__).parents[3])}

    def run(*words: str) -> Ran:
        return run_command(*words, environment=environment, folder=tmp_path)

    yield run
    local_neo4j.stop(home)


def test_an_acknowledged_import_survives_kill_9_and_the_next_command_recovers(run_at_home: Run, tmp_path: Path) -> None:
    (tmp_path / "3w.csv").write_text(TABLE, encoding="utf-8")
    imported = run_at_home("import", "3w.csv", "--format", "json")
    assert imported.code == 0, imported.err
    assert imported.json()["records"]["stakeholders"]["created"] == 41

    status = run_at_home("neo4j", "status", "--format", "json").json()
    assert status["running"] is True
    server = psutil.Process(status["pid"])
    os.kill(server.pid, signal.SIGKILL)
    psutil.wait_procs([server], timeout=30)
    assert run_at_home("neo4j", "status", "--format", "json").json()["running"] is False

    listed = run_at_home("stakeholders", "--format", "json")
    assert listed.code == 0, listed.err
    assert len(listed.json()) == 41
    assert len(run_at_home("ties", "--kind", "funds", "--format", "json").json()) == 40
    assert run_at_home("neo4j", "stop").err == "Stopped.\n"
    assert run_at_home("neo4j", "stop").err == "It was not running.\n"
