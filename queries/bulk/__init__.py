"""Many records at once: look-ups for an import, and the changes that it then writes.

Up to ``TRANSACTION`` records are written all or not at all; more take several transactions, in an order in which every
record finds what it refers to, so that a caller that is interrupted can look up what was written and go on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from graph.access import Actor
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder
from graph.ties import TieReport
from graph.vocabulary import protected_as
from queries.driver.batches import batches
from queries.driver.transactions import Transactions, WriteTransaction
from queries.records.base import RecordStore
from queries.ties.materialise import hold

TRANSACTION = 5_000
"""Most records of one transaction. A tie report with its tie and external id takes the server up to 28 kB until it is
committed (measured), and our ``neo4j.conf`` gives a transaction 256 MB: 5,000 take half of that, 10,000 do not fit. A
large 3W table comes to 4,066 records."""

SECONDS = 300.0
"""Time limit of one bulk transaction: 5,000 tie reports take 5 s on two cores, and 35 s where seven others wait for
each. The limit that a driver sends replaces the server's ``db.transaction.timeout`` (10 s in our ``neo4j.conf``),
upwards too: on 5.26 a statement with 13 s ran for 14 s."""

ORDER: tuple[type[Record], ...] = (Sector, Area, Source, Stakeholder, TieReport, Activity)
"""A record comes before the records that refer to it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Records to create, and records to replace that are still at the version they carry; in any order."""

    create: Sequence[Record] = ()
    update: Sequence[Record] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """One record to write, and its position in the changes."""

    verb: Literal["create", "update"]
    position: int
    record: Record

    @property
    def kind(self) -> type[Record]:
        return type(self.record)

    @property
    def pointer(self) -> str:
        return f"/{self.verb}/{self.position}"


def apply(
    transactions: Transactions,
    records: Mapping[type[Record], RecordStore[Any]],
    changes: Changes,
    actor: Actor,
    *,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write the changes. ``progress`` gets after each statement the number of records written so far.

    Raises ``VersionMismatch``, ``NotFound``, ``AlreadyExists`` or ``InvalidInput`` (its pointers lead into the changes,
    such as ``/create/17/area_id``); that transaction is rolled back then, but not those before it.
    """
    steps = list(_steps(changes))
    report = progress or (lambda _: None)
    for start in range(0, len(steps), TRANSACTION):
        part = steps[start : start + TRANSACTION]

        def work(tx: WriteTransaction, part: Sequence[_Step] = part, start: int = start) -> None:
            _hold(tx, part)
            done = start
            for batch in _batches(part):
                _write(tx, records[batch[0].kind], batch)
                done += len(batch)
                report(done)

        transactions.write(actor, work, seconds=SECONDS)


def _write(tx: WriteTransaction, records: RecordStore[Any], batch: Sequence[_Step]) -> None:
    changed = [step.record for step in batch]
    write = records.create_in
    if batch[0].verb == "update":
        write = records.replace_in
        changed = _protected(tx, records, changed)
    write(tx, changed, pointer=lambda position: batch[position].pointer)


def _protected(tx: WriteTransaction, records: RecordStore[Any], changed: Sequence[Record]) -> list[Record]:
    """Protect stakeholders that change category as the new one requires, unless the change sets a sensitivity.

    Changes carry whole records, so a sensitivity equal to the stored one was not set by anybody.
    """
    low = {
        record.id
        for record in changed
        if isinstance(record, Stakeholder) and record.sensitivity < protected_as(record.category)
    }
    stored = records.read_in(tx, low) if low else {}
    return [
        replace(record, sensitivity=before.changed(category=record.category).sensitivity)
        if isinstance(record, Stakeholder)
        and (before := stored.get(record.id))
        and before.sensitivity == record.sensitivity
        else record
        for record in changed
    ]


def _hold(tx: WriteTransaction, part: Sequence[_Step]) -> None:
    """Take all locks of the transaction first and in order, so that two loads wait for each other in turn."""
    new = {step.record.id for step in part if step.verb == "create"}  # no other transaction knows these yet
    sources = {step.record.id for step in part if isinstance(step.record, Source)}
    stakeholders = {step.record.id for step in part if isinstance(step.record, Stakeholder)}
    for step in part:
        if isinstance(step.record, TieReport):
            sources.add(step.record.source_id)
            stakeholders |= {step.record.from_id, step.record.to_id}
        elif isinstance(step.record, Activity):
            stakeholders |= {participant.stakeholder_id for participant in step.record.participants}
    hold(tx, source_ids=sources - new, stakeholder_ids=stakeholders - new)


def _steps(changes: Changes) -> Iterator[_Step]:
    steps = [
        *(_Step("create", position, record) for position, record in enumerate(changes.create)),
        *(_Step("update", position, record) for position, record in enumerate(changes.update)),
    ]
    for kind in ORDER:
        of_kind = [step for step in steps if step.kind is kind]
        if kind is Area:
            depths = _depths([step.record for step in of_kind if isinstance(step.record, Area)])
            of_kind.sort(key=lambda step: (step.verb, depths[step.record.id]))  # new before changed, outer before inner
        yield from of_kind


def _depths(areas: Sequence[Area]) -> dict[str, int]:
    """Return how many of these areas contain each of them; a circular chain is cut."""
    parents = {area.id: area.parent_id for area in areas}
    depths = {}
    for area in areas:
        containing: set[str] = set()
        parent = area.parent_id
        while parent in parents and parent not in containing:
            containing.add(parent)
            parent = parents[parent]
        depths[area.id] = len(containing)
    return depths


def _batches(part: Sequence[_Step]) -> Iterator[Sequence[_Step]]:
    """Yield runs of one kind and verb, cut to what one statement takes."""
    for _, run in groupby(part, key=lambda step: (step.kind, step.verb)):
        yield from batches(list(run))
