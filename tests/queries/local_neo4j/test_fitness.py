"""Reasons why the local Neo4j cannot run are reported before anything is started or created."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from queries.doctor import Diagnosis
from queries.local_neo4j import fitness, running
from queries.local_neo4j.directory import JARS_VARIABLE, DataDirectory
from queries.local_neo4j.fitness import look_at_machine
from queries.local_neo4j.jars import LINE, LINE_VARIABLE, lines, load_lock
from tests.queries.local_neo4j.conftest import as_somebody_else
from tests.queries.local_neo4j.test_fetching import LOCK, Mirror, Repository, mirror, repository

__all__ = ["mirror", "repository"]


def part(diagnoses: Iterator[Diagnosis], name: str) -> Diagnosis:
    """Return the diagnosis of one part."""
    (diagnosis,) = [item for item in diagnoses if item.part == name]
    assert diagnosis.fine or diagnosis.cure
    return diagnosis


def test_a_complete_machine_is_fine_and_nothing_is_created(jar_cache: Path, tmp_path: Path) -> None:
    found = list(look_at_machine(tmp_path / "home"))
    assert {item.part: item.fine for item in found} == dict.fromkeys(
        ("data directory", "Java", "Neo4j's files", "disk"), True
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_a_directory_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    home = tmp_path / "home"
    DataDirectory(home).prepare()
    (home / "neo4j").chmod(0o500)
    with as_somebody_else():
        found = fitness.data_directory(DataDirectory(home))
    assert (found.fine, "cannot be written" in found.found) == (False, True)
    assert "STAKEHOLDER_GRAPH_HOME" in found.cure


def test_a_file_in_place_of_the_directory_is_reported(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    found = fitness.data_directory(DataDirectory(tmp_path / "home"))
    assert (found.fine, "no folder" in found.found) == (False, True)


def test_a_disk_with_too_little_space_is_reported(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    assert fitness.disk(DataDirectory(tmp_path / "home"), 1).fine
    found = fitness.disk(DataDirectory(tmp_path / "home"), 2 * free)
    assert (found.fine, "should be" in found.found) == (False, True)


def test_another_java_version_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The Java of only one line is installed."""
    installed = [line for line in lines() if fitness.java(load_lock(line).java).fine]
    assert len(installed) == 1
    (other,) = set(lines()) - set(installed)
    monkeypatch.setenv(LINE_VARIABLE, other)
    found = part(iter([fitness.java(load_lock().java)]), "Java")
    assert (found.fine, f"needs Java {load_lock(other).java}" in found.found) == (False, True)
    monkeypatch.setenv(LINE_VARIABLE, "1.9")
    assert not part(look_at_machine(tmp_path), "Java").fine


def test_a_truncated_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Repository) -> None:
    monkeypatch.delenv(JARS_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    directory = DataDirectory(tmp_path / "home")
    folder = directory.jars(LOCK.version)
    folder.mkdir(parents=True)
    for jar in LOCK.jars:
        (folder / jar.filename).write_bytes(jar.coordinate.encode() * 1000)
    assert "All 3" in part(iter([fitness.neo4j_files(directory, LOCK)]), "Neo4j's files").found
    with (folder / "beta-2.0-linux-x86_64.jar").open("r+b") as file:
        file.truncate(100)
    found = fitness.neo4j_files(directory, LOCK)
    assert (found.fine, "1 of 3" in found.found, "beta-2.0-linux-x86_64.jar" in found.found) == (False, True, True)
    assert "neo4j fetch" in found.cure


def test_missing_files_are_fine_if_they_can_be_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Repository, mirror: Mirror
) -> None:
    monkeypatch.delenv(JARS_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    directory = DataDirectory(tmp_path / "home")
    found = fitness.neo4j_files(directory, LOCK)
    assert (found.fine, "3 files" in found.found, str(tmp_path / "cache") in found.found) == (True, True, True)
    assert [(tmp_path / name).exists() for name in ("home", "cache")] == [False, False]
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000)
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _path: usage)
        found = fitness.neo4j_files(directory, LOCK)
    assert (found.fine, JARS_VARIABLE in found.cure) == (False, True)
    mirror.name("http://127.0.0.1:1")
    found = fitness.neo4j_files(directory, LOCK)
    assert (found.fine, "no connection" in found.found) == (False, True)
    mirror.name("https://repo.example.invalid")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    found = fitness.neo4j_files(directory, LOCK)
    assert (found.fine, "certificates" in found.found, "REQUESTS_CA_BUNDLE" in found.found) == (False, True, True)


def test_the_failure_of_the_last_start_is_reported(jar_cache: Path, tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "home")
    directory.prepare()
    directory.failure.write_text("The disk was full.\n")
    found = part(look_at_machine(tmp_path / "home"), "last start")
    assert (found.fine, found.found, "process.log" in found.cure) == (False, "The disk was full.", True)


def test_a_server_that_does_not_run_is_not_started(tmp_path: Path) -> None:
    assert running(tmp_path / "home") is None
    assert list(tmp_path.iterdir()) == []
    assert LINE in lines()


def test_a_server_whose_password_is_lost_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state file names this process, which runs."""
    from queries.local_neo4j.processes import ProcessIdentity
    from queries.local_neo4j.state import ServerState, write_state

    directory = DataDirectory(tmp_path / "home")
    directory.prepare()
    me = ProcessIdentity.current()
    write_state(directory, ServerState(7687, "5.26.30", me.pid, me.started, 0, ""))
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        running(tmp_path / "home")
