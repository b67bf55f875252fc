"""The files of the local Neo4j: below ``<data directory>/neo4j``, readable by its owner alone.

Its program files are in the user's cache, as they are the same for every data directory.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreUnavailable

from .cache import cache_folder, may_write, nearest

JARS_VARIABLE = "STAKEHOLDER_GRAPH_JARS"
"""Environment variable naming the folder of jars (tests, prepared machines) instead of the user's cache."""


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """The paths of one local Neo4j's files. Nothing is created until :meth:`prepare`."""

    home: Path

    @property
    def root(self) -> Path:
        """The folder of all others."""
        return self.home.expanduser().absolute() / "neo4j"

    @property
    def server(self) -> Path:
        """Neo4j's own home: ``data``, ``logs``, ``run``."""
        return self.root / "server"

    @property
    def log(self) -> Path:
        """The output of the server process and Java."""
        return self.server / "logs" / "process.log"

    @property
    def state(self) -> Path:
        """The state of the running server, with its address. Deleting the file asks the server to stop.

        A file and no signal, because Windows has no signal that lets a process end cleanly.
        """
        return self.root / "state.json"

    @property
    def clients(self) -> Path:
        """One file for each process that uses the server."""
        return self.root / "clients"

    @property
    def password(self) -> Path:
        """The generated password, once the server accepts it."""
        return self.root / "password"

    @property
    def first_start(self) -> Path:
        """Exists during the very first start, when nothing can have been stored yet."""
        return self.root / "first-start"

    @property
    def port(self) -> Path:
        """The port of the last start."""
        return self.root / "port"

    @property
    def failure(self) -> Path:
        """Why the last start failed, in a sentence, and the cure."""
        return self.root / "failure"

    @property
    def class_list(self) -> Path:
        """The list of the classes that Java loads, until there is an archive of them."""
        return self.server / "classes.txt"

    @property
    def start_lock(self) -> Path:
        """Held while a server is being started or stopped."""
        return self.root / "start.lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server process for as long as it lives."""
        return self.root / "server.lock"

    def jars(self, version: str) -> Path:
        """The folder of the jars of one Neo4j version, which may not exist yet.

        It is in the folder that the environment names, else in the user's cache, shared by all data directories. Where
        the data directory has one of its own, that is used: an older version of this program fetched into it, or no
        cache could be written.
        """
        name = f"jars-{version}"
        named = os.environ.get(JARS_VARIABLE)
        if named:
            return Path(named).expanduser().absolute() / name
        own = self.root / name
        if os.path.isdir(own):  # noqa: PTH112 - Path.is_dir fails where this says no
            return own
        return cache_folder(name) or own

    def jars_to_fill(self, version: str) -> Path:
        """The same folder where it can be written, else the data directory's own; creates nothing."""
        folder = self.jars(version)
        writable = all(may_write(nearest(path)) for path in (folder, folder.parent))
        return folder if writable or os.environ.get(JARS_VARIABLE) else self.root / folder.name

    def prepare(self) -> None:
        """Create the folders, private to their owner.

        Raises:
            StoreUnavailable: if the disk is full or the folder cannot be written.
        """
        with disk_errors(self.root):
            # parents=True would leave the data directory itself open to others: it applies the mode to the last only.
            self.root.parent.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.root.parent, self.root, self.clients, self.server, self.log.parent):
                folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` of the block into one sentence that names the path and the cure."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreUnavailable(
                f"The disk is full: {path} cannot be written.",
                cure="Free some space, or set STAKEHOLDER_GRAPH_HOME to a folder on another disk.",
            ) from error
        raise StoreUnavailable(
            f"{path} cannot be used: {error.strerror or error}.",
            cure="Make it writable for this user, or set STAKEHOLDER_GRAPH_HOME to another folder.",
        ) from error


@contextmanager
def exclusive(lock: Path, *, seconds: float, busy: StoreUnavailable) -> Iterator[None]:
    """Let one process at a time into the block. The system releases the lock of a process that ends in any way.

    Args:
        lock: the file to lock; it remains, empty.
        seconds: how long to wait for the process that is in the block now; 0 not at all.
        busy: the error if it is still in the block after that.
    """
    from filelock import FileLock, Timeout

    file_lock = FileLock(lock, mode=0o600)
    with disk_errors(lock):
        try:
            file_lock.acquire(timeout=seconds)
        except Timeout:
            raise busy from None
    try:
        yield
    finally:
        file_lock.release()


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner alone and on disk when this returns.

    Raises:
        StoreUnavailable: if the disk is full or the folder cannot be written.
    """
    with disk_errors(path):
        # mkstemp creates the file with mode 0600: others can never open it.
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
            _sync(path.parent)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _sync(folder: Path) -> None:
    """Write the names in a folder to disk. Windows cannot and, by its file system's journal, need not."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
