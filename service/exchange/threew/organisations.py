"""Which organisations a table names.

An organisation is identified by its acronym, by its name where it has none, case and white space aside; other spellings
become aliases. Nothing else is merged: that two acronyms share a name is said, and left to a person to judge.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from service.exchange.findings import Findings
from service.exchange.tables.table import Row
from service.exchange.threew.columns import Columns
from service.exchange.threew.counted import by_frequency
from service.exchange.threew.fields import Part
from service.exchange.threew.several import Cutter
from service.exchange.threew.words import words_of

EMPTY_WORDS = frozenset(
    words_of(
        "-, --, ---, ., ?, 0, n/a, na, n.a., nil, none, null, tbd, tbc, unknown, inconnu, néant, aucun, #n/a, #ref!, x"
    )
)
"""What people write into a cell that says nothing (casefolded)."""

NOBODY = frozenset(
    words_of(
        "multiple donor, multiple donors, internal fund, internal funds, private fund, private funds, various, "
        "own fund, own funds, self funded, fonds propres, divers, plusieurs bailleurs, government, donor"
    )
)
"""Names that name nobody in particular (casefolded): kept as they stand, but said."""


@dataclass(slots=True)
class Organisation:
    """What a table says of one organisation.

    Counters hold spellings with the number of cells. ``second_spelling`` is the row in which a name was first spelled
    another way.
    """

    key: str
    first_row: int
    acronyms: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    parts: set[Part] = field(default_factory=set)
    second_spelling: int | None = None

    @property
    def mentions(self) -> int:
        """In how many cells it stands."""
        return max(self.acronyms.total(), self.names.total())

    @property
    def name(self) -> str:
        """The most frequent full name, else the most frequent acronym; of equally frequent ones the first by letter."""
        return by_frequency(self.names or self.acronyms)[0]

    @property
    def aliases(self) -> tuple[str, ...]:
        """All other spellings, acronyms first."""
        spellings = dict.fromkeys((*by_frequency(self.acronyms), *by_frequency(self.names)))
        return tuple(spelling for spelling in spellings if spelling != self.name)


class Organisations:
    """The organisations of a table, met row by row."""

    def __init__(self, columns: Columns, findings: Findings) -> None:
        self._columns = columns
        self._findings = findings
        self.parts = _parts(columns, findings)
        self._cutter = Cutter(self._identities(), same=str.casefold)
        self.by_key: dict[str, Organisation] = {}

    def of(self, row: Row) -> dict[Part, tuple[str, ...]]:
        """Return the keys of the organisations of a row by part, leaving out parts that are empty."""
        met = {part: tuple(self._meet(row, part)) for part in self.parts}
        return {part: keys for part, keys in met.items() if keys}

    def _identities(self) -> Iterator[str]:
        for row in self._columns.rows:
            for part in self.parts:
                if identity := self._cells(row, part)[0]:
                    yield identity

    def _cells(self, row: Row, part: Part) -> tuple[str, str, str]:
        """Return what identifies the organisation, its acronym and its name."""
        acronym, name = (_said(self._columns.value(row, field)) for field in (part.acronym, str(part)))
        return acronym or name, acronym, name

    def _meet(self, row: Row, part: Part) -> Iterator[str]:
        identity, acronym, name = self._cells(row, part)
        if not identity:
            self._report_empty(row, part)
            return
        cut = self._cutter.cut(identity)
        if cut.doubtful:
            self._add("names perhaps several organisations; kept as one", SEVERAL, row, part, value=identity)
        if len(cut.names) == 1:
            # The cutter keeps the first of equal parts, so one organisation named twice comes out as one.
            yield self._note(row, part, cut.names[0] if acronym else "", name if acronym else cut.names[0])
            return
        self._add(f"taken for {len(cut.names)} organisations: {'; '.join(cut.names)}", ONE, row, part, value=identity)
        names = self._names_beside(row, part, name, cut.names) if acronym and name else [""] * len(cut.names)
        for spelled, full in zip(cut.names, names, strict=True):
            yield self._note(row, part, spelled if acronym else "", full if acronym else spelled, alone=False)

    def _names_beside(self, row: Row, part: Part, name: str, acronyms: tuple[str, ...]) -> Iterable[str]:
        """Return the full names that go with several acronyms, if there are as many of them."""
        names = Cutter((name,), same=str.casefold).cut(name).names
        if len(names) == len(acronyms):
            return names
        self._add("the name was dropped: it goes with several acronyms", ONE, row, part, value=name)
        return [""] * len(acronyms)

    def _note(self, row: Row, part: Part, acronym: str, name: str, *, alone: bool = True) -> str:
        key = (acronym or name).casefold()
        organisation = self.by_key.get(key)
        if organisation is None:
            organisation = self.by_key[key] = Organisation(key, row.number)
        if name and organisation.names and name not in organisation.names:
            organisation.second_spelling = organisation.second_spelling or row.number
        organisation.acronyms.update(filter(None, (acronym,)))
        organisation.names.update(filter(None, (name,)))
        organisation.parts.add(part)
        kind = self._columns.value(row, part.type)
        if alone and _said(kind):
            organisation.types[kind] += 1
        if key in NOBODY:
            self._add(
                "names no organisation in particular; kept as one", "Leave it out or name it.", row, part, value=name
            )
        return key

    def _report_empty(self, row: Row, part: Part) -> None:
        for field_ in (part.acronym, str(part)):
            if said := self._columns.value(row, field_):
                self._findings.add(
                    "taken for empty",
                    "Name the organisation, or leave the cell empty.",
                    row=row.number,
                    column=self._columns.heading(field_),
                    value=said,
                )

    def _add(self, reason: str, suggestion: str, row: Row, part: Part, *, value: str) -> None:
        column = self._columns.heading(part.acronym) or self._columns.heading(part)
        self._findings.add(reason, suggestion, row=row.number, column=column, value=value)


SEVERAL = "If it is several, write them as A + B."
ONE = "If it is one organisation, write its name without separators."


def _parts(columns: Columns, findings: Findings) -> tuple[Part, ...]:
    """Return the parts a table has columns for, givers first.

    Where the table also says who implements, the plain organisation is the one in the middle; where it says both, there
    is no place left for it.
    """
    parts = tuple(part for part in Part if columns.has(part) or columns.has(part.acronym))
    if {Part.PROGRAMME_PARTNER, Part.IMPLEMENTING_PARTNER, Part.ORGANISATION} <= set(parts):
        findings.add(
            "the column is not read, because programme and implementing partner have columns of their own",
            "Map programme_partner or implementing_partner to it if that is what it holds.",
            row=columns.heading_row,
            column=columns.heading(Part.ORGANISATION) or columns.heading(Part.ORGANISATION.acronym),
        )
        return parts[:-1]
    if Part.IMPLEMENTING_PARTNER in parts and Part.ORGANISATION in parts:
        return tuple(part for part in (Part.DONOR, Part.ORGANISATION, Part.IMPLEMENTING_PARTNER) if part in parts)
    return parts


def _said(text: str) -> str:
    return "" if text.casefold() in EMPTY_WORDS else text
