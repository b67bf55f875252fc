"""The whole database as lines of text, for an operator's archive.

None of this is a viewer's read. It returns every record of every sensitivity, retracted and internal ones too, and is
reached through ``queries.admin.operations`` alone.
"""

from queries.archive.canonical import Fingerprint
from queries.archive.kinds import KINDS, Kind
from queries.archive.reading import ArchiveReader, Batch, Snapshot

__all__ = ["KINDS", "ArchiveReader", "Batch", "Fingerprint", "Kind", "Snapshot"]
