"""The tables of the demo mission as records.

``a;b`` in a cell is a list. Days are counted back from the day of loading (a negative number lies ahead), so the demo
is equally recent on every day. Rows refer to each other by their slug, from which their ids are computed.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from importlib.resources import files
from typing import Any
from uuid import UUID

from graph.access import Sensitivity
from graph.model import AccessInterval, Activity, Area, Participant, Sector, Source, Stakeholder
from graph.text import clean_name
from graph.ties import TieReport
from graph.vocabulary import Access, ActivityRole, ActivityStatus, Nature, Presence, Reliability, SourceKind

Row = dict[str, str]

EPOCH_MILLISECONDS = 1_704_067_200_000
"""2024-01-01 UTC, the instant in every demo id. Any fixed one would do; this one sorts before records of users."""

RECORDED_TIME = time(18, tzinfo=UTC)
"""Reports of the demo are recorded in the evening of the day that they describe."""


def sectors(today: date) -> Iterator[Sector]:
    """Yield the sectors, by code."""
    for row in _rows("sectors"):
        yield Sector(**_common("sector", row["code"], row, today), code=row["code"], name=row["name"])


def areas(today: date) -> Iterator[Area]:
    """Yield the areas, parents first."""
    for row in _rows("areas"):
        yield Area(
            **_common("area", row["slug"], row, today),
            name=row["name"],
            level=int(row["level"]),
            pcode=row["pcode"],
            parent_id=_reference("area", row["parent"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            access=tuple(_access(text, today) for text in _list(row["access"])),
        )


def sources(today: date) -> Iterator[Source]:
    """Yield the sources; the newspaper repeats the radio, so the two are one evidence group."""
    for row in _rows("sources"):
        yield Source(
            **_common("source", row["slug"], row, today),
            name=row["name"],
            kind=SourceKind(row["kind"]),
            reliability=Reliability(row["reliability"]),
            origin_group=row["origin_group"],
        )


def stakeholders(today: date) -> Iterator[Stakeholder]:
    """Yield the stakeholders, by category."""
    for row in _rows("stakeholders"):
        flags = _list(row["flags"])
        yield Stakeholder(
            **_common("stakeholder", row["slug"], row, today),
            name=clean_name(row["name"]),
            category=row["category"],
            aliases=_list(row["aliases"]),
            nature=Nature(row["nature"]),
            area_id=_reference("area", row["area"]),
            sector_ids=tuple(sorted(_id("sector", code) for code in _list(row["sectors"]))),
            description=row["description"],
            languages=_list(row["languages"]),
            womens_group="womens_group" in flags,
            youth_group="youth_group" in flags,
            contact_permitted="do_not_contact" not in flags,
            do_not_contact="do_not_contact" in flags,
        )


def tie_reports(today: date) -> Iterator[TieReport]:
    """Yield the reports: agreeing, conflicting, single, old, of absence, of tension, and confidential ones."""
    for row in _rows("tie_reports"):
        observed = today - timedelta(int(row["days_ago"]))
        # A report never changes: its id depends on its content, so that an edited row is another report.
        identifying = "/".join(row[column] for column in ("from", "kind", "to", "source", "presence", "days_ago"))
        yield TieReport(
            **_common("tie_report", identifying, row, observed),
            from_id=_id("stakeholder", row["from"]),
            to_id=_id("stakeholder", row["to"]),
            kind=row["kind"],
            source_id=_id("source", row["source"]),
            presence=Presence(row["presence"]),
            strength=float(row["strength"]) if row["strength"] else None,
            trust=float(row["trust"]) if row["trust"] else None,
            sign=int(row["sign"]) if row["sign"] else None,
            valid_from=_day(row["since"], today),
            valid_to=_day(row["until"], today),
            observed_on=observed,
            recorded_at=datetime.combine(observed, RECORDED_TIME),
            credibility=int(row["credibility"]),
            note=row["note"],
        )


def activities(today: date) -> Iterator[Activity]:
    """Yield the activities: who does what, where and when."""
    for row in _rows("activities"):
        yield Activity(
            **_common("activity", row["slug"], row, today),
            name=row["name"],
            participants=tuple(
                Participant(stakeholder_id=_id("stakeholder", slug), role=role)
                for role in ActivityRole
                for slug in _list(row[role])
            ),
            area_id=_reference("area", row["area"]),
            sector_id=_reference("sector", row["sector"]),
            status=ActivityStatus(row["status"]),
            valid_from=_day(row["since"], today),
            valid_to=_day(row["until"], today),
        )


def _rows(table: str) -> Iterator[Row]:
    text = files(__package__).joinpath(f"{table}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _common(kind: str, slug: str, row: Row, day: date) -> dict[str, Any]:
    """Return the fields of every record. The store sets author and times; times by day keep equal records equal."""
    recorded_at = datetime.combine(day, RECORDED_TIME)
    return {
        "id": _id(kind, slug),
        "external_ids": (f"demo:{slug}",),
        "sensitivity": Sensitivity.of(row.get("sensitivity") or "public"),
        "created_at": recorded_at,
        "updated_at": recorded_at,
    }


def _id(kind: str, slug: str) -> str:
    """Return a UUIDv7 (RFC 9562) whose random bits come from the slug, so that a reference needs no look-up."""
    digest = int.from_bytes(sha256(f"{kind}/{slug}".encode()).digest()[:10])
    random_a, random_b = digest >> 62 & 0xFFF, digest & (1 << 62) - 1
    return str(UUID(int=EPOCH_MILLISECONDS << 80 | 7 << 76 | random_a << 64 | 0b10 << 62 | random_b))


def _reference(kind: str, slug: str) -> str | None:
    return _id(kind, slug) if slug else None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(clean_name(part) for part in cell.split(";") if part)


def _day(days_ago: str, today: date) -> date | None:
    return today - timedelta(int(days_ago)) if days_ago else None


def _access(cell: str, today: date) -> AccessInterval:
    """Read ``open@900-140``: open from 900 until 140 days ago; without the second number, open until now."""
    access, _, days = cell.partition("@")
    since, _, until = days.partition("-")
    return AccessInterval(access=Access(access), since=today - timedelta(int(since)), until=_day(until, today))
