"""The areas that a table names, and which of them each row is about.

An area with a p-code is identified by it, whatever its spelling. An area without one is identified by its parent and
its name in the form of ``area_name_form``; if the parent has an area with a p-code of that name, it is that area.
Similar spellings are reported, never merged.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.text import search_form
from service.exchange.findings import Findings
from service.exchange.tables.limits import refuse_over
from service.exchange.tables.table import Row
from service.exchange.threew.area_names import (
    area_name_form,
    is_part_of_country,
    is_whole_country,
)
from service.exchange.threew.columns import Columns
from service.exchange.threew.counted import most_frequent
from service.exchange.threew.countries import by_word
from service.exchange.threew.fields import LEVELS, area_field, code_field
from service.exchange.threew.organisations import EMPTY_WORDS
from service.exchange.threew.pcodes import country_of, pcode_form
from service.exchange.threew.splitting import CellSplitter

MAX_AREAS = 50_000
"""Most areas of one table: OCHA's p-codes of two levels worldwide are 33,363."""


@dataclass(slots=True)
class TableArea:
    """One area of a table. ``key`` identifies it in this table."""

    key: str
    level: int
    first_row: int
    parents: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    points: Counter[tuple[float, float]] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The most frequent spelling; the p-code if it has no name."""
        return most_frequent(self.names) or self.pcode

    @property
    def pcode(self) -> str:
        """The p-code as the table writes it, ``""`` for an area without."""
        return most_frequent(self.codes) or ""

    @property
    def parent(self) -> str | None:
        """The key of the area that most rows place it in."""
        return most_frequent(self.parents)

    @property
    def point(self) -> tuple[float, float] | None:
        """Its most frequent latitude and longitude in degrees."""
        return most_frequent(self.points)


class TableAreas:
    """The areas of a table, and which of them each row is about.

    Levels are read from the widest down: first the areas with p-codes, then the names without, which may belong to one
    of those.
    """

    def __init__(self, columns: Columns, stem: str, findings: Findings) -> None:
        self._columns = columns
        self._findings = findings
        self.country = country_of(columns, stem)
        """The country's letters in lower case, ``""`` if unknown."""
        self.by_key: dict[str, TableArea] = {}
        rows = columns.rows
        row_areas: list[Areas] = [(self._root(row),) for row in rows]
        for level in LEVELS:
            if columns.has(area_field(level)) or columns.has(code_field(level)):
                row_areas = list(self._level(level, rows, row_areas))
        self._by_row = {row.number: areas for row, areas in zip(rows, row_areas, strict=True)}
        for row in rows:
            self._record_point(row)

    def of(self, row: Row) -> "Areas":
        """Return the keys of the areas a row is about: several if a cell names several, ``None`` for no area."""
        return self._by_row[row.number]

    def _level(self, level: int, rows: Sequence[Row], row_areas: Sequence["Areas"]) -> Iterator["Areas"]:
        """Yield the areas of each row after this level has been read."""
        cells = [self._cells(row, level) for row in rows]
        level_reader = _LevelReader(level, [name for name, _ in cells if name])
        for row, areas, (name, key) in zip(rows, row_areas, cells, strict=True):
            if key:
                parent = areas[0] if len(areas) == 1 else None
                self._record(self._area(key, level, row), parent, name)
                level_reader.codes.setdefault((parent, area_name_form(name)), Counter())[key] += 1
        for row, areas, (name, key) in zip(rows, row_areas, cells, strict=True):
            if key:
                yield (key,)
            elif name:
                yield tuple(self._areas_named(level_reader, row, areas, name))
            else:
                yield areas

    def _cells(self, row: Row, level: int) -> tuple[str, str]:
        """Return the name of the area at a level of a row, and its key if it has a p-code."""
        name = _filled(self._columns.value(row, area_field(level)))
        written = _filled(self._columns.value(row, code_field(level)))
        if not written:
            return name, ""
        code = pcode_form(written, self.country)
        if not code:
            self._add_finding(
                "is not a p-code; only the name is used",
                "Write one p-code in each cell.",
                row,
                code_field(level),
                value=written,
            )
            return name, ""
        key = f"pcode:{code}"
        self._area(key, level, row).codes[written] += 1
        return name, key

    def _areas_named(self, level_reader: "_LevelReader", row: Row, areas: "Areas", name: str) -> Iterator[str | None]:
        """Yield the areas that a cell without p-code names."""
        column = area_field(level_reader.level)
        if is_whole_country(name):
            whole = self.by_key[areas[0]].name if areas[0] else "no area"
            self._add_finding(
                f"read as the whole of the area above: {whole}",
                "Name the areas, one in each row.",
                row,
                column,
                value=name,
            )
            yield from areas
            return
        if is_part_of_country(name):
            self._add_finding(
                "mentions areas without naming them; imported without area", "Name each area.", row, column, value=name
            )
            yield None
            return
        if len(areas) > 1:
            self._add_finding(
                "not read, because the area above names several", "Name one area in each row.", row, column, value=name
            )
            yield from areas
            return
        split = level_reader.splitter.split(name)
        if split.doubtful:
            self._add_finding(
                "may name several areas; imported as one",
                "If it is several, give each a row.",
                row,
                column,
                value=name,
            )
        if len(split.names) > 1:
            parts = "; ".join(split.names)
            self._add_finding(
                f"read as {len(split.names)} areas: {parts}", "Give each area a row.", row, column, value=name
            )
        for part in split.names:
            parent, form = areas[0], area_name_form(part)
            key = (
                most_frequent(level_reader.codes.get((parent, form), Counter()))
                or f"{parent or ''}/{form or part.casefold()}"
            )
            self._record(self._area(key, level_reader.level, row), parent, part)
            yield key

    def _root(self, row: Row) -> str | None:
        """Return the key of a row's country: the one it names, else that of the table."""
        written = self._columns.value(row, "country_code") or self._columns.value(row, "country")
        known = by_word().get(search_form(written or self.country))
        if known is None:
            return None
        key = f"pcode:{known.alpha2}"
        area = self._area(key, 0, row)
        area.codes[known.alpha2] = area.names[known.name] = 1
        return key

    def _record(self, area: TableArea, parent: str | None, name: str) -> None:
        if parent and parent != area.key:
            area.parents[parent] += 1
        if name:
            area.names[name] += 1

    def _area(self, key: str, level: int, row: Row) -> TableArea:
        if key not in self.by_key:
            refuse_over(len(self.by_key), MAX_AREAS, "areas")
            self.by_key[key] = TableArea(key, level, row.number)
        return self.by_key[key]

    def _record_point(self, row: Row) -> None:
        written = [self._columns.value(row, field_).replace(",", ".") for field_ in ("latitude", "longitude")]
        areas = self._by_row[row.number]
        if not all(written) or len(areas) != 1 or areas[0] is None:
            return
        point = _degrees(written[0], 90), _degrees(written[1], 180)
        if point[0] is None or point[1] is None:
            self._add_finding(
                "are not degrees; not read", "Give decimal degrees.", row, "latitude", value=", ".join(written)
            )
        elif self.by_key[areas[0]].level:
            self.by_key[areas[0]].points[point[0], point[1]] += 1

    def _add_finding(self, reason: str, suggestion: str, row: Row, field_: str, *, value: str) -> None:
        self._findings.add(reason, suggestion, row=row.number, column=self._columns.heading(field_), value=value)


Areas = tuple[str | None, ...]
"""Keys of areas; ``None`` means no area."""


class _LevelReader:
    """The cells of one level: how to split them, and the p-codes of each name within a parent."""

    def __init__(self, level: int, names: Sequence[str]) -> None:
        self.level = level
        self.splitter = CellSplitter(names, same=area_name_form, by_words=True)
        self.codes: dict[tuple[str | None, str], Counter[str]] = {}


def _degrees(written: str, limit: float) -> float | None:
    try:
        degrees = float(written)
    except ValueError:
        return None
    return degrees if -limit <= degrees <= limit else None


def _filled(text: str) -> str:
    return "" if text.casefold() in EMPTY_WORDS else text
