"""Rules that a record must meet when it is written, but not when it is read.

A record checks its own form whenever it is made, also when read from the store. These rules came later or depend on
the day: records stored before them must still be read, corrected, archived and restored, and `stakeholder-graph check`
names them.

* A name, title or code that is given shows something (``graph.text.shows``).
* An observation is of the past. The days on which a tie was seen or held, a report's ``observed_on``, ``valid_from``
  and ``recorded_at``, are no later than tomorrow in UTC, as it is already tomorrow in the east. Evidence ages from its
  last confirmation, so a day in the far future would keep a tie fresh for years. What may lie ahead stays allowed: a
  report's ``valid_to`` (an agreement runs until 2030), an activity's days (it is planned) and the days of an area's
  access (a closure is announced). None of these says that something has been seen, and nothing ages by them.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from graph.errors import Finding, InvalidInput
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder
from graph.text import shows
from graph.ties import TieReport

NAMES: dict[type[Record], tuple[str, ...]] = {
    Stakeholder: ("name", "aliases"),
    Source: ("name", "origin_group"),
    Area: ("name", "pcode"),
    Sector: ("code", "name"),
    Activity: ("name",),
    TieReport: (),
}
"""The fields of each kind that name something: text, or several texts."""

GRACE = timedelta(days=1)
"""UTC+14 is a day ahead of UTC at most."""


def latest_day(today: date) -> date:
    """Return the last day of which an observation can be, ``today`` being the day in UTC."""
    return min(today, date.max - GRACE) + GRACE


def input_findings(record: Record, *, today: date) -> Iterator[Finding]:
    """Yield the faults of a record written on a day; pointers lead into the record."""
    for name in NAMES[type(record)]:
        value = getattr(record, name)
        for pointer, text in [(f"/{name}", value)] if isinstance(value, str) else _each(name, value):
            if text and not shows(text):
                yield Finding(pointer, "shows nothing: it holds invisible characters alone", _VISIBLE)
    for pointer, key in _each("external_ids", record.external_ids):
        if not all(map(shows, key.split(":", 1))):
            yield Finding(pointer, "shows nothing before or after its colon", _VISIBLE)
    if isinstance(record, TieReport):
        latest = latest_day(today)
        days = {
            "observed_on": record.observed_on,
            "valid_from": record.valid_from,
            "recorded_at": record.recorded_at.date(),
        }
        for name, day in days.items():
            if day and day > latest:
                cure = f"Give a day up to {latest}: nobody can have seen what is still to come."
                yield Finding(f"/{name}", f"{day} has not come yet", cure)


def check_input(record: Record, *, today: date) -> None:
    """Raise ``InvalidInput`` for a record that could not be written on that day, naming every field with a fault."""
    findings = tuple(input_findings(record, today=today))
    if findings:
        raise refused(findings)


def refused(findings: tuple[Finding, ...]) -> InvalidInput:
    """Return the error for these findings."""
    detail = "; ".join(f"{found.pointer} {found.detail}" for found in findings[:5])
    return InvalidInput(f"The input cannot be kept: {detail}.", cure=findings[0].cure, findings=findings)


_VISIBLE = "Give at least one visible character."


def _each(name: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((f"/{name}/{position}", text) for position, text in enumerate(texts))
