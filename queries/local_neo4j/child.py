"""The server process: ``python -m queries.local_neo4j.child HOME``. Runs Neo4j until it is told or not needed.

Started by :func:`queries.local_neo4j.start`, detached from whoever needed it first.
"""

import argparse
import logging
import os
import signal
import sys
import threading
import time
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from types import FrameType

from graph.errors import StoreUnavailable

from . import clients
from .directory import DataDirectory, write_private
from .jars import load_lock, missing_jars
from .processes import ProcessIdentity
from .state import ServerState, write_state

_POLL_SECONDS = 0.25  # how soon a stop is heard; each look costs three file look-ups
_LOG_BYTES = 5_000_000
_PREDECESSOR_SECONDS = 30.0

_log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run the server; 0 when it ended as it should, 1 when it could not start."""
    parser = argparse.ArgumentParser(prog="local-neo4j")
    parser.add_argument("home", type=Path)
    parser.add_argument("--idle-seconds", type=float, default=600.0)
    options = parser.parse_args(arguments)
    # Everything Neo4j writes is the owner's alone: it names people.
    os.umask(0o077)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")
    directory = DataDirectory(options.home)
    try:
        directory.prepare()
        _shorten(directory.log)
        with _only_server(directory):
            run(directory, options.idle_seconds)
    except StoreUnavailable as error:
        _log.exception("The server could not start.")
        write_private(directory.failure, str(error))
        return 1
    except Exception:
        _log.exception("The server ended by a mistake of its own.")
        write_private(directory.failure, f"The local Neo4j did not start; {directory.log} says why.")
        return 1
    return 0


def run(directory: DataDirectory, idle_seconds: float) -> None:
    """Start Neo4j, say where it is, wait until it is not needed, shut it down."""
    from . import embedded

    told = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGTERM, tell)
    signal.signal(signal.SIGINT, tell)
    before = _previous_port(directory)
    directory.stop_request.unlink(missing_ok=True)
    lock = load_lock()
    jars = directory.jars(lock.version)
    if missing_jars(jars, lock):
        # They become code in this process: read again each time, not just when they were fetched.
        raise StoreUnavailable(f"Files of Neo4j in {jars} are missing or were changed since they were fetched.")
    with as_file(files(__package__).joinpath("neo4j.conf")) as configuration:
        embedded.start_java(jars, configuration, lock.java)
        database = embedded.start_database(directory, configuration, before)
    try:
        me = ProcessIdentity.current()
        ready = datetime.now(UTC).isoformat(timespec="seconds")
        write_private(directory.port, str(database.port))
        write_state(directory, ServerState(database.port, lock.version, me.pid, me.started, idle_seconds, ready))
        _log.info("Neo4j %s listens on port %s.", lock.version, database.port)
        _wait(directory, database.port, idle_seconds, told)
    finally:
        directory.state.unlink(missing_ok=True)
        database.shut_down()
        _log.info("Neo4j has shut down.")


def _wait(directory: DataDirectory, port: int, idle_seconds: float, told: threading.Event) -> None:
    """Return when the server was told to stop, or has been idle for long enough."""
    used = time.monotonic()
    while not told.wait(_POLL_SECONDS) and not directory.stop_request.exists():
        if clients.any_alive(directory) or has_connections(port):
            used = time.monotonic()
        elif time.monotonic() - used >= idle_seconds and retire(directory):
            return


def retire(directory: DataDirectory) -> bool:
    """Stop being found, unless a client came at the last moment.

    First the note is hidden, then the clients are counted; a client first says that it is here, then reads the note.
    So either we see the client, or the client sees no note and starts a server that waits for this one to end.
    """
    from filelock import FileLock, Timeout

    try:
        with FileLock(directory.start_lock, blocking=False, mode=0o600):
            hidden = directory.state.with_suffix(".retiring")
            directory.state.replace(hidden)
            if clients.any_alive(directory):
                hidden.replace(directory.state)
                return False
            hidden.unlink()
            return True
    except Timeout:
        # Somebody is starting or stopping right now: look again in a moment.
        return False


def has_connections(port: int) -> bool:
    """Whether anything is connected to that port of this process: another program may use the server too."""
    import psutil

    return any(
        connection.laddr and connection.laddr.port == port and connection.status == psutil.CONN_ESTABLISHED
        for connection in psutil.Process().net_connections(kind="tcp")
    )


def _only_server(directory: DataDirectory) -> AbstractContextManager[object]:
    """Wait for a predecessor that is still shutting down. The lock is freed however this process ends."""
    from filelock import FileLock, Timeout

    lock = FileLock(directory.server_lock, timeout=_PREDECESSOR_SECONDS, mode=0o600)
    try:
        return lock.acquire()
    except Timeout as error:
        raise StoreUnavailable(
            f"Another local Neo4j in {directory.root} is still running but cannot be reached.",
            cure="Run `stakeholder-graph neo4j stop`, or end that process, then try again.",
        ) from error


def _previous_port(directory: DataDirectory) -> int | None:
    try:
        return int(directory.port.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _shorten(log: Path) -> None:
    """Keep the log of Java's chatter from growing for ever; it is open already, so it is cut, not renamed."""
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        os.truncate(log, 0)


if __name__ == "__main__":
    # The JVM is left to end with the process: what has to be kept was closed by shut_down().
    sys.exit(main())
