"""The seal: a SHA-256 of every byte of an archive, after the end of the tar, where ``tar`` ignores it."""

from hashlib import sha256
from typing import Protocol

from graph.errors import InvalidInput

SEAL = b"sealed sha256 %s\n"
SEAL_BYTES = len(SEAL % (b"0" * 64))

_CHUNK = 1024 * 1024


class Writable(Protocol):
    """A file that bytes can be written to."""

    def write(self, data: bytes, /) -> int:
        """Write all of the data."""
        ...


class Readable(Protocol):
    """A file that bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        ...


class SealingWriter:
    """Passes bytes to a file, hashes them and writes the seal at the end."""

    def __init__(self, file: Writable) -> None:
        self._file = file
        self._hash = sha256()
        self._written = 0

    def write(self, data: bytes) -> int:
        """Write the data and add it to the hash."""
        self._hash.update(data)
        self._written += len(data)
        return self._file.write(data)

    def tell(self) -> int:
        """Return how many bytes have been written; tarfile needs it."""
        return self._written

    def seal(self) -> None:
        """Write the seal. Nothing may be written after it."""
        self._file.write(SEAL % self._hash.hexdigest().encode())


def check_seal(file: Readable) -> None:
    """Read a file to its end; raise ``InvalidInput`` unless it is a tar file followed by its correct seal."""
    hashed, tail, first = sha256(), b"", True
    while data := file.read(_CHUNK):
        if first and data[257:262] != b"ustar":  # the magic number of every tar file
            raise InvalidInput("The file is not an archive.", cure="Name a file that `backup` made.")
        first = False
        tail += data
        hashed.update(tail[:-SEAL_BYTES])
        tail = tail[-SEAL_BYTES:]
    if tail != SEAL % hashed.hexdigest().encode():
        raise InvalidInput(
            "The archive is corrupted or cut off: its seal does not match its content. Nothing was restored.",
            cure="Take another copy of it.",
        )
