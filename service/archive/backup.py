"""Back up: write every row of the database into one file, which gets its name only once it is complete."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import IO

from queries.admin.operations import ArchiveReader, Operations, Snapshot
from service.archive.container import ArchiveWriter
from service.archive.encryption import encrypting, parse_recipients
from service.archive.manifest import Manifest
from service.files import atomically_written


def back_up(operations: Operations, path: Path, *, recipients: Sequence[str] = (), hold: bool = False) -> Manifest:
    """Write the whole database to ``path`` and return the manifest of the archive.

    The service may run meanwhile; the archive has the state of the database at one instant. With ``recipients`` (public
    age keys) only they can read it. The file is readable by its owner only and replaces ``path`` only once complete.
    Raises ``InvalidInput`` for an unusable key or path, and what ``Operations.read_everything`` raises.
    """
    age_recipients = parse_recipients(recipients)
    neo4j = operations.server().version
    with atomically_written(path) as file:

        def write_archive(reading: ArchiveReader) -> Manifest:
            file.seek(0)
            file.truncate()  # discards what an earlier attempt wrote before a write to the database interrupted it
            target: AbstractContextManager[IO[bytes]] = (
                encrypting(file, age_recipients) if age_recipients else nullcontext(file)
            )
            with target as writable:
                writer = ArchiveWriter(writable)
                for batch in reading:
                    writer.add(batch)
                return writer.finish(_manifest(reading.snapshot, neo4j))

        return operations.read_everything(write_archive, hold=hold)


def _manifest(snapshot: Snapshot, neo4j: str) -> Manifest:
    return Manifest(
        product=version("stakeholder-relationship-graph"),
        neo4j=neo4j,
        made_at=snapshot.at.isoformat(),
        schema=snapshot.schema,
        revisions={str(clearance): number for clearance, number in snapshot.revisions.items()},
        counts=snapshot.counts,
        fingerprint=snapshot.fingerprint,
        parts=(),
    )
