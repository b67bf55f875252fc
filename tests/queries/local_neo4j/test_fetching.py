"""Fetching from a repository on loopback, which jgo uses as a mirror that an operator names."""

import errno
import gc
import hashlib
import os
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreUnavailable
from queries.local_neo4j import fetch
from queries.local_neo4j.directory import JARS_VARIABLE, DataDirectory
from queries.local_neo4j.jars import LINE, LINE_VARIABLE, Jar, JarLock, lines, load_lock
from tests.queries.local_neo4j.conftest import NOBODY, as_somebody_else

NAMES = ("org.example:alpha:1.0", "org.example:beta:linux-x86_64:2.0", "org.example:gamma:3.0")
CONTENTS = {name: name.encode() * 1000 for name in NAMES}
LOCK = JarLock(
    product="org.example:alpha",
    version="1.0",
    java=21,
    jars=tuple(Jar(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in CONTENTS.items()),
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without logging."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the standard library
        """Log nothing."""


class Repository:
    """A Maven repository of three files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        for jar in LOCK.jars:
            self.put(jar.coordinate, CONTENTS[jar.coordinate])

    def put(self, coordinate: str, content: bytes) -> None:
        """Serve the content at Maven's path of that coordinate: group/artifact/version/file."""
        jar = next(jar for jar in LOCK.jars if jar.coordinate == coordinate)
        group, artifact, _, version = jar.parts
        path = self.folder.joinpath(*group.split("."), artifact, version, jar.filename)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.fixture(autouse=True)
def own_jars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetch into a cache of the test, and retry without the pause."""
    monkeypatch.delenv(JARS_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Mirror":
    return Mirror(tmp_path / "jgo.conf", monkeypatch)


class Mirror:
    """jgo's own configuration file, which names the address of Maven Central."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path
        monkeypatch.setenv("JGO_CONFIG_FILE", str(path))

    def name(self, url: str) -> None:
        """Use that repository."""
        self.path.write_text(f"[repositories]\ncentral = {url}\n", encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, mirror: Mirror) -> Iterator[Repository]:
    folder = tmp_path / "repository"
    folder.mkdir()
    serving = Repository(folder)
    thread = threading.Thread(target=serving.server.serve_forever)
    thread.start()
    mirror.name(f"http://127.0.0.1:{serving.server.server_port}")
    yield serving
    serving.server.shutdown()
    thread.join()
    serving.server.server_close()


def test_each_file_is_complete_under_its_own_name_and_nothing_else_is_left(
    tmp_path: Path, repository: Repository
) -> None:
    report = fetch(tmp_path / "home", lock=LOCK, progress=False)
    assert (report.version, report.jars, report.fetched) == ("1.0", 3, 3)
    assert report.fetched_bytes == sum(map(len, CONTENTS.values()))
    assert {path.name: path.read_bytes() for path in report.directory.iterdir()} == {
        "alpha-1.0.jar": CONTENTS[NAMES[0]],
        "beta-2.0-linux-x86_64.jar": CONTENTS[NAMES[1]],
        "gamma-3.0.jar": CONTENTS[NAMES[2]],
    }


def test_an_intact_file_is_not_fetched_again(tmp_path: Path, repository: Repository) -> None:
    fetch(tmp_path / "home", lock=LOCK, progress=False)
    shutil.rmtree(repository.folder)
    assert fetch(tmp_path / "home", lock=LOCK, progress=False).fetched == 0


def test_a_file_that_was_changed_on_this_machine_is_fetched_again(tmp_path: Path, repository: Repository) -> None:
    directory = fetch(tmp_path / "home", lock=LOCK, progress=False).directory
    (directory / "gamma-3.0.jar").write_bytes(CONTENTS[NAMES[2]][::-1])
    assert fetch(tmp_path / "home", lock=LOCK, progress=False).fetched == 1
    assert (directory / "gamma-3.0.jar").read_bytes() == CONTENTS[NAMES[2]]


@pytest.mark.parametrize("change", [lambda data: data[::-1], lambda data: data[:-1]], ids=["changed", "cut short"])
def test_a_file_that_differs_from_the_lock_is_refused_by_name_and_never_stored(
    tmp_path: Path, repository: Repository, change: Any
) -> None:
    repository.put("org.example:gamma:3.0", change(CONTENTS[NAMES[2]]))
    with pytest.raises(StoreUnavailable, match=r"org\.example:gamma:3\.0 was refused"):
        fetch(tmp_path / "home", lock=LOCK, progress=False)
    assert not list(tmp_path.glob("cache/**/gamma-3.0.jar"))


def test_an_interrupted_fetch_goes_on_where_it_stopped(tmp_path: Path, repository: Repository) -> None:
    repository.put("org.example:gamma:3.0", b"")
    with pytest.raises(StoreUnavailable):
        fetch(tmp_path / "home", lock=LOCK, progress=False)
    repository.put("org.example:gamma:3.0", CONTENTS[NAMES[2]])
    assert fetch(tmp_path / "home", lock=LOCK, progress=False).fetched < len(NAMES)


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_file_missing_in_the_repository_is_named(tmp_path: Path, repository: Repository) -> None:
    shutil.rmtree(repository.folder / "org" / "example" / "beta")
    with pytest.raises(StoreUnavailable, match=r"did not give org\.example:beta:linux-x86_64:2\.0"):
        fetch(tmp_path / "home", lock=LOCK, progress=False)
    gc.collect()  # jgo 3.2 leaves the socket of an answer other than 200 to the collector: here, not in a later test


def test_no_network_is_one_sentence_with_a_cure(tmp_path: Path, mirror: Mirror) -> None:
    mirror.name("http://127.0.0.1:9")  # the discard port: nothing listens there
    with pytest.raises(StoreUnavailable, match="no connection to the Maven repository") as raised:
        fetch(tmp_path / "home", lock=LOCK, progress=False)
    assert "neo4j fetch" in raised.value.cure


def test_a_repository_without_a_trusted_certificate_is_refused(
    tmp_path: Path, repository: Repository, mirror: Mirror
) -> None:
    mirror.name(f"https://127.0.0.1:{repository.server.server_port}")
    with pytest.raises(StoreUnavailable, match="certificate of the Maven repository is not trusted") as raised:
        fetch(tmp_path / "home", lock=LOCK, progress=False)
    assert "REQUESTS_CA_BUNDLE" in raised.value.cure


def test_a_missing_certificate_file_is_named(tmp_path: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror.name("https://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with pytest.raises(StoreUnavailable, match="certificates named by REQUESTS_CA_BUNDLE does not exist"):
        fetch(tmp_path / "home", lock=LOCK, progress=False)


def test_a_full_disk_is_an_error_before_anything_is_fetched(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    with pytest.raises(StoreUnavailable, match=r"The disk is full: .* needs 0\.1 MB and 0\.0 MB are free"):
        fetch(tmp_path / "home", lock=LOCK, progress=False)


def test_a_disk_that_fills_up_while_fetching_is_one_sentence(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreUnavailable, match=r"The disk is full: .*jars-1\.0 cannot be written"):
        fetch(tmp_path / "home", lock=LOCK, progress=False)


def test_a_second_data_directory_uses_what_the_first_has_fetched(tmp_path: Path, repository: Repository) -> None:
    first = fetch(tmp_path / "home", lock=LOCK, progress=False)
    shutil.rmtree(repository.folder)
    second = fetch(tmp_path / "other", lock=LOCK, progress=False)
    assert (second.fetched, second.directory) == (0, first.directory)
    assert first.directory == tmp_path / "cache" / "stakeholder-graph" / "jars-1.0"


def test_two_data_directories_that_fetch_at_once_fetch_each_file_once(tmp_path: Path, repository: Repository) -> None:
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda name: fetch(tmp_path / name, lock=LOCK, progress=False), ("home", "other")))
    assert sum(report.fetched for report in reports) == len(NAMES)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_the_cache_is_private_to_its_owner(tmp_path: Path, repository: Repository) -> None:
    folder = fetch(tmp_path / "home", lock=LOCK, progress=False).directory
    assert [place.stat().st_mode & 0o077 for place in (folder.parent, folder)] == [0, 0]


def test_files_that_an_older_version_fetched_into_the_data_directory_are_used(
    tmp_path: Path, repository: Repository
) -> None:
    directory = DataDirectory(tmp_path / "home")
    directory.prepare()
    shutil.move(fetch(tmp_path / "other", lock=LOCK, progress=False).directory, directory.root / "jars-1.0")
    shutil.rmtree(repository.folder)
    report = fetch(tmp_path / "home", lock=LOCK, progress=False)
    assert (report.fetched, report.directory) == (0, directory.root / "jars-1.0")


def test_a_folder_named_by_the_environment_precedes_cache_and_data_directory(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    (DataDirectory(tmp_path / "home").root / "jars-1.0").mkdir(parents=True)
    monkeypatch.setenv(JARS_VARIABLE, str(tmp_path / "named"))
    assert fetch(tmp_path / "home", lock=LOCK, progress=False).directory == tmp_path / "named" / "jars-1.0"


def test_where_there_is_no_cache_the_data_directory_takes_the_files(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    own = DataDirectory(tmp_path / "home").root / "jars-1.0"
    assert fetch(tmp_path / "home", lock=LOCK, progress=False).directory == own
    # As the system does where there is no HOME, and no account with one.
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_names, **_options: Path("~/.cache/stakeholder-graph"))
    assert files_folder_of(tmp_path / "other") == tmp_path / "other" / "neo4j" / "jars-1.0"


def set_mode(path: Path, mode: int) -> None:
    path.chmod(mode)


def give_away(path: Path, _mode: int) -> None:
    os.chown(path, NOBODY, NOBODY)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
@pytest.mark.parametrize("change", [set_mode, give_away])
@pytest.mark.parametrize("name", ["stakeholder-graph", "stakeholder-graph/jars-1.0"])
def test_a_cache_that_another_user_could_change_is_not_used(
    tmp_path: Path, repository: Repository, name: str, change: Callable[[Path, int], None]
) -> None:
    """Java runs the class archive beside the jars without a check."""
    if change is give_away and os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    fetch(tmp_path / "home", lock=LOCK, progress=False)
    change(tmp_path / "cache" / name, 0o777)
    own = DataDirectory(tmp_path / "home").root / "jars-1.0"
    assert fetch(tmp_path / "home", lock=LOCK, progress=False).directory == own


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_a_read_only_cache_is_used_if_complete_and_never_filled(tmp_path: Path, repository: Repository) -> None:
    """As in an image with the files; root may write everywhere, so as root the fetches run as another user."""
    folder = fetch(tmp_path / "home", lock=LOCK, progress=False).directory
    for place in (tmp_path, *tmp_path.parents):
        place.chmod(0o755)
        if place.name.startswith("pytest-of-"):  # pytest's own folder; with several processes it is one further up
            break
    for place in (folder, folder.parent, tmp_path / "cache"):
        place.chmod(0o555)
    for name in ("reader", "filler"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o777)
    with as_somebody_else():
        assert fetch(tmp_path / "reader", lock=LOCK, progress=False).directory == folder
    folder.chmod(0o755)
    (folder / "gamma-3.0.jar").unlink()
    folder.chmod(0o555)
    own = DataDirectory(tmp_path / "filler").root / "jars-1.0"
    with as_somebody_else():
        assert fetch(tmp_path / "filler", lock=LOCK, progress=False).directory == own
        assert files_folder_of(tmp_path / "filler") == own
    folder.chmod(0o755)  # so that it can be deleted


def files_folder_of(home: Path) -> Path:
    """Return the folder that the server's process uses, which finds it by itself."""
    return DataDirectory(home).jars(LOCK.version)


def test_progress_is_reported_on_standard_error_alone(
    tmp_path: Path, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch(tmp_path / "home", lock=LOCK)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Neo4j Community 1.0: fetching 3 of 3 files, 0.1 MB")
    assert "0.1 of 0.1 MB" in captured.err


@pytest.mark.parametrize("line", lines())
def test_each_committed_lock_names_each_file_once_and_completely(line: str) -> None:
    lock = load_lock(line)
    assert lock.version.startswith(f"{line}.")
    assert f"{lock.product}:{lock.version}" in {jar.coordinate for jar in lock.jars}
    assert [name for name, count in Counter(jar.filename for jar in lock.jars).items() if count > 1] == []
    assert all(len(bytes.fromhex(jar.sha256)) == hashlib.sha256().digest_size for jar in lock.jars)
    assert all(jar.size > 0 for jar in lock.jars)


def test_the_line_in_use_is_the_long_term_one_unless_a_developer_names_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LINE_VARIABLE, raising=False)
    assert load_lock() == load_lock(LINE)
    for line in lines():
        monkeypatch.setenv(LINE_VARIABLE, line)
        assert load_lock() == load_lock(line)


@pytest.mark.parametrize("line", ["4.4", "../5.26", "5.26.json"])
def test_a_line_without_a_lock_is_refused_with_the_known_lines(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LINE_VARIABLE, line)
    with pytest.raises(StoreUnavailable, match=LINE_VARIABLE) as raised:
        load_lock()
    assert ", ".join(lines()) in raised.value.cure
