"""Reads the whole database at one instant while others use it.

Neo4j shows a transaction what others commit meanwhile. But every write raises the highest revision in its own
transaction; so if no revision rose between the first look and the last, nothing was written in between, and what was
read is the database at one instant. If one rose, all is read again. Receipts alone come and go without a revision:
those of writes that changed nothing, and those that have expired. Where others write without a pause, ``hold`` makes
writers wait while everything is read: each waits as long as its server allows (5 s with our ``neo4j.conf``) and is
then refused as by a busy database.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from graph.errors import Conflict
from graph.model import now
from queries.archive.canonical import Fingerprint, to_line
from queries.archive.kinds import KINDS, Kind
from queries.driver.connection import Connection
from queries.driver.running import Row, StatementRunner
from queries.driver.statements import statement
from queries.schema.migrations import UNFINISHED

T = TypeVar("T")

READINGS = 3
"""How often all is read at most when others write meanwhile; 100,000 records take some ten seconds."""

SECONDS = 4 * 3600.0
"""Time limit of one attempt: a hundred million rows would take about as long."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one kind as lines of canonical text."""

    kind: str
    lines: list[bytes]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A summary of what was read: instant, schema files applied, revisions, rows of each kind, and the hash of all.

    ``schema`` has the checksum of each file; ``revisions`` the number of each clearance, which the hash leaves out.
    """

    at: datetime
    schema: dict[str, str]
    revisions: dict[int, int]
    counts: dict[str, int]
    fingerprint: str


class Disturbed(Exception):
    """A write was committed while everything was being read."""


class ArchiveReader:
    """One attempt to read everything: an iterator over the rows, which ends only if all are of one instant.

    ``snapshot`` is set once the iteration has ended.
    """

    def __init__(self, run: StatementRunner) -> None:
        self._run = run
        self._fingerprint = Fingerprint()
        self._counts: Counter[str] = Counter()
        self._nodes = 0
        self._relationships = 0
        self.snapshot: Snapshot

    def __iter__(self) -> Iterator[Batch]:
        """Yield everything, kind by kind; raises ``Conflict`` for what an archive could not restore."""
        before, at = self._state(), now()
        if not before["migrations"]:
            raise Conflict(
                "The database has never been used by this program.", cure="Check NEO4J_URI or STAKEHOLDER_GRAPH_HOME."
            )
        for kind in KINDS:
            for rows in self._pages(kind):
                yield self._batch(kind, rows)
        if self._state() != before:
            raise Disturbed
        self._compare_totals()
        self.snapshot = Snapshot(
            at=at,
            schema={version: checksum for version, checksum in before["migrations"] if version != UNFINISHED},
            revisions=dict(before["revisions"]),
            counts={kind.name: self._counts[kind.name] for kind in KINDS},
            fingerprint=self._fingerprint.hexdigest(),
        )

    def _state(self) -> Row:
        (row,) = self._run(statement("archive/state"), {})
        return row

    def _pages(self, kind: Kind) -> Iterator[list[Row]]:
        after = kind.first
        page = kind.read_statement
        fixed = {"unfinished": UNFINISHED} if "unfinished" in page.params else {}
        while True:
            found = self._run(page, {"after": after, "limit": kind.page, **fixed})
            if rows := [kind.settle(item["row"]) for item in found if item["row"] is not None]:
                yield rows
            cursors = {item["after"] for item in found}
            if len(cursors) < kind.page:
                return
            after = max(cursors)

    def _batch(self, kind: Kind, rows: list[Row]) -> Batch:
        batch = Batch(kind.name, [to_line(row) for row in rows])
        self._counts[kind.name] += len(rows)
        if kind.name != "revisions":  # a restore gives the database new ones
            for line in batch.lines:
                self._fingerprint.add(kind.name, line)
        if kind.name != "receipts":  # receipts come and go without a revision
            self._nodes += sum(kind.nodes(row) for row in rows)
            self._relationships += sum(kind.relationships(row) for row in rows)
        return batch

    def _compare_totals(self) -> None:
        """Raise ``Conflict`` unless everything in the database was read."""
        (totals,) = self._run(statement("archive/totals"), {})
        unfinished = any(version == UNFINISHED for version, _ in self._state()["migrations"])
        read = {"nodes": self._nodes + unfinished, "relationships": self._relationships}
        more = [f"{totals[name] - count} {name}" for name, count in read.items() if totals[name] != count]
        if more:
            raise Conflict(
                f"The database holds {' and '.join(more)} that belong to no record of this program.",
                cure="Run `stakeholder-graph check`, which names them, and correct or remove them.",
            )


def read_all(connection: Connection, take: Callable[[ArchiveReader], T], *, hold: bool = False) -> T:
    """Pass an ``ArchiveReader`` to ``take``, which must iterate over all of it, and return the result of ``take``.

    ``take`` is called again for each attempt. Raises ``Conflict`` if there is no prepared database, if it has what an
    archive cannot restore, or if others wrote during each of ``READINGS`` attempts (never with ``hold``);
    ``StoreUnavailable``; and what ``take`` raises.
    """

    def work(run: StatementRunner) -> T:
        if hold:
            run(statement("archive/hold_writers"), {})
        return take(ArchiveReader(run))

    for _ in range(READINGS):
        try:
            return connection.transaction(work, read=not hold, seconds=SECONDS)
        except Disturbed:
            continue
    raise Conflict(
        f"Somebody wrote to the database during each of {READINGS} attempts to read it as it was at one instant.",
        cure="Try again at a quieter time, or give --hold, which lets writers wait meanwhile.",
    )


def fingerprint(connection: Connection) -> str:
    """Return the canonical hash of the whole graph."""

    def take(reader: ArchiveReader) -> str:
        for _ in reader:
            pass
        return reader.snapshot.fingerprint

    return read_all(connection, take)
