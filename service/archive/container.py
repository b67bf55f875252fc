"""The tar file: the parts, then the manifest. It is written and read as a stream, with one part in memory."""

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
from service.archive.manifest import MANIFEST_NAME, ArchivePart, Manifest, parse_manifest
from service.archive.seal import Readable, SealingWriter, Writable

PART_BYTES = 4 * 1024 * 1024
"""Uncompressed size of one part, which one transaction of a restore loads: some 5,000 tie reports, for which the server
takes manifest 100 MB of the 256 MB that our ``neo4j.conf`` allows a transaction."""

PART_ROWS = 5_000
"""Most rows of one part: as many as one statement takes."""

MAX_PART_BYTES = 128 * 1024 * 1024
"""Largest part, compressed or not: a page of the longest notes adds 40 MB to the rows already waiting."""

GZIP_LEVEL = 3
"""Compresses to a sixth at 100 MB/s; the best level saves another tenth at a quarter of the speed."""


class ArchiveWriter:
    """Writes an archive."""

    def __init__(self, file: Writable) -> None:
        self._sealing_writer = SealingWriter(file)
        self._tar = tarfile.TarFile(
            fileobj=cast("IO[bytes]", self._sealing_writer), mode="w", format=tarfile.USTAR_FORMAT
        )
        self._parts: list[ArchivePart] = []
        self._numbers: Counter[str] = Counter()
        self._kind = ""
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, batch: Batch) -> None:
        """Add rows; all rows of one kind must be added consecutively."""
        if batch.kind != self._kind:
            self._write_part()
            self._kind = batch.kind
        for line in batch.lines:
            if len(self._lines) >= PART_ROWS or self._size >= PART_BYTES:
                self._write_part()
            self._lines.append(line)
            self._size += len(line) + 1

    def finish(self, manifest: Manifest) -> Manifest:
        """Write the last part, the manifest with all parts added, and the seal. Return that manifest."""
        self._write_part()
        complete = replace(manifest, parts=tuple(self._parts))
        self._add_file(MANIFEST_NAME, complete.to_bytes())
        self._tar.close()
        self._sealing_writer.seal()
        return complete

    def _write_part(self) -> None:
        if not self._lines:
            return
        self._numbers[self._kind] += 1
        name = f"{self._kind}-{self._numbers[self._kind]:06}.jsonl.gz"
        data = compress(b"\n".join(self._lines) + b"\n", GZIP_LEVEL, mtime=0)  # no time: equal rows give equal bytes
        self._parts.append(ArchivePart(name, self._kind, len(self._lines), len(data), sha256(data).hexdigest()))
        self._add_file(name, data)
        self._lines, self._size = [], 0

    def _add_file(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(data), 0o600
        self._tar.addfile(member, io.BytesIO(data))
        self._tar.members.clear()  # type: ignore[attr-defined]  # tarfile would hold one for each part


def read_manifest(file: Readable) -> Manifest:
    """Return the manifest of an archive whose seal has been checked, once every part matches it.

    Raises ``InvalidInput`` if this program did not make it, a newer version made it, or any part differs.
    """
    sizes_and_hashes: dict[str, tuple[int, str]] = {}
    manifest = None
    for name, data in _files(file):
        if name == MANIFEST_NAME:
            manifest = parse_manifest(data)
        else:
            sizes_and_hashes[name] = len(data), sha256(data).hexdigest()
    if manifest is None or sizes_and_hashes != {part.name: (part.size, part.sha256) for part in manifest.parts}:
        raise InvalidInput("The file is not an archive of this program.", cure="Name a file that `backup` made.")
    unknown = {part.kind for part in manifest.parts} - {kind.name for kind in KINDS}
    if unknown:
        raise InvalidInput(
            f"The archive contains {', '.join(sorted(unknown))}, which this program does not know.",
            cure="Restore it with the version that made it, or later.",
        )
    return manifest


def batches(file: Readable, manifest: Manifest) -> Iterator[Batch]:
    """Yield the rows of an archive, one part at a time, each checked against the manifest again before it is used."""
    parts = {part.name: part for part in manifest.parts}
    for name, data in _files(file):
        if name == MANIFEST_NAME:
            continue
        part = parts.get(name)
        if part is None or sha256(data).hexdigest() != part.sha256:
            raise InvalidInput("The archive has changed while it was being restored.", cure="Run the restore again.")
        yield Batch(part.kind, _decompressed(data).splitlines())


def _files(file: Readable) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", file), mode="r|") as tar:
            for member in tar:
                if not member.isfile() or member.size > MAX_PART_BYTES:
                    raise InvalidInput(
                        "The file is not an archive of this program.", cure="Name a file that `backup` made."
                    )
                content = tar.extractfile(member)
                yield member.name, content.read() if content else b""
                tar.members.clear()  # type: ignore[attr-defined]  # tarfile would hold one for each part
    except tarfile.TarError as error:
        raise InvalidInput(
            "The file is not an archive of this program.", cure="Name a file that `backup` made."
        ) from error
    while file.read(PART_BYTES):  # reads the padding and the seal, so that the thread that fills the pipe can finish
        pass


def _decompressed(data: bytes) -> bytes:
    """Return the text of a part; raise ``InvalidInput`` if it is damaged or over ``MAX_PART_BYTES``."""
    decompressor = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        text = decompressor.decompress(data, MAX_PART_BYTES)
    except zlib.error as error:
        raise InvalidInput("A part of the archive cannot be decompressed.", cure="Take another copy of it.") from error
    if not decompressor.eof:
        raise InvalidInput("A part of the archive is larger than any that `backup` makes.")
    return text
