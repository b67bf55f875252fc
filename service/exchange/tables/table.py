"""A table of text cells, with the row numbers that a spreadsheet program shows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.errors import TooLarge
from graph.text import clean_name, shows
from service.exchange.tables.limits import MAX_CELL_LENGTH, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, refuse_over

INVISIBLE = re.compile(
    # Control characters except white space, zero-width space, marks that change the direction of text near them,
    # byte order mark and lone surrogates. Joiners (U+200C, U+200D) stay: Persian and Arabic names need them.
    "[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

UNUSUAL = re.compile(r"[^\S \r\n\t]|" + INVISIBLE.pattern)
"""White space that looks like a plain space (above all no-break spaces), and ``INVISIBLE``."""


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row. Cells are tidied; empty cells after the last filled one are left out.

    ``repeats`` is true if an earlier row of the table is the same, character by character.
    """

    number: int
    cells: tuple[str, ...]
    repeats: bool = False

    def __getitem__(self, column: int) -> str:
        """Return the text in a column, counted from 0; ``""`` beyond the last filled one."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The filled rows of one sheet, and its height: the number of rows including blank ones.

    ``name`` is the sheet's, ``""`` for a file without sheets. ``unusual`` counts the cells with no-break spaces or
    invisible characters, ``first_unusual`` is the row of the first. ``encoding`` is ``""`` unless it was guessed.
    """

    name: str
    rows: tuple[Row, ...]
    height: int
    unusual: int = 0
    first_unusual: int | None = None
    encoding: str = ""


def tidy(text: str) -> str:
    """Return a cell's text without invisible characters, in NFC, with every run of white space as one space.

    Of text that shows nothing at all, nothing is left.
    """
    tidied = clean_name(INVISIBLE.sub("", text))
    return tidied if shows(tidied) else ""


def make_table(name: str, raw_rows: Iterable[Iterable[str]], *, encoding: str = "") -> Table:
    """Return the table of raw cells; ``raw_rows`` begin at row 1. Raises ``TooLarge`` over a limit, naming the row."""
    reader = _RowReader()
    rows = tuple(reader.rows(raw_rows))
    return Table(name, rows, reader.height, reader.unusual, reader.first_unusual, encoding)


class _RowReader:
    """Tidies cells (each different text once) and counts those with unusual characters."""

    def __init__(self) -> None:
        self.height = 0
        self.unusual = 0
        self.first_unusual: int | None = None
        self._tidied: dict[str, str] = {"": ""}
        self._cells = 0
        self._seen: set[tuple[str, ...]] = set()

    def rows(self, raw_rows: Iterable[Iterable[str]]) -> Iterator[Row]:
        for number, raw_row in enumerate(raw_rows, 1):
            refuse_over(number, MAX_ROWS, "rows")
            self.height = number
            raw_cells = tuple(raw_row)
            cells = [self._cell(text, number) for text in raw_cells]
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            refuse_over(len(cells), MAX_COLUMNS, f"columns (in row {number})")
            self._cells += len(cells)
            refuse_over(self._cells, MAX_CELLS, "cells")
            yield Row(number, tuple(cells), raw_cells in self._seen)
            self._seen.add(raw_cells)

    def _cell(self, text: str, number: int) -> str:
        if len(text) > MAX_CELL_LENGTH:
            raise TooLarge(
                f"A cell in row {number} has more than {MAX_CELL_LENGTH:,} characters.",
                cure="Look for a quotation mark that is never closed, or shorten the cell.",
            )
        tidied = self._tidied.get(text)
        if tidied is None:
            tidied = self._tidied[text] = tidy(text)
        if tidied != text and (UNUSUAL.search(text) or not (tidied or text.isspace())):
            self.unusual += 1
            self.first_unusual = self.first_unusual or number
        return tidied
