"""Back up a whole database into one file and restore it: rows ↔ bytes.

An archive is a plain tar file: parts of gzipped JSON Lines, some thousand rows each, then ``manifest.json`` with the
SHA-256 and the row count of every part; after the end of the tar follows a seal, a hash of every byte before it. So a
changed, missing or added byte is found before any row is read, ``tar`` and ``zcat`` can open the file, and backup and
restore hold only one part in memory. An encrypted archive is the same in an age file, which the ``age`` tool reads.
"""

from service.archive.backup import back_up
from service.archive.restore import Archive, restore_archive

__all__ = ["Archive", "back_up", "restore_archive"]
