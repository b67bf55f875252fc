"""Which organisations a table names.

An organisation is identified by its acronym, by its name where it has none, case and white space aside; other spellings
become aliases. Nothing else is merged: that two acronyms share a name is said, and left to a person to judge.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.text import search_form
from service.exchange.findings import Findings
from service.exchange.tables.table import Row
from service.exchange.threew.categories import known_type
from service.exchange.threew.columns import Columns
from service.exchange.threew.counted import by_frequency, listed
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

NEAR = 93
"""Similarity in per cent from which two names are said to be near: Danish and Swedish Development Agency have 93.7,
Imam Sadr and Imam Sader Foundation 97.6. No limit parts slips from neighbours, so a person judges."""

MAX_NEAR = 1_000
"""Most names compared with each other: the work grows with their square."""


@dataclass(slots=True)
class Organisation:
    """What a table says of one organisation. Counters hold spellings with the number of rows."""

    key: str
    first_row: int
    acronyms: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    parts: set[Part] = field(default_factory=set)

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
        self._second_spelling: dict[str, int] = {}

    def of(self, row: Row) -> dict[Part, tuple[str, ...]]:
        """Return the keys of the organisations of a row by part, leaving out parts that are empty."""
        met = {part: tuple(self._meet(row, part)) for part in self.parts}
        return {part: keys for part, keys in met.items() if keys}

    def report(self) -> None:
        """Say which spellings were merged, which names are shared and which types are not known."""
        for organisation in self.by_key.values():
            self._report_spellings(organisation)
            self._report_types(organisation)
        self._report_shared_names()
        self._report_near_names()

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
            self._second_spelling.setdefault(key, row.number)
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

    def _report_spellings(self, organisation: Organisation) -> None:
        kept = f"kept as one stakeholder, named {organisation.name}"
        if len(organisation.names) > 1 and organisation.acronyms:
            self._findings.add(
                f"this acronym has {len(organisation.names)} spellings: {listed(organisation.names)}; {kept}",
                "If these are different organisations, give each an acronym of its own.",
                row=self._second_spelling[organisation.key],
                column=self._spelled_in(organisation),
                value=by_frequency(organisation.acronyms)[0],
            )
            return
        for spellings in (organisation.names, organisation.acronyms):
            if len(spellings) > 1:
                self._findings.add(
                    f"written in {len(spellings)} ways: {listed(spellings)}; {kept}",
                    "Write it one way.",
                    row=organisation.first_row,
                    column=self._spelled_in(organisation),
                    value=organisation.name,
                )

    def _report_types(self, organisation: Organisation) -> None:
        part = next((part for part in self.parts if part in organisation.parts and self._columns.has(part.type)), None)
        column = self._columns.heading(part.type) if part else ""
        for kind in organisation.types:
            if known_type(kind) is None:
                self._findings.add(
                    "this type of organisation is not known; category other",
                    "Set the category of these stakeholders by hand.",
                    row=organisation.first_row,
                    column=column,
                    value=kind,
                )
        if len({known_type(kind) for kind in organisation.types}) > 1:
            self._findings.add(
                f"has several types: {listed(organisation.types)}; the most frequent is taken",
                "Give it one type.",
                row=organisation.first_row,
                column=column,
                value=organisation.name,
            )

    def _report_shared_names(self) -> None:
        """Say which names stand for several organisations, counting acronyms that are spelled like a name."""
        owners: dict[str, dict[str, None]] = {}
        for organisation in self.by_key.values():
            for name in (*organisation.names, *organisation.acronyms):
                owners.setdefault(name.casefold(), {})[organisation.key] = None
        for keys in owners.values():
            if len(keys) > 1:
                shared = [self.by_key[key] for key in keys]
                acronyms = ", ".join(by_frequency(item.acronyms or item.names)[0] for item in shared)
                self._findings.add(
                    f"perhaps one organisation under {len(keys)} acronyms: {acronyms}; kept apart",
                    "If they are the same, give them one acronym and import again.",
                    row=max(item.first_row for item in shared),
                    column=self._spelled_in(shared[0]),
                    value=shared[0].name,
                )

    def _report_near_names(self) -> None:
        """Say which organisations are spelled nearly like one that is named more often."""
        from rapidfuzz import fuzz  # lazy: only imports compare names

        ranked = sorted(self.by_key.values(), key=lambda item: (-item.mentions, item.key))[:MAX_NEAR]
        forms = [search_form(organisation.name) for organisation in ranked]
        for rank, organisation in enumerate(ranked):
            near = [
                ranked[other].name
                for other in range(rank)
                if forms[other] != forms[rank] and fuzz.ratio(forms[rank], forms[other]) >= NEAR
            ]
            if near:
                self._findings.add(
                    f"perhaps the same organisation as {', '.join(near[:5])}; kept apart",
                    "If they are the same, write them one way and import again.",
                    row=organisation.first_row,
                    column=self._spelled_in(organisation),
                    value=organisation.name,
                )

    def _spelled_in(self, organisation: Organisation) -> str:
        """Return the heading of the first column the organisation stands in."""
        part = next(part for part in self.parts if part in organisation.parts)
        fields = (str(part), part.acronym) if organisation.names else (part.acronym, str(part))
        return self._columns.heading(fields[0]) or self._columns.heading(fields[1])

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
