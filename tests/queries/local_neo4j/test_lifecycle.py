"""One server through its life: each test finds it as the one before left it, as the commands of a user do."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError

from queries import local_neo4j
from queries.local_neo4j.directory import DataDirectory
from queries.local_neo4j.jars import load_lock
from queries.local_neo4j.state import read_state

SHORT = """
import json, sys
from pathlib import Path
from queries import local_neo4j
found = local_neo4j.start(Path(sys.argv[1]), idle_seconds=float(sys.argv[2]))
print(json.dumps({"pid": found.pid, "uri": found.uri}), flush=True)
sys.stdin.read()
"""


def command(home: Path, *, idle_seconds: float = 600, path: str | None = None) -> "subprocess.Popen[str]":
    """Another process that starts or finds the server, says which, and ends when its input is closed."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.Popen(
        [sys.executable, "-c", SHORT, str(home), str(idle_seconds)],
        env=environment if path is None else environment | {"PATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: "subprocess.Popen[str]") -> Any:
    """What such a process found; then it ends."""
    with process:
        assert process.stdout is not None
        return json.loads(process.stdout.readline())


def becomes_true(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether a condition comes true; the limit only bounds a test that fails."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def driver(connection: local_neo4j.ServerAddress) -> Driver:
    return GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password))


def test_the_first_start_needs_no_java_on_the_path_and_forgives_one_that_was_interrupted(
    home: Path, tmp_path: Path
) -> None:
    # As a kill -9 left it that came while the databases were being created: Neo4j itself could not open this.
    directory = DataDirectory(home)
    directory.prepare()
    directory.first_start.touch(mode=0o600)
    half = directory.server / "data" / "databases" / "system" / "neostore"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"")

    empty = tmp_path / "empty"
    empty.mkdir()
    found = answer(command(home, path=str(empty)))
    assert local_neo4j.status(home) == local_neo4j.Status(
        running=True, uri=found["uri"], version=load_lock().version, pid=found["pid"]
    )


def test_it_stays_up_when_the_command_that_started_it_has_ended_and_is_found_again(home: Path) -> None:
    before = local_neo4j.status(home)
    connection = local_neo4j.start(home)
    assert (connection.pid, connection.uri) == (before.pid, before.uri)
    with driver(connection) as open_driver:
        assert open_driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1


def test_it_listens_on_loopback_only(home: Path) -> None:
    listening = [
        found.laddr.ip
        for found in psutil.Process(local_neo4j.status(home).pid).net_connections(kind="inet")
        if found.status == psutil.CONN_LISTEN
    ]
    assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}


def test_neither_the_first_password_of_neo4j_nor_none_lets_anybody_in(home: Path) -> None:
    uri = local_neo4j.status(home).uri
    assert uri is not None
    for auth in (("neo4j", "neo4j"), None):
        with GraphDatabase.driver(uri, auth=auth) as intruder, pytest.raises(AuthError):
            intruder.verify_connectivity()


def test_the_password_shows_in_no_repr_no_log_and_no_process_list(home: Path) -> None:
    connection = local_neo4j.start(home)
    assert len(connection.password) == 64  # 32 random bytes, in hexadecimal
    assert connection.password not in repr(connection)
    assert not any(connection.password in " ".join(process.cmdline()) for process in processes())
    for log in (DataDirectory(home).server / "logs").iterdir():
        assert connection.password not in log.read_text(encoding="utf-8", errors="replace")


def processes() -> list[psutil.Process]:
    mine = psutil.Process()
    return [mine, *mine.children(recursive=True), psutil.Process(1)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_everything_it_keeps_is_readable_by_its_owner_alone(home: Path) -> None:
    open_to_others = [
        path
        for path in [home, *home.rglob("*")]
        if stat.S_IMODE(path.stat().st_mode) & 0o077 and not path.parent.name.startswith("jars-")
    ]
    assert open_to_others == []


def test_two_commands_at_once_after_kill_9_share_one_new_server_and_nothing_saved_is_lost(home: Path) -> None:
    connection = local_neo4j.start(home)
    with driver(connection) as open_driver:
        open_driver.execute_query("CREATE (:Acknowledged {id: 'before the crash'})")
    os.kill(connection.pid, signal.SIGKILL)
    assert becomes_true(lambda: not local_neo4j.status(home).running)

    found = [answer(process) for process in [command(home), command(home)]]

    assert found[0] == found[1]
    assert found[0]["pid"] != connection.pid
    again = local_neo4j.start(home)
    # The same place and password as before: a service that was up all the while just connects again.
    assert (again.uri, again.password) == (connection.uri, connection.password)
    with driver(again) as open_driver:
        records = open_driver.execute_query("MATCH (n:Acknowledged) RETURN n.id AS id").records
    assert [record["id"] for record in records] == ["before the crash"]


def test_stop_ends_it_and_says_whether_there_was_one(home: Path) -> None:
    pid = local_neo4j.status(home).pid
    assert pid is not None
    assert local_neo4j.stop(home)
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    assert local_neo4j.status(home) == local_neo4j.Status(running=False)
    assert not local_neo4j.stop(home)


def test_a_lost_password_is_replaced_with_the_data_kept_and_idle_0_ends_with_the_last_client(home: Path) -> None:
    local_neo4j.release(home)
    DataDirectory(home).password.unlink()
    first = command(home, idle_seconds=0)
    assert first.stdout is not None
    first.stdout.readline()

    connection = local_neo4j.start(home)
    with driver(connection) as open_driver:
        records = open_driver.execute_query("MATCH (n:Acknowledged) RETURN count(n) AS kept").records
    assert records[0]["kept"] == 1

    # The one that started it ends; we are still a client, so it stays.
    first.communicate()
    time.sleep(1)
    assert local_neo4j.status(home).pid == connection.pid

    local_neo4j.release(home)
    assert becomes_true(lambda: not psutil.pid_exists(connection.pid) or not local_neo4j.status(home).running)
    assert read_state(DataDirectory(home)) is None
