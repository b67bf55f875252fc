"""The service under load, as its operators see it: signals, workers that die, clients that misbehave."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from flask import Flask
from waitress.task import ThreadedTaskDispatcher

from graph.access import LOCAL_ACTOR
from graph.model import Sector
from queries import local_neo4j
from queries.store import Store
from service.servers.background import WARM_SECONDS, warm
from service.servers.serving import DRAIN_SECONDS, THREAD_SECONDS, THREADS, serve_in_one_process
from tests.service.serving import Clients, read, serving, stop

pytestmark = pytest.mark.alone  # stops within so many seconds, under load

STOP_SECONDS = 10.0
"""The promise."""

one_process_and_several = pytest.mark.parametrize("words", [(), ("--workers", "2")], ids=["one process", "workers"])


def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for what must come true; a minute is generous on a busy machine."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def workers_of(pid: int) -> list[psutil.Process]:
    return [child for child in psutil.Process(pid).children() if "java" not in child.name()]


def replaced(pid: int, killed: int) -> bool:
    """Whether the service is at its two workers again without the killed one."""
    now = {worker.pid for worker in workers_of(pid)}
    return len(now) == 2 and killed not in now


def answered_beyond(clients: Clients, number: int) -> bool:
    return clients.answered > number


def create(connection: HTTPConnection, ids: list[str]) -> int:
    """Create a sector and note its id once that is acknowledged."""
    code = uuid4().hex[:10]
    connection.request(
        "POST", "/api/v1/sectors", json.dumps({"code": code, "name": code}), {"Content-Type": "application/json"}
    )
    answer = connection.getresponse()
    body = json.loads(answer.read())
    if answer.status == 201:
        ids.append(body["id"])
    return answer.status


@pytest.mark.parametrize("keep", [False, True], ids=["a connection each", "kept connections"])
@one_process_and_several
def test_a_stop_under_load_drops_no_request_that_was_sent(
    environment: dict[str, str], store: Store, words: tuple[str, ...], keep: bool
) -> None:
    ids: list[str] = []
    with serving(environment, *words) as (address, process):
        reading = Clients(address, partial(read, path="/api/v1/sectors?limit=5"), keep=keep)
        writing = Clients(address, partial(create, ids=ids), keep=keep)
        reading.start(6)
        writing.start(6)
        until(lambda: reading.answered > 20 and writing.answered > 20)
        begun = time.monotonic()
        code = stop(process)
        took = time.monotonic() - begun
        assert process.stderr
        printed = process.stderr.read()
        reading.join()
        writing.join()
    assert (reading.dropped, writing.dropped) == ([], [])
    assert (reading.statuses, writing.statuses) == ({200}, {201})
    assert code == 0
    assert took <= STOP_SECONDS
    assert "queue" not in printed  # twelve clients and eight threads: that some wait needs no message
    assert len(ids) == writing.answered
    assert {record.id for record in store._all(Sector, LOCAL_ACTOR)} == set(ids)


@one_process_and_several
def test_a_client_that_never_finishes_its_request_does_not_hold_up_the_stop(
    environment: dict[str, str], words: tuple[str, ...]
) -> None:
    with serving(environment, *words) as (address, process):
        port = int(address.rsplit(":", 1)[1].strip("/"))
        with socket.create_connection(("127.0.0.1", port)) as silent:
            silent.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n")
            assert urllib.request.urlopen(f"{address}livez", timeout=30).status == 200  # noqa: S310 - our own service
            begun = time.monotonic()
            assert stop(process) == 0
            assert time.monotonic() - begun <= STOP_SECONDS


def test_a_worker_that_is_killed_is_replaced_and_nothing_acknowledged_is_lost(
    environment: dict[str, str], store: Store
) -> None:
    ids: list[str] = []
    with serving(environment, "--workers", "2") as (address, process):
        writing = Clients(address, partial(create, ids=ids), keep=False)
        writing.start(6)
        until(lambda: writing.answered > 20)
        for _ in range(5):
            killed = workers_of(process.pid)[0].pid
            os.kill(killed, signal.SIGKILL)
            until(partial(replaced, process.pid, killed))
            until(partial(answered_beyond, writing, writing.answered + 20))
        assert stop(process) == 0
        writing.join()
    assert writing.statuses == {201}
    assert set(ids) <= {record.id for record in store._all(Sector, LOCAL_ACTOR)}


def test_hang_up_replaces_every_worker_without_dropping_a_request(environment: dict[str, str]) -> None:
    with serving(environment, "--workers", "2") as (address, process):
        reading = Clients(address, partial(read, path="/api/v1/sectors"), keep=True)
        reading.start(4)
        before = {worker.pid for worker in workers_of(process.pid)}
        until(lambda: reading.answered > 20)
        process.send_signal(signal.SIGHUP)
        until(lambda: len(now := {w.pid for w in workers_of(process.pid)}) == 2 and now.isdisjoint(before))
        answered = reading.answered
        until(lambda: reading.answered > answered + 20)
        assert stop(process) == 0
        reading.join()
    assert (reading.dropped, reading.statuses) == ([], {200})


def test_each_worker_connects_for_itself_and_no_more_than_its_threads_need(environment: dict[str, str]) -> None:
    port = int(environment["NEO4J_URI"].rsplit(":", 1)[1])

    def connections(process: psutil.Process) -> int:
        return sum(bool(open_.raddr) and open_.raddr[1] == port for open_ in process.net_connections("tcp"))

    with serving(environment, "--workers", "2") as (address, process):
        reading = Clients(address, partial(read, path="/api/v1/sectors"), keep=False)
        reading.start(3 * THREADS)
        until(lambda: reading.answered > 200)
        workers = workers_of(process.pid)
        assert len(workers) == 2
        assert connections(psutil.Process(process.pid)) == 0  # whose connections would be shared by all
        assert all(1 <= connections(worker) <= THREADS + 1 for worker in workers)
        assert stop(process) == 0
        reading.join()
    assert (reading.dropped, reading.statuses) == ([], {200})


def test_workers_share_one_local_neo4j_and_start_one_again_when_it_is_killed(jar_cache: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {
        "STAKEHOLDER_GRAPH_HOME": str(home),
        "NEO4J_URI": "",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    ids: list[str] = []
    with serving(environment, "--workers", "3") as (address, process):
        first = local_neo4j.status(home)
        with closing(HTTPConnection(address.split("/")[2])) as connection:
            assert create(connection, ids) == 201
        killed = psutil.Process(first.pid)
        killed.kill()
        psutil.wait_procs([killed], timeout=30)
        # Bolt answers a moment before the server says which process it is.
        until(lambda: ready(address) and local_neo4j.status(home).running, seconds=120)
        again = local_neo4j.status(home)
        assert (again.running, again.uri) == (True, first.uri)
        started = [
            child.pid
            for child in psutil.Process(process.pid).children(recursive=True)
            if any("local_neo4j" in word for word in child.cmdline())
        ]
        assert started == [again.pid]
        with closing(HTTPConnection(address.split("/")[2])) as connection:
            assert read(connection, f"/api/v1/sectors/{ids[0]}") == 200
        server = psutil.Process(again.pid)
        assert stop(process) == 0
        gone, _ = psutil.wait_procs([server], timeout=60)
        assert gone


def test_an_operator_may_start_gunicorn_with_the_shipped_configuration(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ("-m", "gunicorn", "--config", "python:service.servers.gunicorn", "--bind", f"127.0.0.1:{port}")
    words = (*command, "--workers", "2", "--log-level", "info")
    with serving(environment, command=words) as (_, process):
        until(lambda: ready(f"http://127.0.0.1:{port}/"))
        assert stop(process) == 0


def test_without_a_database_gunicorn_does_not_start_and_says_why(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.servers.gunicorn"]
    away = {**os.environ, **environment, "NEO4J_URI": "bolt://127.0.0.1:1"}
    ran = subprocess.run(command, env=away, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("Error: The database cannot be reached")


def test_a_password_in_the_address_is_not_printed_by_gunicorn(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.servers.gunicorn"]
    wrong = {**os.environ, **environment, "NEO4J_URI": "bolt://u:c4nary@127.0.0.1:1"}
    ran = subprocess.run(command, env=wrong, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "NEO4J_PASSWORD_FILE" in ran.stderr
    assert "c4nary" not in ran.stdout + ran.stderr


def ready(address: str) -> bool:
    try:
        return int(urllib.request.urlopen(f"{address}readyz", timeout=30).status) == 200  # noqa: S310 - our own service
    except OSError:
        return False


@one_process_and_several
def test_too_large_a_body_is_refused_and_no_response_names_the_server(
    environment: dict[str, str], words: tuple[str, ...]
) -> None:
    with serving(environment, *words) as (address, process):
        connection = HTTPConnection(address.split("/")[2], timeout=30)
        connection.request("POST", "/api/v1/sectors", b" " * 2_000_000, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert answer.status == 413
        assert "gunicorn" not in (answer.headers["Server"] or "")
        assert "waitress" not in (answer.headers["Server"] or "")
        connection.close()
        assert stop(process) == 0


def test_a_request_that_does_not_end_delays_the_stop_by_the_draining_time_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Limits that each keep the promise must do so in sum; the threads of waitress would be waited for another 5 s."""
    longest = max(DRAIN_SECONDS, WARM_SECONDS) + THREAD_SECONDS
    monkeypatch.setattr("service.servers.serving.DRAIN_SECONDS", 0.1)
    working, stopping, go_on = threading.Event(), threading.Event(), threading.Event()
    app = Flask("tests")

    @app.get("/")
    def for_ever() -> str:
        working.set()
        go_on.wait(60)
        return ""

    listening = socket.create_server(("127.0.0.1", 0))

    def ask_and_stop() -> None:
        with closing(socket.create_connection(listening.getsockname())) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert working.wait(60)
            signal.raise_signal(signal.SIGTERM)
            stopping.wait(60)

    asking = threading.Thread(target=ask_and_stop)
    asking.start()
    waited: list[float] = []
    monkeypatch.setattr(ThreadedTaskDispatcher, "shutdown", lambda _self, timeout=5.0: waited.append(timeout))
    serve_in_one_process(app, listening, on_stop=stopping.set)
    assert stopping.is_set()
    go_on.set()
    asking.join()
    assert waited == [THREAD_SECONDS]
    assert longest <= STOP_SECONDS - 1.0, "a second is left for closing connections"


def test_background_work_ends_before_the_process(store: Store) -> None:
    """A thread inside of the driver's or the compiler's own code, when Python ends, aborts the process."""
    warming = warm(store)
    assert "warm" in {thread.name for thread in threading.enumerate()}
    warming.end()
    assert "warm" not in {thread.name for thread in threading.enumerate()}
