"""Starts, finds and stops the one Neo4j of a data directory, from any number of processes."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import StoreUnavailable

from . import clients
from .directory import DataDirectory, disk_errors, exclusive
from .progress import say
from .room import require_room_to_start
from .state import DATABASE, ServerState, live_state

USERNAME = "neo4j"
"""Neo4j Community starts with this one account, and the local server needs no other."""

_START_SECONDS = 120.0  # 6 s on the reference machine; an old laptop recovering a large log takes many times that
_STOP_SECONDS = 30.0  # a shutdown writes a checkpoint: 0.3 s on the reference machine
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """What a driver needs to connect. The password is left out of ``repr``, so that no log or traceback shows it."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str
    version: str
    pid: int


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a local server runs, and which; all fields but ``running`` are ``None`` when none does."""

    running: bool
    uri: str | None = None
    version: str | None = None
    pid: int | None = None


def start(home: Path, *, idle_seconds: float = 600.0, progress: bool = True) -> ServerAddress:
    """Make sure the Neo4j of this data directory runs, and return its address.

    A server that is already running is used (in less than 50 ms); else one is started, fetched first if need be. The
    remains of a crash are cleaned up and Neo4j recovers its own log, so that every acknowledged write is restored. Of
    processes that call at the same time, one starts the server and the others wait for it.

    The calling process counts as a client until it ends or calls :func:`release`. While there is a client, or any
    open connection, the server stays up. Calling again is cheap: do so whenever the server may have ended.

    Args:
        home: the data directory of the application.
        idle_seconds: how long a server that is started now stays up once no process uses it; 0 stops it with its last
            client. A server that is already running keeps its own value.
        progress: report on standard error what is fetched, and that the server is being started.

    Raises:
        StoreUnavailable: in one sentence, why it cannot run, and the cure.
    """
    directory = DataDirectory(home)
    directory.prepare()
    # First register as a client, then read the state: a server about to retire does it the other way round, so that
    # either it sees the client or the client sees that it has gone (see child.retire).
    clients.hold(directory)
    try:
        state = live_state(directory)
        if state is None or not state.accepts():
            # Imported late: a command that finds the server running does not need the modules for fetching.
            from .fetching import fetch

            fetch(home, progress=progress)
            with _starting(directory):
                state = live_state(directory) or _launch(directory, idle_seconds, progress=progress)
                _require_answer(state)
        return _address(directory, state)
    except BaseException:
        clients.release(directory)
        raise


def release(home: Path) -> None:
    """Stop being a client of the server before this process ends."""
    clients.release(DataDirectory(home))


def status(home: Path) -> Status:
    """Return whether the server of this data directory runs; changes nothing and starts nothing."""
    state = live_state(DataDirectory(home))
    if state is None:
        return Status(running=False)
    return Status(running=True, uri=state.uri, version=state.version, pid=state.pid)


def running(home: Path) -> ServerAddress | None:
    """Return the address of the server of this data directory if it runs; starts nothing and registers no client.

    Raises:
        StoreUnavailable: if its password cannot be read.
    """
    directory = DataDirectory(home)
    state = live_state(directory)
    return _address(directory, state) if state else None


def stop(home: Path) -> bool:
    """Stop the server of this data directory, even if it is in use, and wait until it has ended.

    Returns:
        Whether there was one to stop.

    Raises:
        StoreUnavailable: if another process is starting one all the while, or the directory cannot be written.
    """
    directory = DataDirectory(home)
    if live_state(directory) is None:
        return False
    with _starting(directory):
        state = live_state(directory)
        if state is None:
            return False
        with disk_errors(directory.state):
            directory.state.unlink(missing_ok=True)
        if not _wait_for(lambda: not state.process.is_alive(), _STOP_SECONDS):
            # It hangs. Killing it is safe: acknowledged writes are in the log, which the next start replays.
            state.process.kill()
            _wait_for(lambda: not state.process.is_alive(), _STOP_SECONDS)
    return True


def _starting(directory: DataDirectory) -> AbstractContextManager[None]:
    """Let only one process at a time start or stop the server."""
    busy = StoreUnavailable(
        f"Another process has been starting or stopping the local Neo4j in {directory.root} for minutes.",
        cure="End that process, then try again.",
    )
    return exclusive(directory.start_lock, seconds=_START_SECONDS + _STOP_SECONDS, busy=busy)


def _launch(directory: DataDirectory, idle_seconds: float, *, progress: bool) -> ServerState:
    require_room_to_start(directory)
    if progress:
        say("Starting the local Neo4j …")
    directory.state.unlink(missing_ok=True)
    directory.failure.unlink(missing_ok=True)
    process = _spawn(directory, idle_seconds)
    announced: list[ServerState] = []

    def started_or_failed() -> bool:
        state = live_state(directory)
        if state is not None:
            announced.append(state)
        return state is not None or process.poll() is not None

    ended = _wait_for(started_or_failed, _START_SECONDS)
    if announced:
        # Collects the process when it ends, so that a long-running client keeps no zombie of a server that died.
        threading.Thread(target=process.wait, name="local-neo4j-reaper", daemon=True).start()
        return announced[-1]
    if not ended:
        # Not killed: it may be replaying a long log, which would begin again after a kill.
        raise StoreUnavailable(
            f"The local Neo4j (process {process.pid}) is still starting after {_START_SECONDS:.0f} seconds.",
            cure=f"Try again in a minute; {directory.log} says what it is doing.",
        )
    raise _start_failure(directory)


def _spawn(directory: DataDirectory, idle_seconds: float) -> "subprocess.Popen[bytes]":
    arguments = [str(directory.home.expanduser().absolute()), "--idle-seconds", str(idle_seconds)]
    # -P keeps the working directory off the import path: a file put there by others must not run in the server.
    command = [sys.executable, "-P", "-m", f"{__package__}.child", *arguments]
    with disk_errors(directory.log), os.fdopen(_open_log(directory.log), "ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=directory.server,
            env=_environment(),
            # Ctrl-C and closing the terminal do not reach it: a session of its own, on Windows no console at all.
            start_new_session=True,
            creationflags=getattr(subprocess, "DETACHED_PROCESS", 0)
            | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def _open_log(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _environment() -> dict[str, str]:
    """Return this process's environment, with the folder of `queries`, without variables that change Java."""
    unwanted = {"CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    source = str(Path(__file__).resolve().parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
    return environment


def _require_answer(state: ServerState) -> None:
    if not state.accepts():
        raise StoreUnavailable(
            f"The local Neo4j (process {state.pid}) runs but does not answer.",
            cure="Run `stakeholder-graph neo4j stop`, then try again: nothing that was saved is lost.",
        )


def _start_failure(directory: DataDirectory) -> StoreUnavailable:
    """Return the error of the server process, with the sentence and the cure from its failure file, if there is one."""
    try:
        detail, _, cure = directory.failure.read_text(encoding="utf-8").partition("\n")
    except OSError:
        detail, cure = "", ""
    return StoreUnavailable(
        detail or f"The local Neo4j did not start; {directory.log} says why.",
        cure=cure or "Try again, or set NEO4J_URI to a Neo4j that is already running.",
    )


def _address(directory: DataDirectory, state: ServerState) -> ServerAddress:
    try:
        password = directory.password.read_text(encoding="utf-8")
    except OSError as error:
        raise StoreUnavailable(
            f"The password of the local Neo4j, {directory.password}, cannot be read.",
            cure="Run `stakeholder-graph neo4j stop`, then try again: a new one is set.",
        ) from error
    return ServerAddress(state.uri, USERNAME, password, DATABASE, state.version, state.pid)


def _wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Return whether a condition came true in time."""
    end = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < end:
        time.sleep(_POLL_SECONDS)
    return met
