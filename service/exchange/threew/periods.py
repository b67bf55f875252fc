"""The period of a row: from its own columns, else from the title rows and the file name.

A period is a range of whole days. Months and quarters are read in English and French, as words, abbreviations or
numbers.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from graph.text import search_form
from service.exchange.tables.table import Row
from service.exchange.threew.columns import Columns

MONTHS = (
    "january janvier jan janv",
    "february fevrier feb fev fevr",
    "march mars mar",
    "april avril apr avr",
    "may mai",
    "june juin jun",
    "july juillet jul juil",
    "august aout aug",
    "september septembre sep sept",
    "october octobre oct",
    "november novembre nov",
    "december decembre dec",
)

EARLIEST = 1990
"""The first plausible year: 3W tables began in the 2000s, and a broken Excel date is in 1900."""

YEARS_AHEAD = 5
"""How far a plan may reach into the future before the year is read as a mistake."""

ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
DAY_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
MONTH_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
STAMP = re.compile(r"(?<!\d)(20\d\d)[01]\d[0-3]\d(?!\d)")
QUARTER = re.compile(
    r"\b(?:q|t|quarter|trimestre)\s*([1-4])\b|\b([1-4])(?:st|nd|rd|th|er|e|eme)?\s*(?:quarter|trimestre)"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A range of days, both ends included."""

    first: date
    last: date

    @property
    def until(self) -> date:
        """The day after the last."""
        return self.last + timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


@lru_cache
def _months() -> dict[str, int]:
    return {word: number for number, words in enumerate(MONTHS, 1) for word in words.split()}


def months(year: int, first: int, last: int) -> Period:
    """Return the period from month ``first`` to ``last`` of ``year``; a later ``first`` is in the year before."""
    start = date(year - (last < first), first, 1)
    return Period(start, date(year, last, monthrange(year, last)[1]))


@lru_cache(maxsize=4096)
def period_in(text: str, *, year: int | None = None) -> Period | None:
    """Return the period that a text names, e.g. ``jan_mar_2024``, ``August 2025``, ``T1 2023``, ``2025-08-31``.

    ``year`` is used if the text names none; without either there is no period.
    """
    plain = search_form(text).replace("_", " ")
    if day := _day(plain):
        return Period(day, day)
    named = YEAR.search(plain) or STAMP.search(plain)
    year = int(named[1]) if named else year
    if year is None or not EARLIEST <= year <= date.max.year - 1:
        return None
    if quarter := QUARTER.search(plain):
        third = int(quarter[1] or quarter[2]) * 3
        return months(year, third - 2, third)
    if months_named := [_months()[word] for word in re.findall(r"[a-z]+", plain) if word in _months()]:
        return months(year, months_named[0], months_named[-1])
    rest = YEAR.sub(" ", plain, count=1).strip(" /.-")
    if MONTH_NUMBER.fullmatch(rest):
        return months(year, int(rest), int(rest))
    # A year alone or among words; with other digits beside it the text is not understood.
    return months(year, 1, 12) if YEAR.search(plain) and not any(map(str.isdigit, rest)) else None


def year_in(text: str) -> int | None:
    """Return the last year named in a text, also in a timestamp like ``20240902``."""
    found = YEAR.findall(text.replace("_", " ")) or STAMP.findall(text)
    return int(found[-1]) if found else None


def _day(text: str) -> date | None:
    """Return a day written with its year. 31/12 and 12/31 are read; 3/4 is ambiguous and is not."""
    if match := ISO_DAY.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := DAY_LAST.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12 or first == second:
            return _date(year, second, first)
        if second > 12:
            return _date(year, first, second)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Periods:
    """The periods of the rows of one table. ``file`` is the period of all rows by the title rows or the file name."""

    def __init__(self, columns: Columns, stem: str, *, today: date) -> None:
        self._columns = columns
        self._latest = today.year + YEARS_AHEAD
        self.year = year_in(columns.titles) or year_in(stem)
        self.file = self._plausible(period_in(columns.titles) or period_in(stem))

    @property
    def has_columns(self) -> bool:
        """Tell whether the table has columns for time."""
        return any(self._columns.has(field) for field in ("date", "start", "end", "year", "quarter", "month"))

    def of(self, row: Row) -> tuple[Period | None, str]:
        """Return the period of a row, and the text of its cells if it is not understood (else ``""``)."""
        value = self._columns.value
        start, end = value(row, "start"), value(row, "end")
        if start or end:
            return self._span(start, end)
        year = value(row, "year")
        text = " ".join(filter(None, (value(row, "month") or value(row, "quarter") or value(row, "date"), year)))
        if not text:
            return self.file, ""
        found = self._plausible(period_in(_plain(text), year=self.year))
        return found, "" if found else text

    def _span(self, start: str, end: str) -> tuple[Period | None, str]:
        first = self._plausible(period_in(start, year=self.year)) if start else None
        last = self._plausible(period_in(end, year=self.year)) if end else None
        if (start and not first) or (end and not last) or (first and last and last.last < first.first):
            return None, f"{start} – {end}"
        known = first or last
        return (Period((first or known).first, (last or known).last), "") if known else (None, "")

    def _plausible(self, period: Period | None) -> Period | None:
        plausible = period and period.first.year >= EARLIEST and period.last.year <= self._latest
        return period if plausible else None


def _plain(text: str) -> str:
    """Remove the time of day that spreadsheet programs add to a date."""
    return text.removesuffix(" 00:00:00")
