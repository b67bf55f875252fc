"""The class archive: Neo4j's classes as Java loaded them, so that a start need not read and check 15,000 classes.

Java calls it an archive of class data sharing. It is made once on each machine, by a second Java of the lowest priority
while a server runs, and stored beside the jars. Nothing depends on it: Java checks it, and starts without it where it
does not match. A start computes for 6.6 s with it and for 10.3 s without (5.26.30, two cores, least of three starts in
turn); ``python -m benchmarks.quick_start`` prints both.
"""

import hashlib
import logging
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreUnavailable

from .directory import exclusive
from .room import WRITE_BYTES

SETTLED_SECONDS = 30.0
"""A server's age when the archive is made of its classes: by then the most frequent statements have been planned."""

ARCHIVE_BYTES = 256 * 1024 * 1024
"""Twice the size of the archive of Neo4j 5.26."""

LONGEST_LINE = 4000
"""Java writes lines into its list of classes that it then refuses to read: those above 4,096 characters."""

UNUSED_SECONDS = 7 * 24 * 3600
"""An archive of another name is deleted when it is older; until then another environment may use it."""

_POLL_SECONDS = 0.25

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClassArchive:
    """The archive of these jars, in the order in which they are searched, under this Java."""

    java: Path
    jars: Sequence[Path]

    @property
    def path(self) -> Path:
        """The file. Its name depends on all that Java compares, so that one that does not match is not even opened."""
        digest = hashlib.sha256()
        for file in (self.java.parents[1] / "lib" / "modules", *self.jars):
            status = file.stat()
            digest.update(f"{file.name} {status.st_size} {int(status.st_mtime)}\n".encode())
        return self.jars[0].with_name(f"classes-{digest.hexdigest()[:16]}.jsa")

    def options(self, class_list: Path) -> list[str]:
        """Return Java's options: use the archive, or where there is none, list the classes that are loaded."""
        path = self.path
        if not path.is_file():
            return [f"-XX:DumpLoadedClassList={class_list}"]
        # Verifying takes a tenth of a second: without it, a damaged page on the disk would end every start.
        return [f"-XX:SharedArchiveFile={path}", "-XX:+VerifySharedSpaces"]

    @contextmanager
    def made_meanwhile(self, class_list: Path, *, settled: float = SETTLED_SECONDS) -> Iterator[None]:
        """Make the archive of the listed classes, if there is none, while the block runs; give up if it ends first."""
        if self.path.is_file():
            yield
            return
        ended = threading.Event()
        maker = threading.Thread(target=self._make_once_settled, args=(class_list, settled, ended))
        maker.start()
        try:
            yield
        finally:
            ended.set()
            maker.join()

    def make(self, class_list: Path, ended: threading.Event, *, idly: bool = False) -> bool:
        """Make the archive of the classes listed, unless the event is set first; return whether it was made.

        ``idly`` uses only processor time that nothing else needs.

        Raises ``StoreUnavailable`` where another process is making it, and ``OSError`` where it cannot be written.
        """
        path = self.path
        busy = StoreUnavailable("Another process is making the archive of classes.")
        with (
            exclusive(path.with_suffix(".lock"), seconds=0, busy=busy),
            tempfile.TemporaryDirectory(prefix=".classes-", dir=path.parent) as folder,
        ):
            usable = Path(folder, "classes.txt")
            with class_list.open(encoding="utf-8") as listed, usable.open("w", encoding="utf-8") as copy:
                copy.writelines(line for line in listed if line.endswith("\n") and len(line) < LONGEST_LINE)
            if not self._dump(usable, Path(folder, path.name), ended, idly=idly):
                return False
            Path(folder, path.name).replace(path)
        for other in path.parent.glob("classes-*"):
            if other.stem != path.stem and time.time() - other.stat().st_mtime > UNUSED_SECONDS:
                other.unlink(missing_ok=True)
        return True

    def _make_once_settled(self, class_list: Path, settled: float, ended: threading.Event) -> None:
        import psutil

        if ended.wait(settled):
            return
        try:
            if shutil.disk_usage(self.path.parent).free < WRITE_BYTES + ARCHIVE_BYTES:
                _log.info("No archive of classes is made: the disk has too little room.")
            elif self.make(class_list, ended, idly=True):
                _log.info("The archive of classes is made: the next start is quicker.")
        # Such as a folder that this user may only read, or a Java that ended before its priority was set.
        except (OSError, StoreUnavailable, psutil.Error) as error:
            _log.info("No archive of classes is made: %s", error)

    def _dump(self, class_list: Path, archive: Path, ended: threading.Event, *, idly: bool) -> bool:
        import psutil

        command = [
            str(self.java),
            "-Xshare:dump",
            "-XX:+UseSerialGC",  # as the server uses
            "-Xlog:disable",
            "-Xlog:all=error:stderr",  # it would warn of thousands of classes that cannot be archived
            f"-XX:SharedClassListFile={class_list}",
            f"-XX:SharedArchiveFile={archive}",
            "-cp",
            os.pathsep.join(map(str, self.jars)),
        ]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            if idly:
                psutil.Process(process.pid).nice(getattr(psutil, "IDLE_PRIORITY_CLASS", 19))
            while process.poll() is None and not ended.wait(_POLL_SECONDS):
                pass
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        return process.returncode == 0 and archive.is_file()
