"""The whole database as lines of text, for whoever runs the service: what an archive is made of.

None of this is a viewer's read. It gives every record of every sensitivity, the retracted and the internal ones too,
and is reached through ``queries.admin.operations`` alone.
"""

from queries.archive.canonical import Fingerprint
from queries.archive.kinds import KINDS, Kind
from queries.archive.reading import ArchiveReader, Batch, Snapshot

__all__ = ["KINDS", "ArchiveReader", "Batch", "Fingerprint", "Kind", "Snapshot"]
