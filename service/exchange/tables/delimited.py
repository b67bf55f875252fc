"""CSV and similar text: find the encoding and the separator, return the cells."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from graph.errors import InvalidInput, TooLarge
from service.exchange.tables.limits import MAX_COLUMNS
from service.exchange.tables.table import Table, make_table

SEPARATORS = (",", ";", "\t", "|")
"""In the order they are tried; of equally good ones the first is used."""

SAMPLE_ROWS = 50
"""Rows read to find the separator: more than any title rows, and quick."""

SAMPLE_CHARACTERS = 200_000
"""Characters read to find the separator: 50 rows of 4,000."""

MAX_LINE_SEPARATORS = 100 * MAX_COLUMNS
"""Most separators between two complete rows. Quoted text may contain some too, so this is generous; it only keeps a
line of a million commas from being split before its columns are counted."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its line end, of the line ends that CSV has. Lines are matched one by one, as a second copy of the text
would cost memory."""

EXCEL_HINT = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
"""A first line that tells Excel the separator."""


def read_delimited(data: bytes) -> Table:
    """Return the one table of a CSV file.

    UTF-8 and UTF-16 are recognised; anything else is read as Windows-1252, and ``Table.encoding`` says so. Raises
    ``InvalidInput`` if the bytes are not text, ``TooLarge`` over a limit.
    """
    text, guessed_encoding = _decode(data)
    hint = EXCEL_HINT.match(text)
    separator = hint[1] if hint else _separator(text[:SAMPLE_CHARACTERS])
    try:
        return make_table("", _rows(text, separator), encoding=guessed_encoding)
    except csv.Error as error:
        raise InvalidInput(
            f"The file cannot be read as CSV: {error}.",
            cure="Look for a quotation mark that is never closed, or save the table again as CSV UTF-8.",
        ) from error


def _decode(data: bytes) -> tuple[str, str]:
    """Return the text, and the encoding if it was guessed, else ``""``."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), ""
        if b"\0" not in data:
            return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        if b"\0" not in data:
            return _decode_by_guess(data)
    except UnicodeDecodeError:
        pass
    raise InvalidInput(
        "The file is neither a spreadsheet (XLSX, ODS) nor readable text.",
        cure="Save the table as XLSX, ODS or CSV UTF-8.",
    )


def _decode_by_guess(data: bytes) -> tuple[str, str]:
    """Decode as UTF-8 if few characters are invalid, else as Windows-1252, in which almost any byte is a letter."""
    text = data.decode("utf-8-sig", errors="replace")
    lost = text.count("\ufffd")
    valid = sum(not character.isascii() for character in text) - lost
    return (text, f"UTF-8 with {lost:,} characters lost") if valid > lost else (data.decode("cp1252"), "Windows-1252")


def _separator(text: str) -> str:
    """Return the separator that splits the first rows into the most columns, with the same number in most rows."""
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for row in _rows(text, separator):
            if row:
                widths[len(row)] += 1
            if widths.total() >= SAMPLE_ROWS:
                break
    except (csv.Error, TooLarge):
        return 0
    # Columns times rows of that width: commas inside sentences are rare and uneven, separators are neither.
    split = widths.total() - widths[1]
    return max((width - 1) * count for width, count in widths.items()) if split * 2 > widths.total() else 0


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the rows of cells. The csv module's own cell limit is far above ours; being global it is not changed."""
    lines = _LinesWithSeparatorLimit(text, separator)
    for row in csv.reader(lines, delimiter=separator):
        lines.separators = 0
        yield row


class _LinesWithSeparatorLimit(Iterator[str]):
    """The lines of a text; counts the separators since the last complete row and refuses too many."""

    def __init__(self, text: str, separator: str) -> None:
        self._lines = LINE.finditer(text)
        self._separator = separator
        self.separators = 0

    def __next__(self) -> str:
        line = next(self._lines)[0]
        self.separators += line.count(self._separator)
        if self.separators > MAX_LINE_SEPARATORS:
            raise TooLarge(
                f"A row has more than {MAX_COLUMNS} columns, which is the most that can be read.",
                cure="Look for a quotation mark that is never closed, or remove empty columns.",
            )
        return line
