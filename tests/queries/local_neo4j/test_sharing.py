"""How processes find, share and leave a server, one rule at a time and without a server."""

import errno
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from queries.local_neo4j import child, clients, start, status, stop
from queries.local_neo4j.directory import DataDirectory, exclusive, write_private
from queries.local_neo4j.embedded import free_port, is_first_start
from queries.local_neo4j.processes import ProcessIdentity
from queries.local_neo4j.state import LOOPBACK, ServerState, live_state, read_state, write_state


def a_state(process: ProcessIdentity, port: int = 7687) -> ServerState:
    return ServerState(port, "5.26.30", process.pid, process.started, 600, "2026-11-23T22:00:00+00:00")


def a_process_that_ended() -> ProcessIdentity:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        started = ProcessIdentity.current().started
    return ProcessIdentity(process.pid, started)


def a_client_that_was_killed(directory: DataDirectory) -> Path:
    left_behind = directory.clients / "999.json"
    ended = a_process_that_ended()
    left_behind.write_text(json.dumps({"pid": ended.pid, "started": ended.started}), encoding="utf-8")
    return left_behind


def test_a_process_is_identified_by_id_and_start_time() -> None:
    me = ProcessIdentity.current()
    assert me.is_alive()
    assert not ProcessIdentity(me.pid, me.started - 60).is_alive()
    assert not a_process_that_ended().is_alive()


def test_the_state_file_of_a_killed_server_is_ignored(directory: DataDirectory) -> None:
    write_state(directory, a_state(a_process_that_ended()))
    assert read_state(directory) is not None
    assert live_state(directory) is None
    assert not status(directory.home).running
    assert not stop(directory.home)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"port": 1}', '{"unknown": 1}', "\udcff"])
def test_an_unreadable_state_file_is_ignored(directory: DataDirectory, content: str) -> None:
    directory.state.write_bytes(content.encode("utf-8", errors="surrogateescape"))
    assert read_state(directory) is None


def test_looking_for_a_server_creates_nothing(tmp_path: Path) -> None:
    assert not status(tmp_path / "home").running
    assert not stop(tmp_path / "home")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_runs_but_does_not_answer_is_not_started_twice(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.local_neo4j.fetching.fetch", lambda _home, **_options: None)
    write_state(directory, a_state(ProcessIdentity.current(), free_port()))
    with pytest.raises(StoreUnavailable, match="runs but does not answer") as raised:
        start(directory.home)
    assert "neo4j stop" in raised.value.cure
    assert not clients.any_alive(directory)


def test_a_process_is_a_client_from_hold_to_release(directory: DataDirectory) -> None:
    assert not clients.any_alive(directory)
    clients.hold(directory)
    clients.hold(directory)
    assert clients.any_alive(directory)
    clients.release(directory)
    assert not clients.any_alive(directory)


def test_the_file_of_a_killed_client_is_deleted(directory: DataDirectory) -> None:
    left_behind = a_client_that_was_killed(directory)
    assert not clients.any_alive(directory)
    assert not left_behind.exists()


def test_a_client_that_ends_without_release_leaves_no_file(directory: DataDirectory) -> None:
    code = "import sys; from pathlib import Path; from queries.local_neo4j import clients, directory;"
    code += "d = directory.DataDirectory(Path(sys.argv[1])); clients.hold(d); print(len(list(d.clients.iterdir())))"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    ended = subprocess.run(
        [sys.executable, "-c", code, str(directory.home)], env=environment, check=True, capture_output=True, text=True
    )
    assert ended.stdout.strip() == "1"
    assert list(directory.clients.iterdir()) == []


def test_a_server_does_not_retire_while_it_has_a_client(directory: DataDirectory) -> None:
    state = a_state(ProcessIdentity.current())
    write_state(directory, state)
    clients.hold(directory)
    assert not child.retire(directory)
    assert read_state(directory) == state
    clients.release(directory)
    a_client_that_was_killed(directory)
    assert child.retire(directory)
    assert read_state(directory) is None


def test_a_server_does_not_retire_while_another_process_starts_one(directory: DataDirectory) -> None:
    write_state(directory, a_state(ProcessIdentity.current()))
    with exclusive(directory.start_lock, seconds=0, busy=StoreUnavailable("busy")):
        assert not child.retire(directory)
    assert read_state(directory) is not None


def test_a_connection_counts_as_use_even_without_a_client() -> None:
    with socket.create_server((LOOPBACK, 0)) as listening:
        port = listening.getsockname()[1]
        assert not child.has_connections(port)
        with socket.create_connection((LOOPBACK, port)), listening.accept()[0]:
            assert child.has_connections(port)


def test_a_server_stays_up_when_it_cannot_check_who_uses_it(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write_state(directory, a_state(ProcessIdentity.current()))
    looks = iter([OSError(errno.EMFILE, "Too many open files"), OSError(errno.EMFILE, "Too many open files")])

    def any_alive(_directory: DataDirectory) -> bool:
        if error := next(looks, None):
            raise error
        return False

    monkeypatch.setattr(clients, "any_alive", any_alive)
    monkeypatch.setattr(child, "has_connections", lambda _port: False)
    monkeypatch.setattr(child, "_POLL_SECONDS", 0.001)
    child._wait(directory, 0, 0, threading.Event())
    assert read_state(directory) is None, "it ended because nobody used it, after the looks that failed"
    assert len(caplog.records) == 1


def test_a_held_lock_raises_the_given_error_and_a_leftover_lock_file_does_not(
    directory: DataDirectory,
) -> None:
    busy = StoreUnavailable("Another process is at it.")
    with (
        exclusive(directory.start_lock, seconds=0, busy=busy),
        pytest.raises(StoreUnavailable, match="Another process is at it"),
        exclusive(directory.start_lock, seconds=0, busy=busy),
    ):
        pass
    assert directory.start_lock.exists()
    with exclusive(directory.start_lock, seconds=0, busy=busy):
        pass


def test_a_free_port_replaces_one_that_is_taken() -> None:
    with socket.create_server((LOOPBACK, 0)) as listening:
        taken = listening.getsockname()[1]
        assert free_port(taken) not in {taken, 0}
    assert free_port(taken) == taken


def test_a_file_is_replaced_in_one_step_and_is_private(directory: DataDirectory) -> None:
    path = directory.root / "secret"
    write_private(path, "one")
    write_private(path, "two")
    assert path.read_text(encoding="utf-8") == "two"
    assert sys.platform == "win32" or path.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_is_one_error_and_leaves_the_old_file(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = directory.root / "note"
    write_private(path, "old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreUnavailable, match=r"The disk is full: .*note cannot be written"):
        write_private(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in directory.root.iterdir() if "note" in found.name] == ["note"]


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match=r"home.* cannot be used") as raised:
        start(tmp_path / "home")
    assert "STAKEHOLDER_GRAPH_HOME" in raised.value.cure


@pytest.mark.parametrize(
    ("left_behind", "first", "kept"),
    [
        ([], True, False),
        (["first-start"], True, False),
        (["first-start", "data"], True, False),
        # From here on the server's address may have been published, so existing data stay.
        (["first-start", "data", "password"], False, True),
        (["data", "password"], False, True),
        (["data"], False, True),
    ],
    ids=lambda value: "+".join(value) or "nothing" if isinstance(value, list) else None,
)
def test_only_a_first_start_without_a_published_address_is_repeated(
    directory: DataDirectory, left_behind: list[str], *, first: bool, kept: bool
) -> None:
    store = directory.server / "data" / "databases" / "neo4j" / "neostore"
    if "data" in left_behind:
        store.parent.mkdir(parents=True)
        store.touch()
    for path in (directory.first_start, directory.password):
        if path.name in left_behind:
            path.touch()
    assert is_first_start(directory) is first
    assert store.exists() is kept
    assert directory.first_start.exists() is (first or "first-start" in left_behind)
