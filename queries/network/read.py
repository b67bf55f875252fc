"""The whole network that one viewer may see, on one day and as known at one instant, page by page.

A tie that is drawn for this day from nothing but what the viewer may see is taken as drawn; every other tie is folded
from the viewer's reports. What was known at an earlier instant is always folded: drawings show what is known now.

A page is a few long lists, turned into arrays before the next is asked for, so that neither this process nor the
database's transaction ever holds more than a page besides the arrays.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from graph.model import Tie
from graph.networks.network import Node
from graph.vocabulary import TIE_KINDS, ActivityRole, ActivityStatus, Nature
from queries.driver.batches import batches
from queries.driver.connection import Row
from queries.driver.statements import statement
from queries.driver.transactions import Reading
from queries.records.mapping import as_date
from queries.ties.evidence import spoken
from queries.ties.fold_text import MODEL

if TYPE_CHECKING:
    from graph.networks.tie_table import TieTable

READINGS = 3
"""How often a network is read at most because something was written meanwhile; 100,000 ties take one to two seconds."""

SECONDS = 60.0
"""Time limit of a network read: a million ties take about 10 s on two quiet cores."""

NODES = 5_000
"""Stakeholders of a page."""

TIES = 20_000
"""Ties of a page, unless a single stakeholder has more: with some 500 bytes a tie, 10 MB of the transaction's 256."""

_PLACES = {kind.relationship_type: place for place, kind in enumerate(TIE_KINDS.values())}


@dataclass(frozen=True, slots=True)
class NetworkRows:
    """Stakeholders by id, the ties between them by what they join, and the viewer's revision they belong to."""

    nodes: list[Node]
    ties: "TieTable"
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


def nodes_of(columns: Row) -> Iterator[Node]:
    """Yield the stakeholders that ``nodes`` or ``these_nodes`` gave."""
    for row in _in_step(columns):
        lists = {name: tuple(row[name]) for name in ("aliases", "sector_ids")}
        yield Node(**{**row, **lists, "nature": Nature(row["nature"])})


def folded(reading: Reading, tie_ids: Sequence[str], as_of: date, known_at: datetime | None) -> Iterator[list[Tie]]:
    """Yield, some thousands at a time, those of the ties of which the viewer's reports speak on that day."""
    for ids in batches(tie_ids):
        (columns,) = reading.rows(statement("ties/visible_evidence"), tie_ids=ids)
        yield [tie for told in spoken(columns) if (tie := told.tie(as_of=as_of, known_at=known_at))]


def _rows(reading: Reading, as_of: date, known_at: datetime | None) -> "tuple[list[Node], TieTable]":
    from graph.networks.joined import joined

    pages = list(_nodes(reading))
    nodes = [node for page, _ in pages for node in page]
    ids = [node.id for node in nodes]
    degrees = [degree for _, counted in pages for degree in counted]
    return nodes, joined(_tables(reading, ids, degrees, as_of=as_of, known_at=known_at), ids)


def _nodes(reading: Reading) -> Iterator[tuple[list[Node], list[int]]]:
    """Yield pages of stakeholders, and how many ties are drawn from each at most."""
    after, found = "", NODES
    shared: dict[str, str] = {}  # few areas, sectors and categories stand on many stakeholders: one text each will do
    while found == NODES:
        asked = {"after": after, "limit": NODES}
        (columns,) = reading.rows(statement("network/nodes"), **asked)
        degrees = columns.pop("ties")
        columns["category"] = [shared.setdefault(word, word) for word in columns["category"]]
        columns["area_id"] = [shared.setdefault(id_, id_) if id_ else None for id_ in columns["area_id"]]
        columns["sector_ids"] = [[shared.setdefault(id_, id_) for id_ in ids] for ids in columns["sector_ids"]]
        page = list(nodes_of(columns))
        yield page, degrees
        found = len(page)
        after = page[-1].id if page else ""


def _tables(
    reading: Reading, ids: Sequence[str], degrees: Sequence[int], *, as_of: date, known_at: datetime | None
) -> "Iterator[TieTable]":
    from graph.networks.tie_table import TieTable
    from queries.network.page import Pages

    if known_at:
        (found,) = reading.rows(statement("ties/all_spoken_of"))
        for ties in folded(reading, found["tie_ids"], as_of, known_at):
            yield TieTable.of(ties, ids)
        return
    pages = Pages(ids, as_of)

    def read(first: int, last: int) -> Row:
        asked = {"first_id": ids[first], "last_id": ids[last], "places": _PLACES, "model": MODEL}
        (columns,) = reading.rows(statement("network/ties"), **asked)
        return columns

    # While one page becomes arrays, the database works on the next; a transaction has one thread at a time.
    with ThreadPoolExecutor(1) as reader:
        coming = deque[Future[Row]]()
        for first, last in _ranges(degrees):
            coming.append(reader.submit(read, first, last))
            if len(coming) > 1:
                yield pages.table(coming.popleft().result())
        while coming:
            yield pages.table(coming.popleft().result())
    for ties in folded(reading, pages.others, as_of, None):
        yield TieTable.of(ties, ids)


def _ranges(degrees: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last position of each run of stakeholders that have ties, cut to what a page takes."""
    first, last, together = 0, -1, 0
    for position, degree in enumerate(degrees):
        if together and together + degree > TIES:
            yield first, last
            together = 0
        if degree:
            first, last = (first if together else position), position
            together += degree
    if together:
        yield first, last


def _in_step(columns: Row) -> Iterator[Row]:
    return (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
