"""Fetches the files of the local Neo4j."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreUnavailable

from .directory import JARS_VARIABLE, DataDirectory, disk_errors, exclusive
from .jars import Jar, JarLock, is_intact, load_lock, missing_jars
from .progress import Progress, megabytes, show_progress

_DOWNLOADS_AT_ONCE = 6  # more gains nothing against one host and looks like abuse to it
_ATTEMPTS = 3
_TIMEOUT_SECONDS = 30  # without receiving a byte; field links stall for longer than jgo's default of 10
_WAIT_FOR_OTHER_FETCH_SECONDS = 3600  # 140 MB over a satellite link of 0.5 Mbit/s take 40 minutes
_STAGING = ".part-"
_OR_ANOTHER_SERVER = "or set NEO4J_URI to a Neo4j that is already running"


@dataclass(frozen=True, slots=True)
class FetchReport:
    """The result of a fetch.

    Attributes:
        version: of Neo4j.
        directory: where the jars are.
        jars: how many the lock has.
        fetched: how many of them had to be fetched.
        fetched_bytes: the size of these in bytes.
    """

    version: str
    directory: Path
    jars: int
    fetched: int
    fetched_bytes: int


def fetch(home: Path, *, progress: bool = True, lock: JarLock | None = None) -> FetchReport:
    """Make sure every jar of the lock is on this machine, complete and unchanged; fetch those that are not.

    Jars come from Maven Central or from the mirror named ``central`` in jgo's own configuration file. Each is checked
    against the SHA-256 of the lock before it gets its name, so a broken or changed file is never used, and an
    interrupted fetch goes on where it stopped. Processes that fetch at the same time wait for each other.

    They are stored in the user's cache, so that all data directories of a machine share one fetch; or in the data
    directory itself where the cache cannot be written (see ``DataDirectory.jars``).

    Args:
        home: the data directory of the application.
        progress: report the progress on standard error: a bar on a terminal, lines elsewhere.
        lock: which jars; tests pass their own.

    Raises:
        StoreUnavailable: no network, no certificates, no space, or a file that differs from the lock.
    """
    lock = lock or load_lock()
    directory = DataDirectory(home)
    directory.prepare()
    folder = directory.jars(lock.version)
    if not missing_jars(folder, lock):
        return FetchReport(lock.version, folder, len(lock.jars), 0, 0)
    folder = directory.jars_to_fill(lock.version)
    with disk_errors(folder):
        folder.parent.parent.mkdir(parents=True, exist_ok=True)
        for each in (folder.parent, folder):  # parents=True applies the mode to the last only
            each.mkdir(mode=0o700, exist_ok=True)
    busy = StoreUnavailable(
        f"Another process has been fetching Neo4j into {folder} for an hour.",
        cure="End that process, then try again: what it has fetched stays.",
    )
    with exclusive(folder.with_name(f"{folder.name}.lock"), seconds=_WAIT_FOR_OTHER_FETCH_SECONDS, busy=busy):
        missing = missing_jars(folder, lock)
        size = sum(jar.size for jar in missing)
        if missing:
            _require_space(folder, size)
            title = f"Neo4j Community {lock.version}: fetching {len(missing)} of {len(lock.jars)} files"
            with show_progress(title, size, visible=progress) as bar:
                _download(missing, folder, bar)
    return FetchReport(lock.version, folder, len(lock.jars), len(missing), size)


def files_folder(home: Path) -> Path:
    """Return the folder in which Neo4j's files are, or will be, for this data directory.

    Raises:
        StoreUnavailable: if the environment names a release line that has no lock.
    """
    lock = load_lock()
    directory = DataDirectory(home)
    folder = directory.jars(lock.version)
    complete = all((folder / jar.filename).exists() for jar in lock.jars)
    return folder if complete else directory.jars_to_fill(lock.version)


def reach_repository(jar: Jar) -> None:
    """Send a request for that jar without downloading it; any answer shows that the repository can be reached.

    Raises:
        StoreUnavailable: no network, or no certificates.
    """
    import requests
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL

    group, artifact, _, version = jar.parts
    address = ({"central": MAVEN_CENTRAL_URL} | GlobalSettings.load().repositories)["central"].rstrip("/")
    path = "/".join((*group.split("."), artifact, version, jar.filename))
    with _network_errors(jar):
        requests.head(f"{address}/{path}", timeout=_TIMEOUT_SECONDS)


def _require_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StoreUnavailable(
            f"The disk is full: {folder} needs {megabytes(needed)} MB and {megabytes(free)} MB are free.",
            cure=f"Free some space, or set {JARS_VARIABLE} to a folder on another disk.",
        )


def _download(jars: list[Jar], folder: Path, bar: Progress) -> None:
    for left_behind in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(left_behind, ignore_errors=True)
    with disk_errors(folder), tempfile.TemporaryDirectory(prefix=_STAGING, dir=folder) as staging:
        pool = ThreadPoolExecutor(_DOWNLOADS_AT_ONCE)
        try:
            for result in [pool.submit(_fetch_one, jar, Path(staging), folder, bar) for jar in jars]:
                result.result()
        finally:
            # After the first failure the others would fail in the same way, each after its own wait.
            pool.shutdown(cancel_futures=True)


def _fetch_one(jar: Jar, staging: Path, folder: Path, bar: Progress) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        counted = _Counted(bar)
        try:
            with _network_errors(jar):
                received = _receive(jar, staging / f"{jar.sha256}-{attempt}", counted)
            _require_intact(received, jar)
            # Only now the file gets the name under which Java would load it.
            received.replace(folder / jar.filename)
        except StoreUnavailable:
            counted.take_back()
            if attempt == _ATTEMPTS:
                raise
            time.sleep(attempt)
        else:
            return


def _receive(jar: Jar, staging: Path, counted: "_Counted") -> Path:
    """Download by coordinate. jgo knows the layout of repositories and mirrors, and waits when a server asks it to."""
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


def _require_intact(received: Path, jar: Jar) -> None:
    if not is_intact(received, jar):
        raise StoreUnavailable(
            f"{jar.coordinate} was refused: what arrived is not the expected file (its SHA-256 differs).",
            cure="It may have been changed on the way: try another network, and tell your administrator.",
        )


class _Counted:
    """Counts the bytes of one attempt, to subtract them from the bar again when it fails."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._bytes = 0

    def track(self, _filename: str, _size: int) -> AbstractContextManager[Callable[[int], None]]:
        @contextmanager
        def counting() -> Iterator[Callable[[int], None]]:
            yield self._add

        return counting()

    def take_back(self) -> None:
        self._bar.advance(-self._bytes)

    def _add(self, count: int) -> None:
        self._bytes += count
        self._bar.advance(count)


@contextmanager
def _network_errors(jar: Jar) -> Iterator[None]:
    import requests

    try:
        yield
    except requests.exceptions.SSLError as error:
        raise StoreUnavailable(
            "The certificate of the Maven repository is not trusted here, so Neo4j cannot be fetched safely.",
            cure=f"Set REQUESTS_CA_BUNDLE to the file with this network's certificates, {_OR_ANOTHER_SERVER}.",
        ) from error
    except requests.exceptions.RequestException as error:
        raise StoreUnavailable(
            "Neo4j cannot be fetched: there is no connection to the Maven repository.",
            cure=f"Run `stakeholder-graph neo4j fetch` once where there is a network, {_OR_ANOTHER_SERVER}.",
        ) from error
    except OSError as error:
        if "CA certificate bundle" not in str(error):
            raise
        raise StoreUnavailable(
            "Neo4j cannot be fetched: the file of certificates named by REQUESTS_CA_BUNDLE does not exist.",
            cure="Set it to the file with this network's certificates, or unset it.",
        ) from error
    except RuntimeError as error:  # jgo's error when no repository has the file
        raise StoreUnavailable(
            f"The Maven repository did not give {jar.coordinate}.",
            cure=f"Try again later, name another mirror in jgo's configuration, {_OR_ANOTHER_SERVER}.",
        ) from error
