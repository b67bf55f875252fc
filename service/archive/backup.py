"""Back up: every row of the database into one file, which gets its name only once it is whole."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import IO

from queries.admin.operations import ArchiveReader, Operations, Snapshot
from service.archive.container import Packing
from service.archive.encryption import encrypting
from service.archive.encryption import recipients as recipients_of
from service.archive.manifest import Manifest
from service.files import written_whole


def back_up(operations: Operations, path: Path, *, recipients: Sequence[str] = (), hold: bool = False) -> Manifest:
    """Write the whole database to ``path`` and return what the archive says of itself.

    The service may run meanwhile; the archive holds the database as it was at one instant. With ``recipients`` (public
    keys of age) only they can read it. Readable by its owner alone; ``path`` is written whole or stays what it was.
    Raises ``InvalidInput`` for a key or a path that cannot be used, and what ``Operations.read_everything`` raises.
    """
    to = recipients_of(recipients)
    neo4j = operations.server().version
    with written_whole(path) as file:

        def take(reading: ArchiveReader) -> Manifest:
            file.seek(0)
            file.truncate()  # what an earlier reading wrote that somebody disturbed
            inlet: AbstractContextManager[IO[bytes]] = encrypting(file, to) if to else nullcontext(file)
            with inlet as writable:
                packing = Packing(writable)
                for batch in reading:
                    packing.add(batch)
                return packing.end(_manifest(reading.snapshot, neo4j))

        return operations.read_everything(take, hold=hold)


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
