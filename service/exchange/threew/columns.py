"""Find the heading of a table and what each column holds.

The heading is the row above a row of HXL tags, or else the row among the first ones with the most known headings;
title rows above it are skipped. A mapping given by the user takes precedence over tags, tags over headings.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.errors import Finding, InvalidInput
from graph.field_rules import NAME_LENGTH
from service.exchange.findings import RowFinding
from service.exchange.tables.table import Row, Table
from service.exchange.threew import headings, hxl
from service.exchange.threew.fields import FIELDS, LEVELS, ORGANISATION_FIELDS, area_field, code_field
from service.exchange.threew.mapping import ColumnMapping, checked_mapping, listed_columns, mapped_columns

HEADING_ROWS = 25
"""Filled rows searched for the heading: more than any title block, few enough to be quick."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A table with its heading identified. ``fields`` is field → column, counted from 0."""

    table: Table
    heading_row: int
    last_heading_row: int
    headings: tuple[str, ...]
    fields: Mapping[str, int]
    findings: tuple[RowFinding, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The filled rows under the heading."""
        return tuple(row for row in self.table.rows if row.number > self.last_heading_row)

    @property
    def titles(self) -> str:
        """All text above the heading, which may name the period."""
        return " ".join(cell for row in self.table.rows if row.number < self.heading_row for cell in row.cells if cell)

    def has(self, field: str) -> bool:
        """Tell whether there is a column for a field."""
        return field in self.fields

    def value(self, row: Row, field: str) -> str:
        """Return the text of a field in a row, at most ``NAME_LENGTH`` long, ``""`` where there is none."""
        column = self.fields.get(field)
        return "" if column is None else _shortened(row[column])

    def heading(self, field: str) -> str:
        """Return the heading of a field's column, ``""`` where there is none."""
        return self.headings[self.fields[field]] if field in self.fields else ""

    def mapping(self) -> dict[str, str]:
        """Return which heading each field is read from, in the order of ``FIELDS``."""
        return {field: self.heading(field) for field in FIELDS if field in self.fields}


def find_columns(tables: Sequence[Table], mapping: ColumnMapping | None = None) -> Columns:
    """Return the table with a column of organisations; of several the one with the most known columns.

    Raises ``InvalidInput`` for a mapping that names an unknown field or a missing column, and if no column of
    organisations is found: the cure then lists the columns of the table.
    """
    checked = checked_mapping(mapping or {})
    identified, refused = [], []
    for table in tables:
        try:
            identified.append(_identify_columns(table, checked))
        except InvalidInput as error:
            refused.append(error)
    if not identified:
        raise refused[0]
    best = max(identified, key=lambda columns: len(columns.fields))
    if len(tables) == 1:
        return best
    others = ", ".join(table.name for table in tables if table is not best.table)
    unread = RowFinding(
        None, "", others, f"only the sheet {best.table.name} was read", "Import the other sheets as separate files."
    )
    return replace(best, findings=(*best.findings, unread))


def _identify_columns(table: Table, mapping: Mapping[str, str]) -> Columns:
    top = table.rows[:HEADING_ROWS]
    heading, tags = _heading(top, mapping)
    width = max(len(heading.cells), len(tags.cells) if tags else 0)
    names = tuple(_shortened(heading[column] or (tags[column] if tags else "")) for column in range(width))
    candidates = list(_tagged(names, tags) if tags else _headed(names))
    chosen = mapped_columns(mapping, names)
    fields: dict[str, int] = {}
    findings = []
    for field, column in candidates:
        if column in chosen.values() or field in mapping:
            continue
        if field in fields:
            findings.append(_second_column(heading.number, names[column], names[fields[field]], field))
            continue
        fields[field] = column
    fields |= chosen
    if not any(field in fields for field in ORGANISATION_FIELDS):
        raise _no_organisation(table, heading, names)
    last = tags.number if tags else heading.number
    columns = Columns(table, heading.number, last, names, fields)
    return replace(columns, findings=(*findings, *_long_cells(columns)))


def _heading(top: Sequence[Row], mapping: Mapping[str, str]) -> tuple[Row, Row | None]:
    """Return the heading row and the row of tags, which may be the same row."""
    for position, row in enumerate(top):
        if hxl.is_tag_row(row.cells):
            above = top[position - 1] if position and top[position - 1].number == row.number - 1 else row
            return above, row
    mapped_headings = {headings.compact(column) for column in mapping.values()}
    best = max(top, key=lambda row: (_known(row, mapped_headings), -row.number))
    if _known(best, mapped_headings):
        return best, None
    filled = [sum(map(bool, row.cells)) for row in top]
    # No known heading: the first row that fills half of the table's width is the likeliest one; titles are narrow.
    return next(row for row, cells in zip(top, filled, strict=True) if cells * 2 >= max(filled)), None


def _known(row: Row, mapped_headings: set[str]) -> int:
    """Count the different known headings of a row. A cell as long as a sentence is not a heading."""
    known = {
        headings.field_of(cell) or headings.area_rank(cell) or cell
        for cell in row.cells
        if cell
        and len(cell) <= 100
        and (headings.field_of(cell) or headings.area_rank(cell) or headings.compact(cell) in mapped_headings)
    }
    return len(known)


def _tagged(names: Sequence[str], tags: Row) -> Iterator[tuple[str, int]]:
    """Yield field and column by tag; for an untagged column by its heading."""
    for column, name in enumerate(names):
        field = hxl.field_of(tags[column]) if tags[column] else headings.field_of(name)
        if field:
            yield field, column


def _headed(names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield field and column by heading. The widest kind of area is level 1, the next level 2 and so on."""
    found = [(headings.field_of(name), headings.area_rank(name), column) for column, name in enumerate(names)]
    yield from ((field, column) for field, _, column in found if field)
    level_fields = {area_field(level) for level in LEVELS} | {code_field(level) for level in LEVELS}
    if any(field in level_fields for field, _, _ in found):
        return
    ranks = sorted({rank[0] for _, rank, _ in found if rank})
    for _, rank, column in found:
        if rank:
            level = ranks.index(rank[0]) + 1
            yield (code_field(level) if rank[1] else area_field(level)), column


def _shortened(text: str) -> str:
    return text if len(text) <= NAME_LENGTH else text[:NAME_LENGTH].rstrip()


def _long_cells(columns: Columns) -> Iterator[RowFinding]:
    """Yield the first cell over ``NAME_LENGTH`` of each column that is read."""
    for field, column in columns.fields.items():
        long = [row for row in columns.rows if len(row[column]) > NAME_LENGTH]
        if long:
            yield RowFinding(
                long[0].number,
                columns.heading(field),
                long[0][column],
                f"cells longer than {NAME_LENGTH} characters: {len(long):,}; only their beginning is imported",
                "Shorten them.",
            )


def _no_organisation(table: Table, heading: Row, names: Sequence[str]) -> InvalidInput:
    where = f"row {heading.number}" + (f" of sheet {table.name}" if table.name else "")
    cure = (
        f"Map one of {', '.join(ORGANISATION_FIELDS)} to the column that names the organisations "
        f"(for example organisation=3). {listed_columns(names)}"
    )
    detail = f"No column of organisations is recognised; {where} was read as the heading."
    return InvalidInput(detail, cure=cure, findings=(Finding("/mapping/organisation", "is needed", cure),))


def _second_column(row: int, name: str, first: str, field: str) -> RowFinding:
    return RowFinding(
        row,
        name,
        "",
        f"the column is not read, because {field} is already read from {first}",
        f"Map {field} to {name} if that is the better column.",
    )
