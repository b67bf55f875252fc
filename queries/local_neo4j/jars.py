"""The committed locks of the local Neo4j's files, and whether this machine has these files."""

import json
import os
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from graph.errors import StoreUnavailable

LINE = "5.26"
"""The release line of Neo4j in use. Each has its lock, ``jars-<line>.json``; versions are nowhere else."""

LINE_VARIABLE = "STAKEHOLDER_GRAPH_NEO4J_LINE"
"""Environment variable naming another line that has a lock, for developers: it needs the Java of that line installed,
and a data directory of its own, as the older line cannot open what the newer one has written."""


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


def lines() -> tuple[str, ...]:
    """Return the release lines that have a lock, sorted."""
    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name[5:-5] for name in names if name.startswith("jars-") and name.endswith(".json")))


def load_lock(line: str | None = None) -> JarLock:
    """Return the committed lock of a release line, by default of the line in use.

    Raises:
        StoreUnavailable: if the environment names a line that has no lock.
    """
    chosen = line or os.environ.get(LINE_VARIABLE) or LINE
    if chosen not in lines():
        raise StoreUnavailable(
            f"There is no local Neo4j of the release line that {LINE_VARIABLE} names.",
            cure=f"Set it to one of {', '.join(lines())}, or unset it.",
        )
    return _read_lock(chosen)


@cache
def _read_lock(line: str) -> JarLock:
    data = json.loads(files(__package__).joinpath(f"jars-{line}.json").read_text(encoding="utf-8"))
    jars = tuple(Jar(jar["coordinate"], jar["sha256"], jar["size"]) for jar in data["jars"])
    return JarLock(data["product"], data["version"], data["java"], jars)


def missing_jars(folder: Path, lock: JarLock) -> list[Jar]:
    """Return the jars of the lock that are missing or changed; takes 0.1 s when all exist, as each is read."""
    return [jar for jar in lock.jars if not is_intact(folder / jar.filename, jar)]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_intact(path: Path, jar: Jar) -> bool:
    """Return whether a file is the one in the lock."""
    return path.is_file() and path.stat().st_size == jar.size and sha256_of(path) == jar.sha256
