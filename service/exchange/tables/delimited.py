"""CSV and its relatives: which encoding, which separator, which cells."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from graph.errors import InvalidInput, TooLarge
from service.exchange.tables.limits import MAX_COLUMNS
from service.exchange.tables.table import Table, make_table

SEPARATORS = (",", ";", "\t", "|")
"""In the order tried: of equally good ones the first wins."""

SAMPLE_ROWS = 50
"""Rows looked at to find the separator: past any title rows, little work."""

SAMPLE_CHARACTERS = 200_000
"""Characters looked at to find the separator: 50 rows of 4,000."""

MAX_LINE_SEPARATORS = 100 * MAX_COLUMNS
"""Most separators between two complete rows. Text may hold separators too, so this is generous; it only keeps a line of
a million commas from being taken apart before the columns are counted."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end, only the ends that CSV knows. Found one by one: a second copy of the text costs memory."""

EXCEL_HINT = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
"""A first line by which Excel is told the separator."""


def read_delimited(data: bytes) -> Table:
    """Return the one table of a CSV file.

    UTF-8 and UTF-16 are recognised, anything else is read as Windows-1252 and says so in ``Table.encoding``. Raises
    ``InvalidInput`` for what is no text, ``TooLarge`` over a cap.
    """
    text, guessed = _decode(data)
    hint = EXCEL_HINT.match(text)
    separator = hint[1] if hint else _separator(text[:SAMPLE_CHARACTERS])
    try:
        return make_table("", _records(text, separator), encoding=guessed)
    except csv.Error as error:
        raise InvalidInput(
            f"The file cannot be read as CSV: {error}.",
            cure="Look for a quotation mark that is never closed, or save the table anew as CSV UTF-8.",
        ) from error


def _decode(data: bytes) -> tuple[str, str]:
    """Return the text, and the encoding where it had to be guessed."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), ""
        if b"\0" not in data:
            return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        if b"\0" not in data:
            return _guess(data)
    except UnicodeDecodeError:
        pass
    raise InvalidInput(
        "The file is neither a spreadsheet (XLSX, ODS) nor text that can be read.",
        cure="Save the table as XLSX, ODS or CSV UTF-8.",
    )


def _guess(data: bytes) -> tuple[str, str]:
    """Read UTF-8 with a few broken characters as such, all else as Windows-1252, where almost any byte is a letter."""
    text = data.decode("utf-8-sig", errors="replace")
    lost = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text) - lost
    return (text, f"UTF-8 with {lost:,} characters lost") if whole > lost else (data.decode("cp1252"), "Windows-1252")


def _separator(text: str) -> str:
    """Return the separator that cuts the first rows into the most columns, the same number in most of them."""
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for record in _records(text, separator):
            if record:
                widths[len(record)] += 1
            if widths.total() >= SAMPLE_ROWS:
                break
    except (csv.Error, TooLarge):
        return 0
    # Columns times rows of that width: a comma inside a sentence is rare and uneven, a separator is neither.
    cut = widths.total() - widths[1]
    return max((width - 1) * count for width, count in widths.items()) if cut * 2 > widths.total() else 0


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the rows of cells. The csv module's own limit on a cell is far over ours and not changed, being global."""
    lines = _Lines(text, separator)
    for record in csv.reader(lines, delimiter=separator):
        lines.separators = 0
        yield record


class _Lines(Iterator[str]):
    """The lines of a text, counting the separators met since the last complete row."""

    def __init__(self, text: str, separator: str) -> None:
        self._lines = LINE.finditer(text)
        self._separator = separator
        self.separators = 0

    def __next__(self) -> str:
        line = next(self._lines)[0]
        self.separators += line.count(self._separator)
        if self.separators > MAX_LINE_SEPARATORS:
            raise TooLarge(
                f"A row has more than {MAX_COLUMNS} columns; this is the most that is read.",
                cure="Look for a quotation mark that is never closed, or remove the columns that hold nothing.",
            )
        return line
