"""What keeps the local Neo4j from running on a machine is told before anything is started, and nothing is made."""

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


def part(found: Iterator[Diagnosis], name: str) -> Diagnosis:
    """What was found of one part."""
    (told,) = [item for item in found if item.part == name]
    assert told.fine or told.cure
    return told


def test_a_machine_that_has_everything_is_fine_and_nothing_is_made(jar_cache: Path, tmp_path: Path) -> None:
    found = list(look_at_machine(tmp_path / "home"))
    assert {item.part: item.fine for item in found} == dict.fromkeys(
        ("data directory", "Java", "Neo4j's files", "disk"), True
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_a_directory_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    DataDirectory(home).prepare()
    (home / "neo4j").chmod(0o500)
    with as_somebody_else():
        told = fitness.data_directory(DataDirectory(home))
    assert (told.fine, "cannot be written" in told.found) == (False, True)
    assert "STAKEHOLDER_GRAPH_HOME" in told.cure


def test_a_file_where_the_directory_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    told = fitness.data_directory(DataDirectory(tmp_path / "home"))
    assert (told.fine, "no folder" in told.found) == (False, True)


def test_a_disk_with_too_little_space_is_told(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    assert fitness.disk(DataDirectory(tmp_path / "home"), 1).fine
    told = fitness.disk(DataDirectory(tmp_path / "home"), 2 * free)
    assert (told.fine, "should be" in told.found) == (False, True)


def test_java_of_another_version_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The Java of one line is installed, and not that of the others."""
    installed = [line for line in lines() if fitness.java(load_lock(line).java).fine]
    assert len(installed) == 1
    (other,) = set(lines()) - set(installed)
    monkeypatch.setenv(LINE_VARIABLE, other)
    told = part(iter([fitness.java(load_lock().java)]), "Java")
    assert (told.fine, f"needs Java {load_lock(other).java}" in told.found) == (False, True)
    monkeypatch.setenv(LINE_VARIABLE, "1.9")
    assert not part(look_at_machine(tmp_path), "Java").fine


def test_a_file_that_was_cut_off_is_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Repository
) -> None:
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
    told = fitness.neo4j_files(directory, LOCK)
    assert (told.fine, "1 of 3" in told.found, "beta-2.0-linux-x86_64.jar" in told.found) == (False, True, True)
    assert "neo4j fetch" in told.cure


def test_files_that_are_not_there_are_fine_if_they_can_be_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Repository, mirror: Mirror
) -> None:
    monkeypatch.delenv(JARS_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    directory = DataDirectory(tmp_path / "home")
    told = fitness.neo4j_files(directory, LOCK)
    assert (told.fine, "3 files" in told.found, str(tmp_path / "cache") in told.found) == (True, True, True)
    assert [(tmp_path / name).exists() for name in ("home", "cache")] == [False, False]
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000)
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _path: usage)
        told = fitness.neo4j_files(directory, LOCK)
    assert (told.fine, JARS_VARIABLE in told.cure) == (False, True)
    mirror.name("http://127.0.0.1:1")
    told = fitness.neo4j_files(directory, LOCK)
    assert (told.fine, "no connection" in told.found) == (False, True)
    mirror.name("https://repo.example.invalid")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    told = fitness.neo4j_files(directory, LOCK)
    assert (told.fine, "certificates" in told.found, "REQUESTS_CA_BUNDLE" in told.found) == (False, True, True)


def test_why_the_last_start_failed_is_told(jar_cache: Path, tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "home")
    directory.prepare()
    directory.failure.write_text("The disk was full.\n")
    told = part(look_at_machine(tmp_path / "home"), "last start")
    assert (told.fine, told.found, "process.log" in told.cure) == (False, "The disk was full.", True)


def test_a_server_that_does_not_run_is_not_started(tmp_path: Path) -> None:
    assert running(tmp_path / "home") is None
    assert list(tmp_path.iterdir()) == []
    assert LINE in lines()


def test_a_server_whose_password_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note names this process, which runs."""
    from queries.local_neo4j.processes import ProcessIdentity
    from queries.local_neo4j.state import ServerState, write_state

    directory = DataDirectory(tmp_path / "home")
    directory.prepare()
    me = ProcessIdentity.current()
    write_state(directory, ServerState(7687, "5.26.30", me.pid, me.started, 0, ""))
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        running(tmp_path / "home")
