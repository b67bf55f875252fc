"""A whole 3W table as read: its organisations, areas, sectors, ties and activities, before comparing with the store."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from graph.input_rules import latest_day
from graph.vocabulary import ActivityStatus
from service.exchange.findings import Findings
from service.exchange.tables.limits import refuse_over
from service.exchange.tables.reading import read_tables
from service.exchange.tables.table import Row
from service.exchange.threew.activities import TableActivity, activity_roles, participants, status_of
from service.exchange.threew.areas import TableAreas
from service.exchange.threew.columns import Columns, find_columns
from service.exchange.threew.draft import Draft, Occurrences
from service.exchange.threew.fields import ChainRole
from service.exchange.threew.likeness import report_areas, report_organisations
from service.exchange.threew.links import MAX_PARTNERS_IN_CELL, links_of, overfull_roles, self_links
from service.exchange.threew.mapping import ColumnMapping
from service.exchange.threew.organisations import Organisations
from service.exchange.threew.periods import Period, Periods
from service.exchange.threew.sectors import sector_of

MAX_TIES_OR_ACTIVITIES = 100_000
"""Most activities, and most ties, of one table: ten times the most of any sample table."""

MAX_ORGANISATIONS = 20_000
"""Most organisations of one table; the sample tables have at most 285."""


def read_draft(data: bytes, stem: str, mapping: ColumnMapping | None, findings: Findings, *, today: date) -> Draft:
    """Return the content of a file and add to ``findings``.

    Raises ``InvalidInput`` or ``TooLarge`` where the file cannot be read as a 3W table.
    """
    columns = find_columns(read_tables(data), mapping)
    for finding in columns.findings:
        findings.add(finding.reason, finding.suggestion, row=finding.row, column=finding.column, value=finding.value)
    return _DraftReader(columns, stem, findings, today).draft()


class _DraftReader:
    """Reads the rows once and counts what the findings report."""

    def __init__(self, columns: Columns, stem: str, findings: Findings, today: date) -> None:
        self._columns = columns
        self._findings = findings
        self._organisations = Organisations(columns, findings)
        self._areas = TableAreas(columns, stem, findings)
        self._periods = Periods(columns, stem, today=today)
        self._latest = latest_day(today)
        self._roles = activity_roles(self._organisations.roles)
        self._draft = Draft(columns, stem, self._areas.country, self._organisations.by_key, self._areas.by_key)
        self._count: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._self_tied: set[str] = set()

    def draft(self) -> Draft:
        for row in self._columns.rows:
            self._read(row)
        report_organisations(self._draft.organisations, self._columns, self._findings)
        report_areas(self._draft.areas, self._columns, self._findings)
        self._report()
        return self._draft

    def _read(self, row: Row) -> None:
        if row.repeats:
            self._count_row("duplicates", row)
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
        # A table lists what runs in its period; only activities called completed or given an end have ended.
        ended = status is ActivityStatus.COMPLETED or bool(self._columns.value(row, "end"))
        with_roles = participants(met, self._roles)
        for area in self._areas.of(row):
            activity = TableActivity(
                with_roles,
                area,
                sector.code if sector else None,
                self._columns.value(row, "activity"),
                status,
                period.first if period else None,
                period.until if period and ended else None,
            )
            self._draft.activities.setdefault(activity, Occurrences(row.number)).rows += 1
        refuse_over(len(self._draft.organisations), MAX_ORGANISATIONS, "organisations")
        refuse_over(len(self._draft.activities), MAX_TIES_OR_ACTIVITIES, "activities")
        refuse_over(len(self._draft.links), MAX_TIES_OR_ACTIVITIES, "ties")

    def _link(self, row: Row, met: Mapping[ChainRole, tuple[str, ...]], period: Period | None) -> None:
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
            self._draft.links.setdefault((link, period), Occurrences(row.number)).rows += 1
        for key in self_links(met):
            self._count_row("to themselves", row)
            self._self_tied.add(key)
        for role in overfull_roles(met):
            self._findings.add(
                f"names {len(met[role])} organisations; more than {MAX_PARTNERS_IN_CELL} are not tied to each other",
                "Give each partnership a row.",
                row=row.number,
                column=self._columns.heading(role.acronym) or self._columns.heading(role),
            )
        if ChainRole.DONOR in met and len(self._organisations.roles) > 2 and len(met) == 2:
            self._count_row("bridged", row)

    def _period(self, row: Row) -> Period | None:
        period, said = self._periods.of(row)
        if said:
            self._findings.add(
                "the time is not understood; imported without dates",
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
        text = self._columns.value(row, "status")
        status = status_of(text)
        if status is None:
            self._findings.add(
                "this status is not known; imported as unknown",
                f"Write one of: {', '.join(ActivityStatus)}.",
                row=row.number,
                column=self._columns.heading("status"),
                value=text,
            )
            return ActivityStatus.UNKNOWN
        return status

    def _count_row(self, what: str, row: Row) -> None:
        self._count[what] += 1
        self._first.setdefault(what, row.number)

    def _report(self) -> None:
        """Add the findings about the whole table: what was merged, left out or taken from elsewhere."""
        self._report_reading()
        self._report_time()
        count, first = self._count, self._first
        if count["duplicates"]:
            self._findings.add(
                f"rows that repeat an earlier row exactly: {count['duplicates']:,}; they count once",
                "Remove them if they are mistakes.",
                row=first["duplicates"],
                value=str(count["duplicates"]),
            )
        merged = sum(activity.rows - 1 for activity in self._draft.activities.values()) - count["duplicates"]
        if merged > 0:
            self._findings.add(
                f"rows that differ from an earlier one only in columns that are not read: {merged:,}; they count once",
                "Check whether a column that matters is missing from the mapping.",
                value=str(merged),
            )
        if self._self_tied:
            self._findings.add(
                f"ties from an organisation to itself: {count['to themselves']:,}, of {len(self._self_tied):,} "
                "organisations; not imported",
                "Nothing to do: an organisation that carries out its own programme has no tie to itself.",
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
                "Check the names with accents; if they are wrong, save the table as CSV UTF-8.",
            )
        if table.unusual:
            self._findings.add(
                f"cells with no-break spaces or invisible characters: {table.unusual:,}; replaced or removed",
                "Nothing to do: names that differ only in these are equal.",
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
                "nothing says when; imported without dates",
                "Put month and year into the file name, or add columns for them.",
            )
        elif self._columns.has("month") and not self._columns.has("year") and periods.year:
            self._findings.add(
                "months have no year; it was taken from the title or the file name",
                "Add a column for the year.",
                row=self._columns.heading_row,
                column=self._columns.heading("month"),
                value=str(periods.year),
            )
