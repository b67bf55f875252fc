"""Transactions: reads by a viewer and writes by an actor, through which every statement runs.

* ``$clearance`` is filled in from the viewer, so that no read can omit the viewer or act for another one.
* Each write stores a receipt in its own transaction. When the connection breaks during a commit, the write is run
  again with the same receipt and finds out whether it was done; a caller's idempotency key is such a receipt with the
  result, kept for a day.
* Each write raises, as its last statement, the revisions of exactly the clearances that can see what it changed: the
  counters are shared by all writers, so their locks must be short.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from graph.access import Actor, Sensitivity, Viewer
from graph.errors import KeyReused, StoreUnavailable
from graph.model import new_id, now
from queries.driver.change_log import ChangeLogEntry
from queries.driver.connection import Connection
from queries.driver.errors import OutcomeUnknown
from queries.driver.running import Row, StatementRunner
from queries.driver.statements import Statement, StatementError, statement

T = TypeVar("T")

NOBODY = Actor(name="nobody", clearance=Sensitivity.PUBLIC)
"""Reads and plans what the program itself wants to know: a sign of life, statements planned in advance."""

SECONDS = 10.0
"""Default time limit of a transaction."""

RECEIPT_HOURS = 24
"""How long an idempotency key is remembered: a client that was offline for a working day may still retry."""

FORGET_SECONDS = 3_600.0
"""How often a process deletes expired receipts: 10,000 of them take about 0.3 s."""

ATTEMPTS = 3
"""How often a write of unknown outcome is run with its receipt before the caller gets ``OutcomeUnknown``."""


@dataclass(frozen=True, slots=True)
class Once:
    """An idempotency key and a fingerprint of the request it came with, both made by the caller."""

    key: str
    fingerprint: str


class ReadTransaction:
    """A transaction for one viewer."""

    def __init__(self, viewer: Viewer, run: StatementRunner) -> None:
        self.viewer = viewer
        self._run = run

    def rows(self, query: Statement, /, **parameters: object) -> list[Row]:
        """Run a statement and return its rows; ``$clearance`` comes from the viewer and cannot be passed."""
        if "clearance" in parameters:
            raise StatementError(f"{query.name}: the clearance is the viewer's, it cannot be passed.")
        if "clearance" in query.params:
            parameters["clearance"] = int(self.viewer.clearance)
        return self._run(query, parameters)

    def row(self, query: Statement, /, **parameters: object) -> Row | None:
        """Run a statement that returns at most one row, and return that row."""
        rows = self.rows(query, **parameters)
        if len(rows) > 1:
            raise StatementError(f"{query.name}: returned {len(rows)} rows where at most one was expected.")
        return rows[0] if rows else None

    def revision(self) -> int:
        """Return the number that rises whenever something this viewer can see changes."""
        row = self.row(statement("driver/revision"))
        return int(row["revision"]) if row else 0


class WriteTransaction(ReadTransaction):
    """A transaction for one actor. ``at`` is the instant all its changes carry, the same in every attempt."""

    def __init__(self, actor: Actor, run: StatementRunner, at: datetime) -> None:
        super().__init__(actor, run)
        self.actor = actor
        self.at = at
        self.lowest_changed: Sensitivity | None = None
        # Locked records by id, with what was read with each lock: see queries/ties/materialise.py.
        self.sources: dict[str, Row] = {}
        self.stakeholders: dict[str, Sensitivity] = {}
        self.change_log_entry = ChangeLogEntry()

    def changed(self, *levels: Sensitivity) -> None:
        """Note a change that viewers from the lowest of these levels upwards can see."""
        for level in levels:
            if self.lowest_changed is None or level < self.lowest_changed:
                self.lowest_changed = level

    def forget(self, ids: Iterable[str]) -> None:
        """Drop what was read with the locks of these records, as this transaction changed it; ``hold`` rereads it."""
        for id_ in ids:
            self.sources.pop(id_, None)
            self.stakeholders.pop(id_, None)


class _RolledBackError(Exception):
    """Ends a rehearsal: any exception out of its work makes the driver roll a transaction back."""


class Transactions:
    """Runs reads and writes on one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._forget_at = time.monotonic()  # due with the first write: a command does not live for an hour

    def read(self, viewer: Viewer, work: Callable[[ReadTransaction], T], *, seconds: float = SECONDS) -> T:
        """Return what ``work`` reads as that viewer, in one transaction. ``work`` may run several times."""
        return self._connection.transaction(lambda run: work(ReadTransaction(viewer, run)), read=True, seconds=seconds)

    def write(
        self,
        actor: Actor,
        work: Callable[[WriteTransaction], T],
        *,
        once: Once | None = None,
        dump: Callable[[T], str] | None = None,
        load: Callable[[str], T] | None = None,
        seconds: float = SECONDS,
    ) -> T:
        """Return what ``work`` returns, with its changes made exactly once. ``work`` may run several times.

        With ``once``, ``dump`` and ``load`` turn the result into text and back: a second call with that key by the same
        actor changes nothing and returns the first result. Raises ``KeyReused`` if the key came with another
        fingerprint, ``StoreUnavailable`` if the database is away or, after several attempts, the outcome is unknown.
        """
        if once and not (dump and load):
            raise StatementError("A write with an idempotency key needs dump and load for its result.")
        receipt = _receipt(actor, once)
        at = now()
        returned: list[T] = []

        def attempt(run: StatementRunner) -> T:
            tx = WriteTransaction(actor, run, at)
            claimed = tx.row(
                statement("driver/claim_receipt"),
                key=receipt,
                fingerprint=once.fingerprint if once else "",
                at=at,
                expired=at - timedelta(hours=RECEIPT_HOURS),
            )
            if claimed and not claimed["fresh"]:
                return _first_result(claimed, once, load, returned)
            result = work(tx)
            if once and dump:
                tx.rows(statement("driver/keep_result"), key=receipt, result=dump(result))
            if tx.lowest_changed is not None:
                lowest, entry = int(tx.lowest_changed), tx.change_log_entry.parameters()
                tx.rows(statement("driver/raise_revisions"), lowest=lowest, **entry)
            returned[:] = [result]
            return result

        result = self._until_known(attempt, seconds)
        self._forget_now_and_then()
        return result

    def rehearse(self, actor: Actor, work: Callable[[WriteTransaction], object], *, seconds: float = SECONDS) -> None:
        """Run ``work`` as a write and roll it back, so that the database has planned its statements.

        Nothing is stored in the database, not even a receipt, so a disk that is nearly full does not stop it.
        """

        def attempt(run: StatementRunner) -> None:
            at = now()
            tx = WriteTransaction(actor, run, at)
            tx.rows(statement("driver/claim_receipt"), key=new_id(), fingerprint="", at=at, expired=at)
            work(tx)
            raise _RolledBackError

        with suppress(_RolledBackError):
            self._connection.transaction(attempt, read=False, seconds=seconds, rolled_back=True)

    def forget_receipts(self) -> int:
        """Delete up to 10,000 receipts older than a day, and return how many."""
        before = now() - timedelta(hours=RECEIPT_HOURS)

        def work(run: StatementRunner) -> int:
            return int(run(statement("driver/forget_receipts"), {"before": before})[0]["forgotten"])

        return self._connection.transaction(work, read=False, seconds=SECONDS)

    def _until_known(self, attempt: Callable[[StatementRunner], T], seconds: float) -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._connection.transaction(attempt, read=False, seconds=seconds)
            except OutcomeUnknown:
                continue
        return self._connection.transaction(attempt, read=False, seconds=seconds)

    def _forget_now_and_then(self) -> None:
        if time.monotonic() > self._forget_at:
            self._forget_at = time.monotonic() + FORGET_SECONDS
            with suppress(StoreUnavailable):  # the write is done, and this can wait for the next hour
                self.forget_receipts()


def _receipt(actor: Actor, once: Once | None) -> str:
    """Return the receipt's key: a digest, so that length and content of the client's key do not matter."""
    if once is None:
        return new_id()
    return sha256(f"{actor.name}\0{once.key}".encode("utf-8", "surrogatepass")).hexdigest()


def _first_result(claimed: Row, once: Once | None, load: Callable[[str], T] | None, returned: list[T]) -> T:
    if once is None or load is None:
        return returned[0]  # a receipt of this call: an earlier attempt was committed
    if claimed["fingerprint"] != once.fingerprint:
        raise KeyReused(
            "This idempotency key was used for a different request.", cure="Use a new key for each new request."
        )
    return load(claimed["result"])
