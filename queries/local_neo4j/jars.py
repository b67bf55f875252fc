"""Which files make up the local Neo4j, by a committed lock, and whether this machine has them."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

LOCK_FILE = "jars-5.26.json"
"""The lock in use. Another release line is another file of the same shape; nothing else knows versions."""


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


@cache
def load_lock(name: str = LOCK_FILE) -> JarLock:
    """The committed lock of that name."""
    data = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    jars = tuple(Jar(jar["coordinate"], jar["sha256"], jar["size"]) for jar in data["jars"])
    return JarLock(data["product"], data["version"], data["java"], jars)


def missing_jars(folder: Path, lock: JarLock) -> list[Jar]:
    """The jars of the lock that are not there or not as they were; 0.1 s when all are there, as each is read."""
    return [jar for jar in lock.jars if not is_intact(folder / jar.filename, jar)]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_intact(path: Path, jar: Jar) -> bool:
    """Whether a file is the one the lock means."""
    return path.is_file() and path.stat().st_size == jar.size and sha256_of(path) == jar.sha256
