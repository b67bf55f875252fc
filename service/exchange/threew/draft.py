"""A 3W table read to its end: what it says, in its own terms, before anything is compared with what is kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.input_rules import latest_day
from graph.vocabulary import ActivityStatus
from service.exchange.findings import Findings
from service.exchange.tables.limits import refuse_over
from service.exchange.tables.reading import read_tables
from service.exchange.tables.table import Row
from service.exchange.threew.activities import Doing, participants, roles, status_of
from service.exchange.threew.columns import Columns, find_columns
from service.exchange.threew.fields import Part
from service.exchange.threew.likeness import report_organisations, report_places
from service.exchange.threew.links import MAX_TOGETHER, Link, crowded, links_of, self_links
from service.exchange.threew.mapping import ColumnMapping
from service.exchange.threew.organisations import Organisation, Organisations
from service.exchange.threew.periods import Period, Periods
from service.exchange.threew.places import Place, Places
from service.exchange.threew.sectors import SectorName, sector_of

MAX_TOLD = 100_000
"""Most activities, and most ties, of one table: ten times the most of a sample table."""

MAX_ORGANISATIONS = 20_000
"""Most organisations of one table; the sample tables have at most 285."""


@dataclass(slots=True)
class Told:
    """How often something is told, and in which row first."""

    first_row: int
    rows: int = 0


@dataclass(slots=True)
class Draft:
    """What a table says. Organisations, areas and sectors go by the keys this table gives them."""

    columns: Columns
    stem: str
    country: str
    organisations: Mapping[str, Organisation]
    places: Mapping[str, Place]
    sectors: dict[str, SectorName] = field(default_factory=dict)
    links: dict[tuple[Link, Period | None], Told] = field(default_factory=dict)
    doings: dict[Doing, Told] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Filled rows under the heading."""
        return len(self.columns.rows)

    @property
    def blank(self) -> int:
        """Blank rows under the heading."""
        return self.columns.table.height - self.columns.last_heading_row - self.rows


def read_draft(data: bytes, stem: str, mapping: ColumnMapping | None, findings: Findings, *, today: date) -> Draft:
    """Return what a file says and add to ``findings`` what there is to know about it.

    Raises ``InvalidInput`` or ``TooLarge`` where the file cannot be read as a 3W table.
    """
    columns = find_columns(read_tables(data), mapping)
    for finding in columns.findings:
        findings.add(finding.reason, finding.suggestion, row=finding.row, column=finding.column, value=finding.value)
    return _Reading(columns, stem, findings, today).draft()


class _Reading:
    """Goes through the rows once, with all that is counted on the way."""

    def __init__(self, columns: Columns, stem: str, findings: Findings, today: date) -> None:
        self._columns = columns
        self._findings = findings
        self._organisations = Organisations(columns, findings)
        self._places = Places(columns, stem, findings)
        self._periods = Periods(columns, stem, today=today)
        self._latest = latest_day(today)
        self._roles = roles(self._organisations.parts)
        self._draft = Draft(columns, stem, self._places.country, self._organisations.by_key, self._places.by_key)
        self._count: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._alone: set[str] = set()

    def draft(self) -> Draft:
        for row in self._columns.rows:
            self._read(row)
        report_organisations(self._draft.organisations, self._columns, self._findings)
        report_places(self._draft.places, self._columns, self._findings)
        self._report()
        return self._draft

    def _read(self, row: Row) -> None:
        if row.repeats:
            self._note("duplicates", row)
        met = self._organisations.of(row)
        if not met:
            self._findings.add("names no organisation; the row is not used", "Name one.", row=row.number)
            return
        period = self._period(row)
        self._link(row, met, period)
        sector = sector_of(self._columns.value(row, "sector"), self._columns.value(row, "sector_code"))
        if sector:
            self._draft.sectors.setdefault(sector.code, sector)
        status = self._status(row)
        # A table tells what runs in its period; only what it calls completed, or gives an end, ended with it.
        ended = status is ActivityStatus.COMPLETED or bool(self._columns.value(row, "end"))
        who = participants(met, self._roles)
        for area in self._places.of(row):
            doing = Doing(
                who,
                area,
                sector.code if sector else None,
                self._columns.value(row, "activity"),
                status,
                period.first if period else None,
                period.until if period and ended else None,
            )
            self._draft.doings.setdefault(doing, Told(row.number)).rows += 1
        refuse_over(len(self._draft.organisations), MAX_ORGANISATIONS, "organisations")
        refuse_over(len(self._draft.doings), MAX_TOLD, "activities")
        refuse_over(len(self._draft.links), MAX_TOLD, "ties")

    def _link(self, row: Row, met: Mapping[Part, tuple[str, ...]], period: Period | None) -> None:
        if period and period.first > self._latest:
            self._findings.add(
                "lies in the future; the activity is kept, its organisations are not tied to each other",
                "Import the table again once that time has begun: nobody can have seen the ties yet.",
                row=row.number,
                column=self._time_column(),
                value=str(period.first),
            )
            return
        for link in links_of(met):
            self._draft.links.setdefault((link, period), Told(row.number)).rows += 1
        for key in self_links(met):
            self._note("to themselves", row)
            self._alone.add(key)
        for part in crowded(met):
            self._findings.add(
                f"names {len(met[part])} organisations; more than {MAX_TOGETHER} are not tied to each other",
                "Give each partnership a row.",
                row=row.number,
                column=self._columns.heading(part.acronym) or self._columns.heading(part),
            )
        if Part.DONOR in met and len(self._organisations.parts) > 2 and len(met) == 2:
            self._note("bridged", row)

    def _period(self, row: Row) -> Period | None:
        period, said = self._periods.of(row)
        if said:
            self._findings.add(
                "no time that is understood; kept without dates",
                "Give a year, or days as YYYY-MM-DD, or put month and year into the file name.",
                row=row.number,
                column=self._time_column(),
                value=said,
            )
        return period

    def _time_column(self) -> str:
        """Return the heading of the column that tells the time, ``""`` where there is none."""
        return next(filter(None, map(self._columns.heading, ("month", "date", "quarter", "start", "year"))), "")

    def _status(self, row: Row) -> ActivityStatus:
        said = self._columns.value(row, "status")
        status = status_of(said)
        if status is None:
            self._findings.add(
                "this status is not known; kept as unknown",
                f"Write one of: {', '.join(ActivityStatus)}.",
                row=row.number,
                column=self._columns.heading("status"),
                value=said,
            )
            return ActivityStatus.UNKNOWN
        return status

    def _note(self, what: str, row: Row) -> None:
        self._count[what] += 1
        self._first.setdefault(what, row.number)

    def _report(self) -> None:
        """Say what concerns the table as a whole: what was merged, dropped or taken from elsewhere."""
        self._report_reading()
        self._report_time()
        count, first = self._count, self._first
        if count["duplicates"]:
            self._findings.add(
                f"rows that repeat an earlier row exactly: {count['duplicates']:,}; they count once",
                "Remove them if they are slips.",
                row=first["duplicates"],
                value=str(count["duplicates"]),
            )
        told = sum(told.rows - 1 for told in self._draft.doings.values()) - count["duplicates"]
        if told > 0:
            self._findings.add(
                f"rows that differ from an earlier one only in what is not read: {told:,}; they count once",
                "Look whether a column that matters is missing from the mapping.",
                value=str(told),
            )
        if self._alone:
            self._findings.add(
                f"links from an organisation to itself: {count['to themselves']:,}, of {len(self._alone):,} "
                "organisations; dropped",
                "None is needed: an organisation that carries out its own programme has no tie to itself.",
                row=first["to themselves"],
                value=str(count["to themselves"]),
            )
        if count["bridged"]:
            self._findings.add(
                f"rows that leave out a partner of the chain: {count['bridged']:,}; the donor funds the next one named",
                "Name the programme partner if there is one.",
                row=first["bridged"],
                value=str(count["bridged"]),
            )

    def _report_reading(self) -> None:
        table = self._columns.table
        if table.encoding:
            self._findings.add(
                f"the text is not clean UTF-8; it was read as {table.encoding}",
                "Look at the names with accents; if they are wrong, save the table as CSV UTF-8.",
            )
        if table.unusual:
            self._findings.add(
                f"cells with no-break spaces or invisible characters: {table.unusual:,}; these were made plain",
                "None is needed: names that differ only in them are one.",
                row=table.first_unusual,
                value=str(table.unusual),
            )

    def _report_time(self) -> None:
        periods = self._periods
        if not periods.has_columns and periods.file:
            self._findings.add(
                "no column says when; the time was taken from the title or the file name",
                "Add columns for month and year if rows differ.",
                value=str(periods.file),
            )
        elif not periods.has_columns:
            self._findings.add(
                "nothing says when; kept without dates",
                "Put month and year into the file name, or add columns for them.",
            )
        elif self._columns.has("month") and not self._columns.has("year") and periods.year:
            self._findings.add(
                "months stand without a year; it was taken from the title or the file name",
                "Add a column for the year.",
                row=self._columns.heading_row,
                column=self._columns.heading("month"),
                value=str(periods.year),
            )
