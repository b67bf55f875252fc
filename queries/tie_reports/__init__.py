"""Tie reports: ``(:TieReport)-[:FROM]->(:Stakeholder)``, ``-[:TO]->(:Stakeholder)``, ``-[:SAID_BY]->(:Source)``.

A report is what a source said and never changes; only its note and its sensitivity can. To delete one is to retract it:
it stays, so that what was known on an earlier day can still be answered. Each change rebuilds the tie.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from graph.access import Sensitivity
from graph.errors import Conflict, Finding, InvalidInput
from graph.evidence import tie_id
from graph.ties import TieReport
from queries.driver.running import Row
from queries.driver.statements import Statement, StatementError, statement
from queries.driver.transactions import NOBODY, WriteTransaction
from queries.records import refusals
from queries.records.base import RecordStore
from queries.records.refusals import Pointer, Reference, whole
from queries.ties.materialise import add, hold, materialise, plan, read_evidence

CHANGEABLE = frozenset({"note", "sensitivity"})
"""The fields of a report that may be changed: never what the source said."""

_BOOKKEEPING = frozenset({"version", "created_at", "created_by", "updated_at", "updated_by"})
_FIXED = tuple(field.name for field in fields(TieReport) if field.name not in CHANGEABLE | _BOOKKEEPING)


class TieReports(RecordStore[TieReport]):
    """The reports on ties."""

    kind = TieReport
    folder = "tie_reports"
    filters = ("stakeholder_id", "source_id", "tie_id", "kind")
    apart = frozenset({"recorded_at", "retracted_at"})

    def columns(self, record: TieReport) -> Mapping[str, Any]:
        """Return the ids of the stakeholders and the source, and the instants as text, which packs 50 times faster."""
        return {
            "from_id": record.from_id,
            "to_id": record.to_id,
            "source_id": record.source_id,
            "recorded_at": record.recorded_at.isoformat(),
            "retracted_at": record.retracted_at.isoformat() if record.retracted_at else None,
        }

    def references(self, record: TieReport) -> Iterator[Reference]:
        """Yield the stakeholders and the source."""
        yield Reference("/from_id", "stakeholders", record.from_id)
        yield Reference("/to_id", "stakeholders", record.to_id)
        yield Reference("/source_id", "sources", record.source_id)

    def extra_properties(self, record: TieReport) -> Mapping[str, Any]:
        """Return the id of the tie that it reports on."""
        return {"tie_id": tie_id(record.kind, record.from_id, record.to_id)}

    def page_statement(self, filters: Mapping[str, Any]) -> tuple[Statement, dict[str, Any]]:
        """Return the statement that starts from the fewest reports."""
        if filters["tie_id"]:
            return statement("tie_reports/page_of_tie"), dict(filters)
        if filters["stakeholder_id"]:
            return statement("tie_reports/page_of_stakeholder"), dict(filters)
        return statement("tie_reports/page"), dict(filters)

    def create_in(self, tx: WriteTransaction, records: Sequence[TieReport], *, pointer: Pointer = whole) -> None:
        """Store new reports and rebuild their ties. Raises ``AlreadyExists`` or ``InvalidInput``."""
        refusals.check(tx.actor, records, pointer)
        refusals.check_input(records, pointer, today=tx.at.date(), stored=lambda _: {})
        _hold(tx, records)
        levels = [self._visible_from(tx, record, pointer(position)) for position, record in enumerate(records)]
        rows = [self._row(record) for record in records]
        before = read_evidence(tx, (row["properties"]["tie_id"] for row in rows))
        stamp = {"version": 1, "created_at": tx.at, "created_by": tx.actor.name}
        stamp |= {"updated_at": tx.at, "updated_by": tx.actor.name}
        (result,) = tx.rows(self._statement("create"), stamp=stamp, **_with_positions(rows))
        if result["created"] != len(records):
            raise StatementError(f"tie_reports/create: created {result['created']} of {len(records)} reports.")
        tx.changed(*set(levels))
        add(tx, records, before)

    def replace_in(self, tx: WriteTransaction, records: Sequence[TieReport], *, pointer: Pointer = whole) -> None:
        """Change note or sensitivity of reports that are still at the version they carry.

        Raises ``InvalidInput`` if anything else differs, and what ``RecordStore.replace_in`` does.
        """
        stored = self.read_in(tx, [record.id for record in records])
        findings = [
            Finding(
                f"{pointer(position)}/{name}",
                "cannot be changed: it is what the source said",
                "Retract this report and record another.",
            )
            for position, record in enumerate(records)
            if record.id in stored
            for name in _FIXED
            if getattr(record, name) != getattr(stored[record.id], name)
        ]
        if findings:
            raise InvalidInput("Only the note and the sensitivity of a tie report can be changed.", findings=findings)
        _hold(tx, stored.values())
        super().replace_in(tx, records, pointer=pointer)
        materialise(tx, (tie_id(report.kind, report.from_id, report.to_id) for report in stored.values()))

    def delete_in(self, tx: WriteTransaction, id: str, *, version: int) -> None:  # noqa: A002 - what it is called everywhere
        """Retract a report. Raises ``NotFound``, ``VersionMismatch`` or, if it was retracted before, ``Conflict``."""
        report = self.read_in(tx, [id]).get(id)
        if report is None:
            raise refusals.not_found(TieReport)
        if report.retracted_at:
            raise Conflict("This tie report has been retracted already.", cure="There is nothing left to do.")
        _hold(tx, [report])
        super().delete_in(tx, id, version=version)
        materialise(tx, [tie_id(report.kind, report.from_id, report.to_id)])

    def _visible_from(self, tx: WriteTransaction, record: TieReport, pointer: str) -> Sensitivity:
        """Return the clearance needed to see a report and its links; raises ``InvalidInput`` if the actor lacks it."""
        source = tx.sources.get(record.source_id)
        start, finish = tx.stakeholders.get(record.from_id), tx.stakeholders.get(record.to_id)
        if source is None or start is None or finish is None:
            raise self._missing(tx, record, pointer)
        level = max(record.sensitivity, start, finish, source["sensitivity"])
        if level > tx.actor.clearance:
            raise self._missing(tx, record, pointer)
        return Sensitivity(level)

    def delete_parameters(self, tx: WriteTransaction) -> Mapping[str, Any]:
        """Return the instant and the actor of the retraction."""
        return {"at": tx.at, "by": tx.actor.name}

    def warm(self) -> None:
        """Run each statement on no rows, those that materialise ties included. Writes nothing."""
        super().warm()
        self._transactions.rehearse(NOBODY, plan)


def _with_positions(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the parameters of ``create``: the ids of all ends and sources, and each row with its positions there."""
    stakeholder_ids = sorted({row[side] for row in rows for side in ("from_id", "to_id")})
    source_ids = sorted({row["source_id"] for row in rows})
    stakeholder_positions = {id_: position for position, id_ in enumerate(stakeholder_ids)}
    source_positions = {id_: position for position, id_ in enumerate(source_ids)}
    positioned = [
        {
            "properties": {name: value for name, value in row["properties"].items() if value is not None},
            "keys": row["keys"],
            "recorded_at": row["recorded_at"],
            "retracted_at": row["retracted_at"],
            "start": stakeholder_positions[row["from_id"]],
            "finish": stakeholder_positions[row["to_id"]],
            "source": source_positions[row["source_id"]],
        }
        for row in rows
    ]
    return {"stakeholder_ids": stakeholder_ids, "source_ids": source_ids, "rows": positioned}


def _hold(tx: WriteTransaction, reports: Iterable[TieReport]) -> None:
    reports = list(reports)
    hold(
        tx,
        source_ids=(report.source_id for report in reports),
        stakeholder_ids=(side for report in reports for side in (report.from_id, report.to_id)),
    )
