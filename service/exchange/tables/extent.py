"""The size of the sheets of a spreadsheet, checked before any sheet is loaded into memory.

The reader holds a sheet as one block from its first to its last filled cell: two cells, A1 and XFD1048576, would make
it request 500 GB, which ends the process. It copies a shared text for every cell that shows it. So the sheets are first
read by a streaming parser that stores nothing.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

from graph.errors import InvalidInput
from service.exchange.tables.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TAGS, MAX_TEXT, refuse_over
from service.exchange.tables.spreadsheet_parts import Spreadsheet, SpreadsheetParts, damaged

CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
"""A cell reference in XLSX, up to XFD1048576."""

Attributes = dict[str, str]


def check_extent(spreadsheet: SpreadsheetParts) -> None:
    """Raise ``TooLarge`` if the sheets have more rows, columns, cells or text than ``limits`` allows.

    Raises ``InvalidInput`` for XML that is malformed, not UTF-8 or declares a document type, which no spreadsheet needs
    and which could define entities.
    """
    tags = sum(part.count(b"<") for part in spreadsheet.parts.values())
    refuse_over(tags, MAX_TAGS, "XML tags", cure="Split the table, or save it as CSV UTF-8.")
    shared: list[int] = []
    for path, part in spreadsheet.parts.items():
        if path.lower().endswith("sharedstrings.xml"):
            texts = _SharedTexts()
            _walk(part, texts)
            shared = texts.lengths
    cells = text = 0
    for path, part in spreadsheet.parts.items():
        if path == "mimetype":
            continue
        sheet = _OdsSheets() if spreadsheet.kind is Spreadsheet.ODS else _XlsxSheet(shared)
        _walk(part, sheet)
        cells += sheet.cells
        text += sheet.text
        refuse_over(cells, MAX_CELLS, "cells", cure="Delete stray cells far from the table, or split the table.")
        refuse_over(text, MAX_TEXT, "characters")


class _Walker:
    """Callbacks for the elements of one XML part; names come without their prefix."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Handle an opening tag."""

    def end(self, name: str) -> None:
        """Handle a closing tag."""

    def characters(self, text: str) -> None:
        """Handle text."""


class _SharedTexts(_Walker):
    """The length of each text that cells of an XLSX file refer to by number."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002 - the shape of the base class
        if name == "si":
            self.lengths.append(0)

    def characters(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _XlsxSheet(_Walker):
    """The used area of a sheet. A cell with any content counts as filled; a cell that is only formatted does not."""

    def __init__(self, shared: list[int]) -> None:
        self.text = 0
        self._shared = shared
        self._row = self._column = 0
        self._last_row = self._last_column = 0
        self._is_shared = self._in_value = False
        self._value = ""

    @property
    def cells(self) -> int:
        """Rows × columns up to the last filled cell."""
        return self._last_row * self._last_column

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._column = 0
        elif name == "c":
            self._column += 1
            self._is_shared = attributes.get("t") == "s"
            if reference := attributes.get("r"):
                self._row, self._column = _row_and_column(reference)
        elif name in {"v", "is", "f"}:
            self._in_value = name == "v"
            self._value = ""
            self._extend()

    def end(self, name: str) -> None:
        if name == "v" and self._in_value:
            self._in_value = False
            if self._is_shared and self._value.strip().isdecimal():
                number = _number(self._value.strip(), 0)
                self.text += self._shared[number] if number < len(self._shared) else 0

    def characters(self, text: str) -> None:
        self.text += len(text)
        if self._in_value and self._is_shared:
            self._value += text

    def _extend(self) -> None:
        if self._row > self._last_row:
            self._last_row = self._row
            refuse_over(self._row, MAX_ROWS, "rows", cure="Delete stray cells far below the table.")
        if self._column > self._last_column:
            self._last_column = self._column
            refuse_over(self._column, MAX_COLUMNS, "columns", cure="Delete stray cells far to the right of the table.")


class _OdsSheets(_Walker):
    """The used area of all tables of a document: a cell or row may declare how often it is repeated."""

    def __init__(self) -> None:
        self.text = 0
        self.cells = 0
        self._rows = self._columns = 0
        self._row_repeats = self._cell_repeats = 1
        self._row_filled = 0
        self._row_text = self._cell_text = 0
        self._cell_filled = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self._rows = 0
        elif name == "table-row":
            self._row_repeats = _repeats(attributes, "number-rows-repeated")
            self._columns = self._row_filled = self._row_text = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell_repeats = _repeats(attributes, "number-columns-repeated")
            self._cell_filled = any(key.rpartition(":")[2].endswith(("value", "value-type")) for key in attributes)
            self._cell_text = sum(len(value) for value in attributes.values())
        elif name == "s":
            # Consecutive spaces are written as one element with their count.
            self._cell_text += _repeats(attributes, "c")
            self._cell_filled = True

    def end(self, name: str) -> None:
        if name in {"table-cell", "covered-table-cell"}:
            self._columns += self._cell_repeats
            if self._cell_filled:
                self._row_filled = self._columns
                self._row_text += self._cell_text * self._cell_repeats
                refuse_over(self._row_filled, MAX_COLUMNS, "columns")
            self._cell_filled = False
        elif name == "table-row":
            self._rows += self._row_repeats
            if self._row_filled:
                refuse_over(self._rows, MAX_ROWS, "rows", cure="Delete stray cells far below the table.")
                self.cells += self._row_repeats * self._row_filled
                self.text += self._row_text * self._row_repeats
                refuse_over(self.text, MAX_TEXT, "characters")

    def characters(self, text: str) -> None:
        self._cell_text += len(text)
        self._cell_filled = True


def _walk(part: bytes, walker: _Walker) -> None:
    """Parse one XML part. It must be UTF-8, so that the spreadsheet reader cannot decode it to another text."""
    if b"\0" in part:
        raise damaged()  # UTF-16 or UTF-32: expat obeys their byte order mark whatever encoding is set
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: walker.start(_without_prefix(name), attributes)
    parser.EndElementHandler = lambda name: walker.end(_without_prefix(name))
    parser.CharacterDataHandler = walker.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(part, True)  # noqa: FBT003 - the C function takes no keyword: this is the last chunk
    except expat.ExpatError as error:
        raise damaged() from error


def _without_prefix(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def _refuse_doctype(*_: object) -> None:
    raise InvalidInput(
        "The spreadsheet declares a document type, as only a hostile file does.",
        cure="Save the table as CSV UTF-8.",
    )


def _row_and_column(reference: str) -> tuple[int, int]:
    """Return row and column of a cell reference like ``AB12``, counted from 1."""
    match = CELL.fullmatch(reference)
    if not match:
        raise damaged()
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    # Ten digits hold every number a spreadsheet uses; int() of millions of digits would take minutes.
    if not (text.isdecimal() and len(text) <= 10):
        raise damaged()
    return int(text)


def _repeats(attributes: Mapping[str, str], name: str) -> int:
    return next((_number(value, 1) for key, value in attributes.items() if key.rpartition(":")[2] == name), 1)
