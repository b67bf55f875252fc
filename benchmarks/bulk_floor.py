"""The time that the database itself needs for a bulk load.

Bare statements that create as many nodes and relationships with as many properties, under the same constraints and in
transactions of the same size, without checks, computation of ties or locks.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from graph.evidence import tie_id
from graph.model import Record, Stakeholder
from graph.ties import TieReport
from queries.driver.batches import batches
from queries.driver.connection import Connection
from queries.driver.running import Row
from queries.driver.statements import parse
from queries.records.base import LINKS, STAMPED
from queries.records.mapping import to_properties
from queries.records.search import search_name, search_words

SECONDS = 300.0

SOURCES = 50
"""Number of stakeholders that stand in for the sources of the reports."""


def stakeholders(bare: Connection, records: Sequence[Stakeholder]) -> Callable[[], None]:
    """Return a function that creates these stakeholders from rows prepared beforehand."""
    rows = [
        {**_properties(record), "search_name": search_name(record.name), "search_words": search_words((record.name,))}
        for record in records
    ]

    def make() -> None:
        for part in batches(rows):
            _run(bare, "floor_stakeholders", rows=list(part))

    return make


def tie_reports(bare: Connection, records: Sequence[TieReport]) -> Callable[[], None]:
    """Return a function that creates these reports, their links and a tie each; the stakeholders must exist."""
    prepared = [_with_positions(part) for part in batches(records)]

    def make() -> None:
        for parameters in prepared:
            _run(bare, "floor_tie_reports", **parameters)

    return make


def _with_positions(reports: Sequence[TieReport]) -> dict[str, Any]:
    ids = sorted({id_ for report in reports for id_ in (report.from_id, report.to_id)})
    positions = {id_: position for position, id_ in enumerate(ids)}
    rows = [
        {
            "start": positions[report.from_id],
            "finish": positions[report.to_id],
            "source": number % min(SOURCES, len(ids)),
            "report": {**_properties(report), "tie_id": tie_id(report.kind, report.from_id, report.to_id)},
            "tie": _tie(report),
        }
        for number, report in enumerate(reports)
    ]
    return {"ids": ids, "rows": rows}


def _tie(report: TieReport) -> Row:
    """As many properties as a materialised tie of one report has; each has an id of its own, which costs the same."""
    values = {"strength": report.strength, "sign": 1, "status": "present", "confirmed": 0.7, "reports": 1}
    days = dict.fromkeys(("first_confirmed", "last_confirmed"), report.recorded_at.date().isoformat())
    return {
        **values,
        **days,
        "id": report.id,
        "sensitivity": 0,
        "fold": "A tie of one report comes to as long a text. " * 3,
    }


def _properties(record: Record) -> Row:
    plain = to_properties(record, without=LINKS | STAMPED | {"recorded_at"})
    return {
        **{name: value for name, value in plain.items() if value is not None},
        "version": 1,
        **dict.fromkeys(("created_by", "updated_by"), "local"),
        **dict.fromkeys(("created_at", "updated_at"), "2026-01-01T00:00:00+00:00"),
    }


def _run(bare: Connection, name: str, **parameters: object) -> None:
    text = Path(__file__).with_name(f"{name}.cypher").read_text(encoding="utf-8")
    wanted = parse(f"benchmarks/{name}", text)
    bare.transaction(lambda run: run(wanted, parameters), read=False, seconds=SECONDS)
