"""Back a whole database up into one file, and put it back: bytes ↔ rows.

An archive is a plain tar file: parts of gzipped JSON Lines, some thousand rows each, then ``manifest.json`` with the
SHA-256 and the count of every part; behind the end of the tar a seal over every byte before it. So one changed, missing
or added byte is found before a row is looked at, ``tar`` and ``zcat`` still open it, and neither way ever has more than
one part in memory. Encrypted, all of that lies in an age file that the ``age`` tool reads.
"""

from service.archive.backup import back_up
from service.archive.restore import Archive, put_back

__all__ = ["Archive", "back_up", "put_back"]
