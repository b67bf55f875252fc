"""Areas: ``(:Area)-[:PART_OF]->(:Area)``. Access intervals are three lists side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph.errors import Finding, InvalidInput
from graph.model import Area
from queries.driver.running import Row
from queries.driver.statements import statement
from queries.driver.transactions import WriteTransaction
from queries.records.base import RecordStore
from queries.records.mapping import as_date
from queries.records.refusals import Reference

OPEN_ENDED = date.max
"""Stands for "until further notice" in the list of ends: a list in Neo4j cannot hold null."""


class Areas(RecordStore[Area]):
    """The areas."""

    kind = Area
    folder = "records/areas"
    filters = ("parent_id", "level", "pcode")

    def canonical(self, record: Area) -> Area:
        """Return the area with its access intervals sorted by their start."""
        ordered = sorted(record.access, key=lambda item: (item.since, item.until or OPEN_ENDED, item.access))
        return replace(record, access=tuple(ordered))

    def columns(self, record: Area) -> Mapping[str, Any]:
        """Return the id of the parent."""
        return {"parent_id": record.parent_id}

    def references(self, record: Area) -> Iterator[Reference]:
        """Yield the parent."""
        if record.parent_id:
            yield Reference("/parent_id", "areas", record.parent_id)

    def extra_properties(self, record: Area) -> Mapping[str, Any]:
        """Return the access intervals as three lists."""
        return {
            "access": [item.access.value for item in record.access],
            "access_since": [item.since for item in record.access],
            "access_until": [item.until or OPEN_ENDED for item in record.access],
        }

    def from_row(self, row: Row) -> Area:
        """Return the area with its access intervals rebuilt from the three lists."""
        record = row["record"]
        intervals = zip(record["access"], record["access_since"], record["access_until"], strict=True)
        access = [
            {"access": word, "since": since, "until": None if as_date(until) == OPEN_ENDED else until}
            for word, since, until in intervals
        ]
        return super().from_row({"record": {**record, "access": access}})

    def after_write(self, tx: WriteTransaction, rows: Sequence[Row], pointers: Mapping[str, str]) -> None:
        """Refuse a parent that is part of the area itself."""
        ids = [row["id"] for row in rows if row["linked"]]
        circular = [row["id"] for row in tx.rows(statement("records/areas/circular"), ids=ids)] if ids else []
        if circular:
            detail, cure = "lies within the area itself", "Name an area that contains this one."
            findings = [Finding(f"{pointers[id_]}/parent_id", detail, cure) for id_ in circular]
            raise InvalidInput("An area cannot be part of itself.", findings=findings)
