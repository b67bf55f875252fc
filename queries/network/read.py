"""The whole network that one viewer may see, on one day and as known at one instant, page by page.

A materialised tie is used if it holds on this day and the viewer may see all that went into it; every other tie is
folded from the viewer's reports. What was known at an earlier instant is always folded: materialised ties show what is
known now.

A page is a few long lists, turned into arrays before the next is read, so that neither this process nor the database's
transaction ever holds more than a page besides the arrays.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from graph.networks.network import Node
from graph.ties import Tie
from graph.vocabulary import TIE_KINDS, ActivityRole, ActivityStatus, Nature
from queries.driver.batches import batches
from queries.driver.running import Row
from queries.driver.statements import statement
from queries.driver.transactions import ReadTransaction
from queries.records.mapping import as_date
from queries.ties.evidence import tie_evidence
from queries.ties.fold_text import MODEL

if TYPE_CHECKING:
    from graph.networks.tie_table import TieTable

READINGS = 3
"""How often a network is read at most when others write meanwhile; 100,000 ties take one to two seconds."""

SECONDS = 60.0
"""Time limit of a network read: a million ties take about 10 s on two quiet cores."""

NODES = 5_000
"""Most stakeholders of a page."""

TIES = 20_000
"""Most ties of a page, unless one stakeholder has more: with some 500 bytes a tie, 10 MB of the transaction's 256."""

_POSITIONS = {kind.relationship_type: position for position, kind in enumerate(TIE_KINDS.values())}


@dataclass(frozen=True, slots=True)
class NetworkRows:
    """Stakeholders sorted by id, the ties between them sorted by ends and kind, and the viewer's revision of both."""

    nodes: list[Node]
    ties: "TieTable"
    revision: int


class ActivityPresence(NamedTuple):
    """A stakeholder's part in an activity of a sector in an area; ``valid_to`` is the first day it no longer ran."""

    area_id: str
    sector_id: str
    stakeholder_id: str
    role: ActivityRole
    status: ActivityStatus
    valid_from: date | None
    valid_to: date | None


def network(tx: ReadTransaction, *, as_of: date, known_at: datetime | None = None) -> NetworkRows:
    """Return the viewer's network.

    Neo4j shows a transaction what others commit meanwhile. So the revision is read before and after; if it rose, all
    is read again. Where others write without a pause, the last read gets the revision from before it: a caller that
    holds it by its revision finds it outdated at once.
    """
    revision, rows = tx.revision(), _rows(tx, as_of, known_at)
    for _ in range(READINGS - 1):
        after = tx.revision()
        if after == revision:
            break
        revision, rows = after, _rows(tx, as_of, known_at)
    nodes, ties = rows
    return NetworkRows(nodes, ties, revision)


def presence(tx: ReadTransaction) -> list[ActivityPresence]:
    """Return the participants of activities by area and sector, where the viewer may see all four.

    Sorted by activity, stakeholder and role.
    """
    (columns,) = tx.rows(statement("network/presence"))
    return [
        ActivityPresence(
            area_id=row["area_id"],
            sector_id=row["sector_id"],
            stakeholder_id=row["stakeholder_id"],
            role=ActivityRole(row["role"]),
            status=ActivityStatus(row["status"]),
            valid_from=as_date(row["valid_from"]),
            valid_to=as_date(row["valid_to"]),
        )
        for row in _rows_of(columns)
    ]


def counts(tx: ReadTransaction) -> dict[str, int]:
    """Return how many records of each kind the viewer may see, and how many ties."""
    (row,) = tx.rows(statement("network/counts"))
    return dict(row)


def nodes_of(columns: Row) -> Iterator[Node]:
    """Yield the stakeholders in the columns of ``nodes`` or ``these_nodes``."""
    for row in _rows_of(columns):
        lists = {name: tuple(row[name]) for name in ("aliases", "sector_ids")}
        yield Node(**{**row, **lists, "nature": Nature(row["nature"])})


def folded(tx: ReadTransaction, tie_ids: Sequence[str], as_of: date, known_at: datetime | None) -> Iterator[list[Tie]]:
    """Yield, some thousands at a time, those of the ties that the viewer's reports cover on that day."""
    for ids in batches(tie_ids):
        (columns,) = tx.rows(statement("ties/visible_evidence"), tie_ids=ids)
        yield [tie for evidence in tie_evidence(columns) if (tie := evidence.tie(as_of=as_of, known_at=known_at))]


def _rows(tx: ReadTransaction, as_of: date, known_at: datetime | None) -> "tuple[list[Node], TieTable]":
    from graph.networks.joined import joined

    pages = list(_nodes(tx))
    nodes = [node for page, _ in pages for node in page]
    ids = [node.id for node in nodes]
    degrees = [degree for _, counted in pages for degree in counted]
    return nodes, joined(_tables(tx, ids, degrees, as_of=as_of, known_at=known_at), ids)


def _nodes(tx: ReadTransaction) -> Iterator[tuple[list[Node], list[int]]]:
    """Yield pages of stakeholders, with an upper bound of the number of materialised ties from each."""
    after, count = "", NODES
    shared: dict[str, str] = {}  # few areas, sectors and categories are on many stakeholders: one string each
    while count == NODES:
        (columns,) = tx.rows(statement("network/nodes"), after=after, limit=NODES)
        degrees = columns.pop("ties")
        columns["category"] = [shared.setdefault(word, word) for word in columns["category"]]
        columns["area_id"] = [shared.setdefault(id_, id_) if id_ else None for id_ in columns["area_id"]]
        columns["sector_ids"] = [[shared.setdefault(id_, id_) for id_ in ids] for ids in columns["sector_ids"]]
        page = list(nodes_of(columns))
        yield page, degrees
        count = len(page)
        after = page[-1].id if page else ""


def _tables(
    tx: ReadTransaction, ids: Sequence[str], degrees: Sequence[int], *, as_of: date, known_at: datetime | None
) -> "Iterator[TieTable]":
    from graph.networks.tie_table import TieTable
    from queries.network.page import Pages

    if known_at:
        (row,) = tx.rows(statement("ties/all_reported"))
        for ties in folded(tx, row["tie_ids"], as_of, known_at):
            yield TieTable.of(ties, ids)
        return
    pages = Pages(ids, as_of)

    def read(first: int, last: int) -> Row:
        parameters = {"first_id": ids[first], "last_id": ids[last], "places": _POSITIONS, "model": MODEL}
        (columns,) = tx.rows(statement("network/ties"), **parameters)
        return columns

    # While one page becomes arrays, the database works on the next; a transaction has one thread at a time.
    with ThreadPoolExecutor(1) as reader:
        pending = deque[Future[Row]]()
        for first, last in _ranges(degrees):
            pending.append(reader.submit(read, first, last))
            if len(pending) > 1:
                yield pages.table(pending.popleft().result())
        while pending:
            yield pages.table(pending.popleft().result())
    for ties in folded(tx, pages.others, as_of, None):
        yield TieTable.of(ties, ids)


def _ranges(degrees: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last position of each run of stakeholders that have ties, cut to the size of a page."""
    first, last, total = 0, -1, 0
    for position, degree in enumerate(degrees):
        if total and total + degree > TIES:
            yield first, last
            total = 0
        if degree:
            first, last = (first if total else position), position
            total += degree
    if total:
        yield first, last


def _rows_of(columns: Row) -> Iterator[Row]:
    return (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
