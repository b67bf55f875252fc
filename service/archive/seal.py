"""The seal: a SHA-256 over every byte of an archive, behind its end, where ``tar`` no longer looks."""

from hashlib import sha256
from typing import Protocol

from graph.errors import InvalidInput

SEAL = b"sealed sha256 %s\n"
SEAL_BYTES = len(SEAL % (b"0" * 64))

_CHUNK = 1024 * 1024


class Writable(Protocol):
    """What bytes can be written to."""

    def write(self, data: bytes, /) -> int:
        """Write all of the data."""
        ...


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        ...


class Sealing:
    """Passes bytes on to a file and seals them in the end."""

    def __init__(self, file: Writable) -> None:
        self._file = file
        self._hash = sha256()
        self._written = 0

    def write(self, data: bytes) -> int:
        """Write the data and count it in."""
        self._hash.update(data)
        self._written += len(data)
        return self._file.write(data)

    def tell(self) -> int:
        """Return how many bytes have been written, which is all that tarfile asks of what it writes to."""
        return self._written

    def seal(self) -> None:
        """Write the seal: nothing may follow."""
        self._file.write(SEAL % self._hash.hexdigest().encode())


def check_seal(file: Readable) -> None:
    """Read a file to its end; raise ``InvalidInput`` unless it is a tar file with a true seal behind it."""
    found, tail, first = sha256(), b"", True
    while data := file.read(_CHUNK):
        if first and data[257:262] != b"ustar":  # where every tar file says that it is one
            raise InvalidInput("The file is no archive.", cure="Name a file that `backup` made.")
        first = False
        tail += data
        found.update(tail[:-SEAL_BYTES])
        tail = tail[-SEAL_BYTES:]
    if tail != SEAL % found.hexdigest().encode():
        raise InvalidInput(
            "The archive is corrupted or cut off: its seal does not fit what it holds. Nothing was restored.",
            cure="Take another copy of it.",
        )
