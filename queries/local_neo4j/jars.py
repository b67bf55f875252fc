"""The jars of the local Neo4j: which they are (a committed lock), and how they get onto this machine."""

import hashlib
import json
import os
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import StoreUnavailable

from .directory import DataDirectory, disk_errors
from .progress import Progress, show_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCK_FILE = "jars-5.26.json"
"""The lock in use. Another release line is another file of the same shape; nothing else knows versions."""

_DOWNLOADS_AT_ONCE = 6  # more gains nothing against one host and looks like abuse to it
_ATTEMPTS = 3
_TIMEOUT_SECONDS = 30  # without a byte; field links stall for longer than jgo's default of 10
_WAIT_FOR_OTHER_FETCH_SECONDS = 3600  # 140 MB over a satellite link of 0.5 Mbit/s take 40 minutes
_ELSEWHERE = "or set NEO4J_URI to a Neo4j that is already running"


@dataclass(frozen=True, slots=True)
class Jar:
    """One file of the server.

    Attributes:
        coordinate: Maven coordinate, ``group:artifact[:classifier]:version``.
        sha256: of the file, in hexadecimal.
        size: in bytes.
    """

    coordinate: str
    sha256: str
    size: int

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Group, artifact, classifier (may be empty) and version."""
        group, artifact, *classifier, version = self.coordinate.split(":")
        return group, artifact, "".join(classifier), version

    @property
    def filename(self) -> str:
        """The name of the file in the folder of jars."""
        _, artifact, classifier, version = self.parts
        return "-".join(part for part in (artifact, version, classifier) if part) + ".jar"


@dataclass(frozen=True, slots=True)
class JarLock:
    """All files of one server version, and the Java it runs on."""

    product: str
    version: str
    java: int
    jars: tuple[Jar, ...]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch found and did.

    Attributes:
        version: of Neo4j.
        directory: where the jars are.
        jars: how many there are.
        fetched: how many of them had to be fetched.
        fetched_bytes: and how much that was.
    """

    version: str
    directory: Path
    jars: int
    fetched: int
    fetched_bytes: int


@cache
def load_lock(name: str = LOCK_FILE) -> JarLock:
    """The committed lock of that name."""
    data = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    jars = tuple(Jar(jar["coordinate"], jar["sha256"], jar["size"]) for jar in data["jars"])
    return JarLock(data["product"], data["version"], data["java"], jars)


def fetch(home: Path, *, progress: bool = True, lock: JarLock | None = None) -> FetchReport:
    """Make sure every jar of the lock is on this machine, whole and unchanged; fetch what is not.

    Jars come from Maven Central or from the mirror named ``central`` in jgo's own configuration file. Each is checked
    against the SHA-256 of the lock before it gets its name, so a broken or changed file is never used, and a fetch
    that was cut off goes on where it stopped. Processes that fetch at the same time wait for each other.

    Args:
        home: the data directory of the application.
        progress: tell on standard error what is fetched and how far it is: a bar on a terminal, lines elsewhere.
        lock: which jars; those of the product unless a test says otherwise.

    Raises:
        StoreUnavailable: no network, no certificates, no space, or a file that is not the one we know.
    """
    lock = lock or load_lock()
    directory = DataDirectory(home)
    directory.prepare()
    folder = directory.jars(lock.version)
    if not missing_jars(folder, lock):
        return FetchReport(lock.version, folder, len(lock.jars), 0, 0)
    with disk_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _one_at_a_time(folder):
        missing = missing_jars(folder, lock)
        wanted = sum(jar.size for jar in missing)
        if missing:
            _require_space(folder, wanted)
            title = f"Neo4j Community {lock.version}: fetching {len(missing)} of {len(lock.jars)} files"
            with show_progress(title, wanted, visible=progress) as bar:
                _download(missing, folder, bar)
    return FetchReport(lock.version, folder, len(lock.jars), len(missing), wanted)


def missing_jars(folder: Path, lock: JarLock) -> list[Jar]:
    """The jars of the lock that are not there or not as they were; 0.1 s when all are there, as each is read."""
    return [jar for jar in lock.jars if not _is_intact(folder / jar.filename, jar)]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_intact(path: Path, jar: Jar) -> bool:
    return path.is_file() and path.stat().st_size == jar.size and sha256_of(path) == jar.sha256


@contextmanager
def _one_at_a_time(folder: Path) -> "Iterator[None]":
    from filelock import FileLock, Timeout

    try:
        with FileLock(f"{folder}.lock", timeout=_WAIT_FOR_OTHER_FETCH_SECONDS):
            yield
    except Timeout as error:
        raise StoreUnavailable(
            f"Another process has been fetching Neo4j into {folder} for an hour.",
            cure="End that process, then try again: what it has fetched is kept.",
        ) from error


def _require_space(folder: Path, wanted: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise StoreUnavailable(
            f"The disk is full: {folder} needs {_megabytes(wanted)} MB and {_megabytes(free)} MB are free.",
            cure="Free some space, or set STAKEHOLDER_GRAPH_HOME to a folder on another disk.",
        )


def _download(jars: list[Jar], folder: Path, bar: Progress) -> None:
    with disk_errors(folder), tempfile.TemporaryDirectory(prefix=".part-", dir=folder) as staging:
        pool = ThreadPoolExecutor(_DOWNLOADS_AT_ONCE)
        try:
            for result in [pool.submit(_fetch_one, jar, Path(staging), folder, bar) for jar in jars]:
                result.result()
        finally:
            # After the first failure the rest would fail the same way, each after its own wait.
            pool.shutdown(cancel_futures=True)


def _fetch_one(jar: Jar, staging: Path, folder: Path, bar: Progress) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        counted = _Counted(bar)
        try:
            with _network_errors(jar):
                received = _receive(jar, staging / f"{jar.sha256}-{attempt}", counted)
            if received.stat().st_size != jar.size or sha256_of(received) != jar.sha256:
                _refuse(jar)
            # Only now does the file get the name under which Java would load it.
            os.replace(received, folder / jar.filename)
        except StoreUnavailable:
            counted.take_back()
            if attempt == _ATTEMPTS:
                raise
            time.sleep(attempt)
        else:
            return


def _receive(jar: Jar, staging: Path, counted: "_Counted") -> Path:
    """Download by coordinate. jgo knows the layout of repositories, mirrors, and waits when told to slow down."""
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext, PythonResolver

    group, artifact, classifier, version = jar.parts
    context = MavenContext(
        resolver=PythonResolver(progress_callback=counted.track),
        repo_cache=staging,
        remote_repos={"central": MAVEN_CENTRAL_URL} | GlobalSettings.load().repositories,
        timeout=_TIMEOUT_SECONDS,
    )
    path: Path = context.project(group, artifact).at_version(version).artifact(classifier).resolve()
    return path


class _Counted:
    """Counts the bytes of one attempt, to take them off the bar again when it fails."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._bytes = 0

    def track(self, _filename: str, _size: int) -> "AbstractContextManager[Callable[[int], None]]":
        @contextmanager
        def counting() -> "Iterator[Callable[[int], None]]":
            yield self._add

        return counting()

    def take_back(self) -> None:
        self._bar.advance(-self._bytes)

    def _add(self, count: int) -> None:
        self._bytes += count
        self._bar.advance(count)


@contextmanager
def _network_errors(jar: Jar) -> "Iterator[None]":
    import requests

    try:
        yield
    except requests.exceptions.SSLError as error:
        raise StoreUnavailable(
            "The certificate of the Maven repository is not trusted here, so Neo4j cannot be fetched safely.",
            cure=f"Set REQUESTS_CA_BUNDLE to the file with this network's certificates, {_ELSEWHERE}.",
        ) from error
    except requests.exceptions.RequestException as error:
        raise StoreUnavailable(
            "Neo4j cannot be fetched: there is no connection to the Maven repository.",
            cure=f"Run `stakeholder-graph neo4j fetch` once where there is a network, {_ELSEWHERE}.",
        ) from error
    except OSError as error:
        if "CA certificate bundle" not in str(error):
            raise
        raise StoreUnavailable(
            "Neo4j cannot be fetched: the file of certificates named by REQUESTS_CA_BUNDLE is not there.",
            cure="Set it to the file with this network's certificates, or unset it.",
        ) from error
    except RuntimeError as error:  # how jgo says that no repository has the file
        raise StoreUnavailable(
            f"The Maven repository did not give {jar.coordinate}.",
            cure=f"Try again later, name another mirror in jgo's configuration, {_ELSEWHERE}.",
        ) from error


def _refuse(jar: Jar) -> Any:
    raise StoreUnavailable(
        f"{jar.coordinate} was refused: what arrived is not the file we know (its SHA-256 differs from the lock).",
        cure="Somebody may have changed it on the way: try from another network and tell your administrator.",
    )


def _megabytes(count: int) -> int:
    return round(count / 1e6)
