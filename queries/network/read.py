"""The whole network that one viewer may see, on one day and as known at one instant, in a few long lists.

A tie that is drawn for this day from nothing but what the viewer may see is taken as drawn; every other tie is folded
from the viewer's reports. What was known at an earlier instant is always folded: drawings show what is known now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from graph.evidence import EVIDENCE_MODEL, Fold, tie_as_of
from graph.model import Tie
from graph.network import Node
from graph.vocabulary import TIE_KINDS, ActivityRole, ActivityStatus, Nature, TieStatus
from queries.batches import batches
from queries.catalogue import statement
from queries.connection import Row
from queries.mapping import as_date
from queries.ties.evidence import spoken
from queries.transactions import Reading

READINGS = 3
"""How often a network is read at most because something was written meanwhile; a reading takes less than a second."""

SECONDS = 60.0
"""Time limit of a network read: 45,000 ties take about a second, a million would take half a minute."""

_KINDS = {kind.relationship_type: kind.code for kind in TIE_KINDS.values()}


@dataclass(frozen=True, slots=True)
class NetworkRows:
    """Stakeholders and the ties between them, each sorted by id, and the viewer's revision they belong to."""

    nodes: list[Node]
    ties: list[Tie]
    revision: int


class Presence(NamedTuple):
    """A stakeholder's part in an activity of a sector in an area; ``valid_to`` is the first day it no longer ran."""

    area_id: str
    sector_id: str
    stakeholder_id: str
    role: ActivityRole
    status: ActivityStatus
    valid_from: date | None
    valid_to: date | None


def network(reading: Reading, *, as_of: date, known_at: datetime | None = None) -> NetworkRows:
    """Return the viewer's network.

    Neo4j shows a transaction what others commit meanwhile. So the revision is read before and after; if it rose, all
    is read again. Where somebody writes without a pause, the last reading goes under the revision from before it: who
    keeps it by its revision finds it outdated at once.
    """
    revision, rows = reading.revision(), _rows(reading, as_of, known_at)
    for _ in range(READINGS - 1):
        after = reading.revision()
        if after == revision:
            break
        revision, rows = after, _rows(reading, as_of, known_at)
    nodes, ties = rows
    return NetworkRows(nodes, ties, revision)


def presence(reading: Reading) -> list[Presence]:
    """Return who does what where, as far as the viewer may see activity, stakeholder, area and sector.

    Sorted by activity, stakeholder and role.
    """
    (columns,) = reading.rows(statement("network/presence"))
    return [
        Presence(
            area_id=row["area_id"],
            sector_id=row["sector_id"],
            stakeholder_id=row["stakeholder_id"],
            role=ActivityRole(row["role"]),
            status=ActivityStatus(row["status"]),
            valid_from=as_date(row["valid_from"]),
            valid_to=as_date(row["valid_to"]),
        )
        for row in _in_step(columns)
    ]


def counts(reading: Reading) -> dict[str, int]:
    """Return how many records of each kind the viewer may see, and how many ties."""
    (row,) = reading.rows(statement("network/counts"))
    return dict(row)


def _rows(reading: Reading, as_of: date, known_at: datetime | None) -> tuple[list[Node], list[Tie]]:
    nodes = sorted(_nodes(reading), key=lambda node: node.id)
    return nodes, sorted(_ties(reading, as_of, known_at), key=lambda tie: tie.id)


def _nodes(reading: Reading) -> Iterator[Node]:
    (columns,) = reading.rows(statement("network/nodes"))
    for row in _in_step(columns):
        lists = {name: tuple(row[name]) for name in ("aliases", "sector_ids")}
        yield Node(**{**row, **lists, "nature": Nature(row["nature"])})


def _ties(reading: Reading, as_of: date, known_at: datetime | None) -> Iterator[Tie]:
    if known_at:
        (found,) = reading.rows(statement("ties/all_spoken_of"))
        yield from _folded(reading, found["tie_ids"], as_of, known_at)
        return
    asked = {"types": sorted(_KINDS), "as_of": as_of, "evidence_model": EVIDENCE_MODEL}
    (columns,) = reading.rows(statement("network/ties"), **asked)
    yield from _folded(reading, columns.pop("others"), as_of, None)
    for row in _in_step(columns):
        yield _as_drawn(row, as_of)


def _folded(reading: Reading, tie_ids: Sequence[str], as_of: date, known_at: datetime | None) -> Iterator[Tie]:
    for ids in batches(tie_ids):
        (columns,) = reading.rows(statement("ties/visible_evidence"), tie_ids=ids)
        for told in spoken(columns):
            if tie := told.tie(as_of=as_of, known_at=known_at):
                yield tie


def _as_drawn(row: Row, as_of: date) -> Tie:
    folded = Fold(
        kind=_KINDS[row["type"]],
        confirmed=row["confirmed"],
        strength=row["strength"],
        trust=row["trust"],
        sign=row["sign"],
        status=TieStatus(row["status"]),
        first_confirmed=date.fromisoformat(row["first_confirmed"]),
        last_confirmed=date.fromisoformat(row["last_confirmed"]),
        reports=row["reports"],
        origins=tuple(row["origins"]),
        undated=row["undated"],
        holds_from=None,  # the window was judged by the statement
        holds_to=None,
    )
    return tie_as_of(folded, row["from_id"], row["to_id"], as_of=as_of)


def _in_step(columns: Row) -> Iterator[Row]:
    return (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
