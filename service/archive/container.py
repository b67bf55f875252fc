"""The tar file: parts one after the other, the manifest last. Written and read in one go, one part in memory."""

import io
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from gzip import compress
from hashlib import sha256
from typing import IO, cast

from graph.errors import InvalidInput
from queries.archive import KINDS, Batch
from service.archive import manifest
from service.archive.manifest import Manifest, Part
from service.archive.seal import Readable, Sealing, Writable

PART_BYTES = 4 * 1024 * 1024
"""Text of one part, which is also what one transaction of a restore loads: some 5,000 tie reports, for which the server
takes about 100 MB of the 256 MB that our ``neo4j.conf`` gives a transaction."""

PART_ROWS = 5_000
"""Rows of one part: as many as one statement takes."""

MOST_BYTES = 128 * 1024 * 1024
"""No part is larger, packed or unpacked: a page of the longest notes comes to 40 MB on top of what is waiting."""

LEVEL = 3
"""Of gzip: packs to a sixth at 100 MB/s; the best level gains a tenth more at a quarter of the speed."""


class Packing:
    """Writes an archive."""

    def __init__(self, file: Writable) -> None:
        self._sealing = Sealing(file)
        self._tar = tarfile.TarFile(fileobj=cast("IO[bytes]", self._sealing), mode="w", format=tarfile.USTAR_FORMAT)
        self._parts: list[Part] = []
        self._numbers: Counter[str] = Counter()
        self._kind = ""
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, batch: Batch) -> None:
        """Take rows in; those of one kind must come together."""
        if batch.kind != self._kind:
            self._end_part()
            self._kind = batch.kind
        for line in batch.lines:
            if len(self._lines) >= PART_ROWS or self._size >= PART_BYTES:
                self._end_part()
            self._lines.append(line)
            self._size += len(line) + 1

    def end(self, about: Manifest) -> Manifest:
        """Write what is left, then the manifest with all parts in it, and the seal. Return that manifest."""
        self._end_part()
        complete = replace(about, parts=tuple(self._parts))
        self._add_file(manifest.NAME, complete.to_bytes())
        self._tar.close()
        self._sealing.seal()
        return complete

    def _end_part(self) -> None:
        if not self._lines:
            return
        self._numbers[self._kind] += 1
        name = f"{self._kind}-{self._numbers[self._kind]:06}.jsonl.gz"
        data = compress(b"\n".join(self._lines) + b"\n", LEVEL, mtime=0)  # no time: the same rows give the same bytes
        self._parts.append(Part(name, self._kind, len(self._lines), len(data), sha256(data).hexdigest()))
        self._add_file(name, data)
        self._lines, self._size = [], 0

    def _add_file(self, name: str, data: bytes) -> None:
        about = tarfile.TarInfo(name)
        about.size, about.mode = len(data), 0o600
        self._tar.addfile(about, io.BytesIO(data))
        self._tar.members.clear()  # type: ignore[attr-defined]  # it would keep one for each part


def read_manifest(file: Readable) -> Manifest:
    """Return the manifest of an archive whose seal is known to be true, after holding every part against it.

    Raises ``InvalidInput`` if it is none of ours, was made by a newer program, or any part differs.
    """
    found: dict[str, tuple[int, str]] = {}
    about = None
    for name, data in _files(file):
        if name == manifest.NAME:
            about = manifest.read(data)
        else:
            found[name] = len(data), sha256(data).hexdigest()
    if about is None or found != {part.name: (part.size, part.sha256) for part in about.parts}:
        raise InvalidInput("The file holds no archive of this program.", cure="Name a file that `backup` made.")
    unknown = {part.kind for part in about.parts} - {kind.name for kind in KINDS}
    if unknown:
        raise InvalidInput(
            f"The archive holds {', '.join(sorted(unknown))}, which this program does not know.",
            cure="Restore it with the version that made it, or later.",
        )
    return about


def batches(file: Readable, about: Manifest) -> Iterator[Batch]:
    """Yield the rows of an archive, a part at a time, each held against the manifest once more before it is used."""
    parts = {part.name: part for part in about.parts}
    for name, data in _files(file):
        if name == manifest.NAME:
            continue
        part = parts.get(name)
        if part is None or sha256(data).hexdigest() != part.sha256:
            raise InvalidInput("The archive has changed while it was being restored.", cure="Run the restore again.")
        yield Batch(part.kind, _unpacked(data).splitlines())


def _files(file: Readable) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", file), mode="r|") as tar:
            for member in tar:
                if not member.isfile() or member.size > MOST_BYTES:
                    raise InvalidInput(
                        "The file holds no archive of this program.", cure="Name a file that `backup` made."
                    )
                content = tar.extractfile(member)
                yield member.name, content.read() if content else b""
                tar.members.clear()  # type: ignore[attr-defined]  # it would keep one for each part
    except tarfile.TarError as error:
        raise InvalidInput(
            "The file holds no archive of this program.", cure="Name a file that `backup` made."
        ) from error
    while file.read(PART_BYTES):  # the padding and the seal: whoever fills a pipe must be able to finish
        pass


def _unpacked(data: bytes) -> bytes:
    """The text of a part; never more than ``MOST_BYTES`` of it."""
    unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        text = unpacking.decompress(data, MOST_BYTES)
    except zlib.error as error:
        raise InvalidInput("A part of the archive cannot be unpacked.", cure="Take another copy of it.") from error
    if not unpacking.eof:
        raise InvalidInput("A part of the archive is larger than any that `backup` makes.")
    return text
