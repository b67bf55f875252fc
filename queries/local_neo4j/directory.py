"""Where the local Neo4j keeps its things: below ``<data directory>/neo4j``, readable by its owner alone.

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
    """The files of one local Neo4j. Names only: nothing is made until :meth:`prepare`."""

    home: Path

    @property
    def root(self) -> Path:
        """The folder all others are in."""
        return self.home.expanduser().absolute() / "neo4j"

    @property
    def server(self) -> Path:
        """Neo4j's own home: ``data``, ``logs``, ``run``."""
        return self.root / "server"

    @property
    def log(self) -> Path:
        """What the server process and Java print."""
        return self.server / "logs" / "process.log"

    @property
    def state(self) -> Path:
        """Where the running server says how to reach it. Taking the note away asks the server to stop.

        A file and no signal, because Windows has none that lets a process end cleanly.
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
        """There while the very first start is under way, when nobody can have stored anything yet."""
        return self.root / "first-start"

    @property
    def port(self) -> Path:
        """The port of last time."""
        return self.root / "port"

    @property
    def failure(self) -> Path:
        """The sentence a server that could not start leaves behind."""
        return self.root / "failure"

    @property
    def class_list(self) -> Path:
        """Where Java notes down which classes it loads, until there is an archive of them."""
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
        """The folder of the jars of one Neo4j version, there or not yet.

        It is in the folder that the environment names, else in the user's cache, shared by all data directories. Where
        the data directory has one of its own, that is used: an older version of this program fetched into it, or there
        was no cache that could be written.
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
        """The same folder where it can be written, else the data directory's own; nothing is made."""
        folder = self.jars(version)
        writable = all(may_write(nearest(place)) for place in (folder, folder.parent))
        return folder if writable or os.environ.get(JARS_VARIABLE) else self.root / folder.name

    def prepare(self) -> None:
        """Make the folders, private to their owner.

        Raises:
            StoreUnavailable: if the disk is full or the place is not ours to write.
        """
        with disk_errors(self.root):
            # parents=True would leave the data directory itself open to others: it takes the mode for the last only.
            self.root.parent.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.root.parent, self.root, self.clients, self.server, self.log.parent):
                folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def disk_errors(place: Path) -> Iterator[None]:
    """Turn an ``OSError`` of the block into one sentence that names the place and the cure."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreUnavailable(
                f"The disk is full: {place} cannot be written.",
                cure="Free some space, or set STAKEHOLDER_GRAPH_HOME to a folder on another disk.",
            ) from error
        raise StoreUnavailable(
            f"{place} cannot be used: {error.strerror or error}.",
            cure="Make it writable for this user, or set STAKEHOLDER_GRAPH_HOME to another folder.",
        ) from error


@contextmanager
def exclusive(lock: Path, *, seconds: float, busy: StoreUnavailable) -> Iterator[None]:
    """Let one process at a time into the block. The system frees the lock of a process that dies, however it dies.

    Args:
        lock: the file to lock; it stays behind, empty.
        seconds: how long to wait for the process that is in the block now; 0 not at all.
        busy: what to raise if it is still there after that.
    """
    from filelock import FileLock, Timeout

    held = FileLock(lock, mode=0o600)
    with disk_errors(lock):
        try:
            held.acquire(timeout=seconds)
        except Timeout:
            raise busy from None
    try:
        yield
    finally:
        held.release()


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner alone and on disk when this returns.

    Raises:
        StoreUnavailable: if the disk is full or the place is not ours to write.
    """
    with disk_errors(path):
        # mkstemp makes the file 0600 from the start: there is no moment in which others can open it.
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
    """Put the names in a folder on disk. Windows cannot and, by its file system's journal, need not."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
