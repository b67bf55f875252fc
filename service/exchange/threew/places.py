"""Which areas a table names, and which of them a row speaks of.

An area with a p-code is identified by it, whatever its spelling. One without is identified by its name within its
parent, in the form of ``place_names.same_place``; if a p-coded area of the same parent has that name, it is that one.
Near spellings are said, never merged.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.text import search_form
from service.exchange.findings import Findings
from service.exchange.tables.limits import refuse_over
from service.exchange.tables.table import Row
from service.exchange.threew.columns import Columns
from service.exchange.threew.counted import most
from service.exchange.threew.countries import by_word
from service.exchange.threew.fields import LEVELS, area_field, code_field
from service.exchange.threew.organisations import EMPTY_WORDS
from service.exchange.threew.pcodes import country_of, same_pcode
from service.exchange.threew.place_names import (
    is_part_of_country,
    is_whole_country,
    same_place,
)
from service.exchange.threew.several import Cutter

MAX_AREAS = 50_000
"""Most areas of one table: OCHA's p-codes of two levels worldwide are 33,363."""


@dataclass(slots=True)
class Place:
    """What a table says of one area. ``key`` identifies it in this table."""

    key: str
    level: int
    first_row: int
    parents: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    points: Counter[tuple[float, float]] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The most frequent spelling; the p-code where there is none."""
        return most(self.names) or self.pcode

    @property
    def pcode(self) -> str:
        """The p-code as the table writes it, ``""`` for an area without."""
        return most(self.codes) or ""

    @property
    def parent(self) -> str | None:
        """The key of the area it most often stands in."""
        return most(self.parents)

    @property
    def point(self) -> tuple[float, float] | None:
        """Its most frequent latitude and longitude in degrees."""
        return most(self.points)


class Places:
    """The areas of a table, and which of them each row speaks of.

    Level by level from the widest: first the areas with p-codes, then the names without, which may turn out to be one
    of the former.
    """

    def __init__(self, columns: Columns, stem: str, findings: Findings) -> None:
        self._columns = columns
        self._findings = findings
        self.country = country_of(columns, stem)
        """The country's letters in lower case, ``""`` where nothing tells."""
        self.by_key: dict[str, Place] = {}
        rows = columns.rows
        standing: list[Areas] = [(self._root(row),) for row in rows]
        for level in LEVELS:
            if columns.has(area_field(level)) or columns.has(code_field(level)):
                standing = list(self._level(level, rows, standing))
        self._of = {row.number: areas for row, areas in zip(rows, standing, strict=True)}
        for row in rows:
            self._note_point(row)

    def of(self, row: Row) -> "Areas":
        """Return the keys of the areas a row speaks of: several where a cell names several, ``None`` for no area."""
        return self._of[row.number]

    def _level(self, level: int, rows: Sequence[Row], standing: Sequence["Areas"]) -> Iterator["Areas"]:
        """Yield for each row its areas once this level is read."""
        cells = [self._cells(row, level) for row in rows]
        reading = _Level(level, [name for name, _ in cells if name])
        for row, areas, (name, key) in zip(rows, standing, cells, strict=True):
            if key:
                parent = areas[0] if len(areas) == 1 else None
                self._note(self._place(key, level, row), parent, name)
                reading.codes.setdefault((parent, same_place(name)), Counter())[key] += 1
        for row, areas, (name, key) in zip(rows, standing, cells, strict=True):
            if key:
                yield (key,)
            elif name:
                yield tuple(self._named(reading, row, areas, name))
            else:
                yield areas

    def _cells(self, row: Row, level: int) -> tuple[str, str]:
        """Return the name of the area at a level of a row, and its key if it has a p-code."""
        name = _said(self._columns.value(row, area_field(level)))
        written = _said(self._columns.value(row, code_field(level)))
        if not written:
            return name, ""
        code = same_pcode(written, self.country)
        if not code:
            self._add(
                "is no p-code; the name alone is used", "Give one p-code a cell.", row, code_field(level), value=written
            )
            return name, ""
        key = f"pcode:{code}"
        self._place(key, level, row).codes[written] += 1
        return name, key

    def _named(self, reading: "_Level", row: Row, areas: "Areas", name: str) -> Iterator[str | None]:
        """Yield the areas that a cell without p-code names."""
        column = area_field(reading.level)
        if is_whole_country(name):
            whole = self.by_key[areas[0]].name if areas[0] else "no area"
            self._add(
                f"read as the whole of the area above: {whole}", "Name the areas, one a row.", row, column, value=name
            )
            yield from areas
            return
        if is_part_of_country(name):
            self._add(
                "speaks of areas without naming them; kept without area", "Name each area.", row, column, value=name
            )
            yield None
            return
        if len(areas) > 1:
            self._add("not read, because the area above names several", "Give one area a row.", row, column, value=name)
            yield from areas
            return
        cut = reading.cutter.cut(name)
        if cut.doubtful:
            self._add(
                "names perhaps several areas; kept as one",
                "If it is several, give each a row.",
                row,
                column,
                value=name,
            )
        if len(cut.names) > 1:
            parts = "; ".join(cut.names)
            self._add(f"taken for {len(cut.names)} areas: {parts}", "Give each area a row.", row, column, value=name)
        for part in cut.names:
            parent, form = areas[0], same_place(part)
            key = most(reading.codes.get((parent, form), Counter())) or f"{parent or ''}/{form or part.casefold()}"
            self._note(self._place(key, reading.level, row), parent, part)
            yield key

    def _root(self, row: Row) -> str | None:
        """Return the key of the country a row stands in: its own where it names one, else that of the table."""
        written = self._columns.value(row, "country_code") or self._columns.value(row, "country")
        known = by_word().get(search_form(written or self.country))
        if known is None:
            return None
        key = f"pcode:{known.alpha2}"
        place = self._place(key, 0, row)
        place.codes[known.alpha2] = place.names[known.name] = 1
        return key

    def _note(self, place: Place, parent: str | None, name: str) -> None:
        if parent and parent != place.key:
            place.parents[parent] += 1
        if name:
            place.names[name] += 1

    def _place(self, key: str, level: int, row: Row) -> Place:
        if key not in self.by_key:
            refuse_over(len(self.by_key), MAX_AREAS, "areas")
            self.by_key[key] = Place(key, level, row.number)
        return self.by_key[key]

    def _note_point(self, row: Row) -> None:
        written = [self._columns.value(row, field_).replace(",", ".") for field_ in ("latitude", "longitude")]
        areas = self._of[row.number]
        if not all(written) or len(areas) != 1 or areas[0] is None:
            return
        point = _degrees(written[0], 90), _degrees(written[1], 180)
        if point[0] is None or point[1] is None:
            self._add("are no degrees; not read", "Give decimal degrees.", row, "latitude", value=", ".join(written))
        elif self.by_key[areas[0]].level:
            self.by_key[areas[0]].points[point[0], point[1]] += 1

    def _add(self, reason: str, suggestion: str, row: Row, field_: str, *, value: str) -> None:
        self._findings.add(reason, suggestion, row=row.number, column=self._columns.heading(field_), value=value)


Areas = tuple[str | None, ...]
"""Keys of areas; ``None`` stands for no area."""


class _Level:
    """What one level's cells come to: where they may be cut, and which p-code each name within a parent has."""

    def __init__(self, level: int, names: Sequence[str]) -> None:
        self.level = level
        self.cutter = Cutter(names, same=same_place, by_words=True)
        self.codes: dict[tuple[str | None, str], Counter[str]] = {}


def _degrees(written: str, most: float) -> float | None:
    try:
        degrees = float(written)
    except ValueError:
        return None
    return degrees if -most <= degrees <= most else None


def _said(text: str) -> str:
    return "" if text.casefold() in EMPTY_WORDS else text
