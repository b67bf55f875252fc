"""XLSX and ODS are zip archives of XML parts: check the parts, unpack them, and pack only those for the reader.

The spreadsheet reader gets a new zip archive of the checked parts. So it cannot read anything that was not checked,
even if it would read the original differently (duplicate names, bytes before the archive).
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from graph.errors import InvalidInput, TooLarge
from service.exchange.tables.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, MEBIBYTE, refuse_over

ENTRY_SIGNATURE = b"PK\x01\x02"
"""Starts each entry of a zip directory. Entries are counted before the directory is read, as reading costs memory for
each."""

ENCRYPTED = 0x1
"""General purpose bit 0 of the zip format (APPNOTE.TXT 4.4.4)."""


class Spreadsheet(Enum):
    """The spreadsheet formats that can be read."""

    XLSX = "XLSX"
    ODS = "ODS"


@dataclass(frozen=True, slots=True)
class SpreadsheetParts:
    """The XML parts of a spreadsheet by their path."""

    kind: Spreadsheet
    parts: Mapping[str, bytes]

    def to_zip(self) -> bytes:
        """Return a zip archive of these parts and no others, uncompressed."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for path, content in self.parts.items():
                archive.writestr(path, content)
        return out.getvalue()


def damaged() -> InvalidInput:
    """Return the error for a spreadsheet that cannot be read."""
    return InvalidInput(
        "The spreadsheet is damaged and cannot be read.", cure="Open it in a spreadsheet program and save it again."
    )


def unpack(data: bytes) -> SpreadsheetParts:
    """Return the XML parts of a spreadsheet.

    Raises ``TooLarge`` for a zip bomb (too many parts, too long or too highly compressed) and ``InvalidInput`` for an
    archive that is damaged, locked by a password or not a spreadsheet.
    """
    refuse_over(data.count(ENTRY_SIGNATURE), MAX_PARTS, "parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if _is_read(entry.filename)]
            _check_entries(entries)
            # zipfile reads no more of a part than its entry declares, so the sum just checked is a bound.
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise damaged() from error
    return SpreadsheetParts(_format(parts), parts)


def _is_read(path: str) -> bool:
    return path.endswith((".xml", ".rels")) or path == "mimetype"


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len({entry.filename for entry in entries}) != len(entries):
        raise damaged()
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise InvalidInput("The spreadsheet is locked by a password.", cure="Save it without a password.")
    refuse_over(sum(entry.file_size for entry in entries), MAX_UNPACKED, "bytes once unpacked")
    for entry in entries:
        if entry.file_size > MEBIBYTE and entry.file_size > MAX_RATIO * entry.compress_size:
            raise TooLarge(
                f"A part of the spreadsheet unpacks to more than {MAX_RATIO} times its size, as only a zip bomb does.",
                cure="Save the table as CSV UTF-8.",
            )


def _format(parts: Mapping[str, bytes]) -> Spreadsheet:
    if "xl/workbook.xml" in parts:
        return Spreadsheet.XLSX
    if "content.xml" in parts and b"opendocument.spreadsheet" in parts.get("mimetype", b""):
        return Spreadsheet.ODS
    raise InvalidInput(
        "The archive contains no XLSX or ODS spreadsheet.", cure="Save the table as XLSX, ODS or CSV UTF-8."
    )
