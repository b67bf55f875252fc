"""The organisations that a table names.

An organisation is identified by its acronym, or by its name where it has none, ignoring case and white space; other
spellings become aliases. Nothing else is merged: if two acronyms share a name, a finding leaves it to a person.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from service.exchange.findings import Findings
from service.exchange.tables.table import Row
from service.exchange.threew.columns import Columns
from service.exchange.threew.counted import by_frequency
from service.exchange.threew.fields import ChainRole
from service.exchange.threew.splitting import CellSplitter
from service.exchange.threew.words import words_of

EMPTY_WORDS = frozenset(
    words_of(
        "-, --, ---, ., ?, 0, n/a, na, n.a., nil, none, null, tbd, tbc, unknown, inconnu, néant, aucun, #n/a, #ref!, x"
    )
)
"""What people write into a cell to leave it empty (casefolded)."""

UNSPECIFIC_NAMES = frozenset(
    words_of(
        "multiple donor, multiple donors, internal fund, internal funds, private fund, private funds, various, "
        "own fund, own funds, self funded, fonds propres, divers, plusieurs bailleurs, government, donor"
    )
)
"""Names that name no particular organisation (casefolded): imported as they are, with a finding."""


@dataclass(slots=True)
class Organisation:
    """One organisation of a table.

    Counters hold spellings with the number of cells. ``second_spelling`` is the first row with a second spelling of the
    name.
    """

    key: str
    first_row: int
    acronyms: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    roles: set[ChainRole] = field(default_factory=set)
    second_spelling: int | None = None

    @property
    def mentions(self) -> int:
        """The number of cells that name it."""
        return max(self.acronyms.total(), self.names.total())

    @property
    def name(self) -> str:
        """The most frequent full name, else the most frequent acronym; ties go to the first in alphabetical order."""
        return by_frequency(self.names or self.acronyms)[0]

    @property
    def aliases(self) -> tuple[str, ...]:
        """All other spellings, acronyms first."""
        spellings = dict.fromkeys((*by_frequency(self.acronyms), *by_frequency(self.names)))
        return tuple(spelling for spelling in spellings if spelling != self.name)


class Organisations:
    """The organisations of a table, collected row by row."""

    def __init__(self, columns: Columns, findings: Findings) -> None:
        self._columns = columns
        self._findings = findings
        self.roles = _roles_of(columns, findings)
        self._splitter = CellSplitter(self._identifying_cells(), same=str.casefold)
        self.by_key: dict[str, Organisation] = {}

    def of(self, row: Row) -> dict[ChainRole, tuple[str, ...]]:
        """Return the keys of the organisations of a row by role, without empty roles."""
        organisations = {role: tuple(self._read_cell(row, role)) for role in self.roles}
        return {role: keys for role, keys in organisations.items() if keys}

    def _identifying_cells(self) -> Iterator[str]:
        for row in self._columns.rows:
            for role in self.roles:
                if identity := self._cells(row, role)[0]:
                    yield identity

    def _cells(self, row: Row, role: ChainRole) -> tuple[str, str, str]:
        """Return the text that identifies the organisation, its acronym and its name."""
        acronym, name = (_filled(self._columns.value(row, field)) for field in (role.acronym, str(role)))
        return acronym or name, acronym, name

    def _read_cell(self, row: Row, role: ChainRole) -> Iterator[str]:
        identity, acronym, name = self._cells(row, role)
        if not identity:
            self._report_empty(row, role)
            return
        split = self._splitter.split(identity)
        if split.doubtful:
            self._add_finding("may name several organisations; imported as one", SEVERAL, row, role, value=identity)
        if len(split.names) == 1:
            # The splitter keeps the first of equal names, so an organisation named twice is one.
            yield self._record(row, role, split.names[0] if acronym else "", name if acronym else split.names[0])
            return
        self._add_finding(
            f"read as {len(split.names)} organisations: {'; '.join(split.names)}", ONE, row, role, value=identity
        )
        names = self._names_for_acronyms(row, role, name, split.names) if acronym and name else [""] * len(split.names)
        for spelled, full in zip(split.names, names, strict=True):
            yield self._record(row, role, spelled if acronym else "", full if acronym else spelled, only_one=False)

    def _names_for_acronyms(self, row: Row, role: ChainRole, name: str, acronyms: tuple[str, ...]) -> Iterable[str]:
        """Return the full names of several acronyms if there are as many names, else empty ones."""
        names = CellSplitter((name,), same=str.casefold).split(name).names
        if len(names) == len(acronyms):
            return names
        self._add_finding(
            "the name was not imported: the acronym cell has several acronyms", ONE, row, role, value=name
        )
        return [""] * len(acronyms)

    def _record(self, row: Row, role: ChainRole, acronym: str, name: str, *, only_one: bool = True) -> str:
        key = (acronym or name).casefold()
        organisation = self.by_key.get(key)
        if organisation is None:
            organisation = self.by_key[key] = Organisation(key, row.number)
        if name and organisation.names and name not in organisation.names:
            organisation.second_spelling = organisation.second_spelling or row.number
        organisation.acronyms.update(filter(None, (acronym,)))
        organisation.names.update(filter(None, (name,)))
        organisation.roles.add(role)
        kind = self._columns.value(row, role.type)
        if only_one and _filled(kind):
            organisation.types[kind] += 1
        if key in UNSPECIFIC_NAMES:
            self._add_finding(
                "names no particular organisation; imported as one", "Leave it out or name it.", row, role, value=name
            )
        return key

    def _report_empty(self, row: Row, role: ChainRole) -> None:
        for field_ in (role.acronym, str(role)):
            if text := self._columns.value(row, field_):
                self._findings.add(
                    "read as empty",
                    "Name the organisation, or leave the cell empty.",
                    row=row.number,
                    column=self._columns.heading(field_),
                    value=text,
                )

    def _add_finding(self, reason: str, suggestion: str, row: Row, role: ChainRole, *, value: str) -> None:
        column = self._columns.heading(role.acronym) or self._columns.heading(role)
        self._findings.add(reason, suggestion, row=row.number, column=column, value=value)


SEVERAL = "If it is several, write them as A + B."
ONE = "If it is one organisation, write its name without separators."


def _roles_of(columns: Columns, findings: Findings) -> tuple[ChainRole, ...]:
    """Return the roles a table has columns for, in the order money flows.

    With an implementing partner, the plain organisation is the one between it and the donor; with a programme partner
    as well, the plain organisation has no place in the chain and is not read.
    """
    roles = tuple(role for role in ChainRole if columns.has(role) or columns.has(role.acronym))
    if {ChainRole.PROGRAMME_PARTNER, ChainRole.IMPLEMENTING_PARTNER, ChainRole.ORGANISATION} <= set(roles):
        findings.add(
            "the column is not read, because programme and implementing partner have columns of their own",
            "Map programme_partner or implementing_partner to it if that is what it holds.",
            row=columns.heading_row,
            column=columns.heading(ChainRole.ORGANISATION) or columns.heading(ChainRole.ORGANISATION.acronym),
        )
        return roles[:-1]
    if ChainRole.IMPLEMENTING_PARTNER in roles and ChainRole.ORGANISATION in roles:
        return tuple(
            role for role in (ChainRole.DONOR, ChainRole.ORGANISATION, ChainRole.IMPLEMENTING_PARTNER) if role in roles
        )
    return roles


def _filled(text: str) -> str:
    return "" if text.casefold() in EMPTY_WORDS else text
