"""How one kind of record is stored: the same rules for each.

* A viewer gets what they may see; missing and hidden are the same ``NotFound``.
* A change is a compare-and-set on ``version``, made in the write transaction after the record's lock is held.
* A reference to a record that the actor cannot see counts as unknown; links the actor cannot see survive their changes.
* Writes take batches, so that a bulk load runs the same statements as a single change.

A kind of record is a folder of statements: ``read`` (ids → records), ``page`` (filters → ids), ``create``, ``replace``
and ``delete``, and a class that builds their rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from graph.access import Actor, Sensitivity, Viewer
from graph.errors import AlreadyExists, InvalidInput, NotFound, VersionMismatch
from graph.model import Record
from queries.driver.pages import Page, check_limit
from queries.driver.statements import statement
from queries.driver.transactions import NOBODY, Once, ReadTransaction, Transactions, WriteTransaction
from queries.records import refusals
from queries.records.kind import RecordKind
from queries.records.mapping import dump, load, to_properties
from queries.records.refusals import Pointer, whole

R = TypeVar("R", bound=Record)

LINKS = frozenset({"area_id", "sector_id", "sector_ids", "parent_id", "participants", "from_id", "to_id", "source_id"})
"""Fields that are stored as relationships to other records, not as properties."""

STAMPED = frozenset({"version", "created_at", "created_by", "updated_at", "updated_by"})
"""Fields that the write itself sets; a change leaves ``created_at`` and ``created_by`` as they are."""

_IN_EVERY_WRITE = frozenset({"rows", "stamp", "clearance"})


def _none_stored(_: object) -> dict[str, Record]:
    """Return the stored records among new ones: none."""
    return {}


class RecordStore(RecordKind[R]):
    """The records of one kind."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    # Within a transaction

    def read_in(self, tx: ReadTransaction, ids: Iterable[str]) -> dict[str, R]:
        """Return those of the records that exist and are visible, by id, in the order of the ids."""
        rows = tx.rows(self._statement("read"), ids=sorted(set(ids)))
        records = [self.from_row(row) for row in rows]
        return {record.id: record for record in records}

    def create_in(self, tx: WriteTransaction, records: Sequence[R], *, pointer: Pointer = whole) -> None:
        """Store new records as version 1. Raises ``AlreadyExists`` or ``InvalidInput``."""
        stamp = {"version": 1, "created_at": tx.at, "created_by": tx.actor.name}

        self._write(tx, "create", records, pointer=pointer, stamp=stamp, row_of=self._row)

    def replace_in(self, tx: WriteTransaction, records: Sequence[R], *, pointer: Pointer = whole) -> None:
        """Change records that are still at the version they carry; who created them and when stays.

        Raises ``NotFound``, ``VersionMismatch``, ``AlreadyExists`` or ``InvalidInput``.
        """

        def row_of(record: R) -> dict[str, Any]:
            row = self._row(record)
            row["properties"]["version"] = record.version + 1
            return {**row, "version": record.version}

        self._write(tx, "replace", records, pointer=pointer, stamp={}, row_of=row_of)

    def delete_in(self, tx: WriteTransaction, id: str, *, version: int) -> None:  # noqa: A002 - what it is called everywhere
        """Delete a record. Raises ``NotFound``, ``VersionMismatch`` or ``StillReferenced``."""
        row = tx.row(self._statement("delete"), id=id, version=version, **self.delete_parameters(tx))
        if row is None:
            raise self._why_not_changed(tx, [id])
        if row["referenced"]:
            raise refusals.still_referenced(self._kind)
        tx.changed(Sensitivity(row["shows_from"]))
        tx.change_log_entry.note_records(self._kind, [id])

    def external_key(self, external_id: str) -> str:
        """Return the key under which an external id is unique: records of two kinds may share an external id."""
        return f"{self._kind.__name__}|{external_id}"

    # In a transaction of their own

    def get(self, id: str, viewer: Viewer) -> R:  # noqa: A002
        """Return one record; raises ``NotFound``."""
        records = self._transactions.read(viewer, lambda tx: self.read_in(tx, [id]))
        if id not in records:
            raise refusals.not_found(self._kind)
        return records[id]

    def list(self, viewer: Viewer, *, after: str | None = None, limit: int = 100, **filters: object) -> Page[R]:
        """Return up to ``limit`` (1 to ``PAGE_LIMIT``) records after that id which match all the filters given.

        Raises ``InvalidInput`` for a limit out of range and ``TypeError`` for a filter that the kind does not have.
        """
        unknown = filters.keys() - set(self.filters)
        if unknown:
            raise TypeError(f"{self._kind.__name__} has no filter {', '.join(sorted(unknown))}.")
        check_limit(limit)
        found = self.page_statement({name: filters.get(name) for name in self.filters})
        if found is None:
            return Page((), None)
        page, parameters = found

        def work(tx: ReadTransaction) -> Page[R]:
            rows = tx.rows(page, after=after or "", limit=limit + 1, **parameters)
            ids = [row["id"] for row in rows]
            records = self.read_in(tx, ids[:limit])
            return Page(tuple(records.values()), ids[limit - 1] if len(ids) > limit else None)

        return self._transactions.read(viewer, work)

    def create(self, record: R, actor: Actor, *, once: Once | None = None) -> R:
        """Store a new record and return it as stored."""
        return self._write_one(lambda tx: self.create_in(tx, [record]), record.id, actor, once)

    def replace(self, record: R, actor: Actor, *, version: int, once: Once | None = None) -> R:
        """Change a record that is still at ``version`` and return it as stored."""
        at_version = replace(record, version=version)
        return self._write_one(lambda tx: self.replace_in(tx, [at_version]), record.id, actor, once)

    def delete(self, id: str, actor: Actor, *, version: int, once: Once | None = None) -> None:  # noqa: A002
        """Delete a record that is still at ``version``."""
        try:
            self._transactions.write(
                actor,
                lambda tx: self.delete_in(tx, id, version=version),
                once=once,
                dump=lambda _: "",
                load=lambda _: None,
            )
        except AlreadyExists as error:  # another record came to refer to it between our check and our commit
            raise refusals.still_referenced(self._kind) from error

    def warm(self) -> None:
        """Run each statement on no rows and roll it back, so that the database has planned it. Writes nothing."""
        self.list(NOBODY, limit=1)

        def work(tx: WriteTransaction) -> None:
            self.read_in(tx, [])
            for verb in ("create", "replace"):
                write = self._statement(verb)
                tx.rows(write, **{"rows": [], "stamp": {}, **{name: [] for name in write.params - _IN_EVERY_WRITE}})
            tx.rows(self._statement("delete"), id="", version=0, **self.delete_parameters(tx))

        self._transactions.rehearse(NOBODY, work)

    # How it is done

    def _write_one(self, change: Callable[[WriteTransaction], None], id_: str, actor: Actor, once: Once | None) -> R:
        def work(tx: WriteTransaction) -> R:
            change(tx)
            return self.read_in(tx, [id_])[id_]

        def first_result(text: str) -> R:
            record = load(self._kind, text)
            if not actor.may_see(record.sensitivity):  # the actor's clearance is lower than when they wrote it
                raise refusals.not_found(self._kind)
            return record

        return self._transactions.write(actor, work, once=once, dump=dump, load=first_result, seconds=self.seconds)

    def _write(
        self,
        tx: WriteTransaction,
        verb: str,
        records: Sequence[R],
        *,
        pointer: Pointer,
        stamp: Mapping[str, object],
        row_of: Callable[[R], dict[str, Any]],
    ) -> None:
        batch = [self.canonical(record) for record in records]
        refusals.check(tx.actor, batch, pointer)
        stored = partial(self.read_in, tx) if verb == "replace" else _none_stored
        refusals.check_input(batch, pointer, today=tx.at.date(), stored=stored)
        # Once for all rows: the driver takes 50 µs to pack an instant, as long as for the rest of a row.
        stamp = {**stamp, "updated_at": tx.at, "updated_by": tx.actor.name}
        (result,) = tx.rows(self._statement(verb), rows=[row_of(record) for record in batch], stamp=stamp)
        rows = result["written"]
        written = {row["id"]: row for row in rows}
        if len(written) < len(batch):
            raise self._why_not_changed(tx, [record.id for record in batch if record.id not in written])
        for position, record in enumerate(batch):
            if written[record.id]["linked"] < sum(1 for _ in self.references(record)):
                raise self._missing(tx, records[position], pointer(position))
        if verb == "replace":
            tx.forget(written)
        tx.changed(*{Sensitivity(level) for level in {row["shows_from"] for row in rows}})
        tx.change_log_entry.note_records(self._kind, written)
        self.after_write(tx, rows, {record.id: pointer(position) for position, record in enumerate(batch)})

    def _row(self, record: R) -> dict[str, Any]:
        excluded = LINKS | STAMPED | self.apart
        properties = {**to_properties(record, without=excluded), **self.extra_properties(record)}
        keys = [self.external_key(external_id) for external_id in record.external_ids]
        return {"id": record.id, "properties": properties, "keys": keys, **self.columns(record)}

    def _missing(self, tx: WriteTransaction, record: R, pointer: str) -> InvalidInput:
        unknown = [
            reference
            for reference in self.references(record)
            if not tx.rows(statement(f"records/{reference.folder}/read"), ids=[reference.id])
        ]
        return refusals.missing(unknown, pointer)

    def _why_not_changed(self, tx: WriteTransaction, ids: Sequence[str]) -> NotFound | VersionMismatch:
        all_exist = len(self.read_in(tx, ids)) == len(ids)
        return refusals.changed(self._kind) if all_exist else refusals.not_found(self._kind)
