"""The command says what fails, with its cure, on one line each, and tells scripts by its exit code."""

import shutil
import socket
from pathlib import Path

from queries import local_neo4j
from service.cli.diagnosis import python
from tests.service.cli.conftest import Run, run_command

ROOT = Path(__file__).parents[3]


def parts(document: list[dict[str, object]]) -> dict[str, bool]:
    """Which parts are fine."""
    return {str(row["part"]): bool(row["fine"]) for row in document}


def test_all_is_fine_on_a_server_of_ones_own_and_the_data_directory_is_not_made(run: Run, tmp_path: Path) -> None:
    ran = run("doctor", "--format", "json")
    assert (ran.code, ran.err) == (0, "All is fine.\n")
    assert parts(ran.json()) == dict.fromkeys(("Python", "database", "clocks", "schema", "indexes"), True)
    assert list(tmp_path.iterdir()) == []


def test_what_fails_is_one_line_with_its_cure_and_the_exit_code_is_1(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    ran = run("doctor", NEO4J_URI=f"bolt://{address}")
    (line,) = [line for line in ran.out.splitlines() if "database" in line]
    assert (ran.code, ran.err) == (1, "To be repaired: database.\n")
    assert f"Nothing listens at {address}." in line
    assert "NEO4J_URI" in line
    ran = run("doctor", "--format", "json", NEO4J_URI="http://localhost:7474")
    assert (ran.code, "no Bolt address" in ran.json()[-1]["found"]) == (1, True)


def test_the_local_neo4j_is_looked_at_where_it_runs_and_never_started(jar_cache: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {"STAKEHOLDER_GRAPH_HOME": str(home), "NEO4J_URI": "", "PYTHONPATH": str(ROOT)}
    ran = run_command("doctor", "--format", "json", environment=environment, folder=tmp_path)
    assert (ran.code, "does not run" in ran.json()[-1]["found"], home.exists()) == (0, True, False)
    local_neo4j.start(home, idle_seconds=600, progress=False)
    try:
        ran = run_command("doctor", "--format", "json", environment=environment, folder=tmp_path)
        assert ran.code == 0, ran.out
        assert set(parts(ran.json())) >= {"data directory", "Java", "Neo4j's files", "disk", "clocks", "settings"}
        assert "not used yet" in ran.json()[-1]["found"]
        shutil.move(home / "neo4j" / "password", tmp_path)
        ran = run_command("doctor", environment=environment, folder=tmp_path)
        assert (ran.code, "cannot be read" in ran.out) == (1, True)
    finally:
        local_neo4j.stop(home)


def test_an_old_python_is_told() -> None:
    told = python((3, 10, 12))
    assert (told.fine, "3.10.12" in told.found, "PYTHON=" in told.cure) == (False, True, True)
    assert python((3, 11, 0)).fine
