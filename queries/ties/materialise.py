"""Materialises ties as relationships, so that a network is read as a graph and not folded report by report.

A materialised tie is the fold of *all* reports on the day of writing, with the window of days for which it is true and
the clearance needed to see all of it. A reader for whom either does not hold gets the tie folded from the reports they
may see, and so does every reader once the model of evidence changes; so a materialised tie never decides what is true,
it only saves time.

All of that is one text (see ``queries/ties/fold_text.py``). Beside it are the properties that somebody who looks at the
graph in a graph browser wants to see. A tie whose reports do not cover the day of writing has none of these: within its
window nothing holds. A tie whose reports were all retracted is not materialised.

Two writers who report on one tie must not lose each other's report in the fold. So every writer calls ``hold`` before
it writes or reads reports: it locks first the sources, then the stakeholders, each in the order of their ids, so that
two writers can wait for each other but not both at once.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from graph.access import Sensitivity
from graph.evidence import Fold
from graph.folding import fold
from graph.ties import TieReport
from graph.vocabulary import TIE_KINDS
from queries.driver.batches import batches
from queries.driver.running import Row
from queries.driver.statements import statement
from queries.driver.transactions import WriteTransaction
from queries.records.mapping import as_date
from queries.ties.evidence import TieEvidence, tie_evidence, with_reports
from queries.ties.fold_text import text_of, text_of_silence

_DAYS = ("first_confirmed", "last_confirmed")

_ENDS = frozenset({"id", "from_id", "to_id"})

_SHOWN = ("status", "confirmed", "strength", "trust", "sign", "reports", *_DAYS)


def hold(tx: WriteTransaction, *, source_ids: Iterable[str], stakeholder_ids: Iterable[str]) -> None:
    """Lock those of these records that exist until the transaction ends; a locked record is not read again.

    ``tx.sources`` and ``tx.stakeholders`` have what was read with the locks. No other transaction can change it; code
    that changes it in this one removes it from there with ``tx.forget``.
    """
    for ids in batches(sorted(set(source_ids) - tx.sources.keys())):
        (columns,) = tx.rows(statement("ties/hold_sources"), source_ids=ids)
        sources = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
        tx.sources.update((source["id"], source) for source in sources)
    for ids in batches(sorted(set(stakeholder_ids) - tx.stakeholders.keys())):
        (columns,) = tx.rows(statement("ties/hold_stakeholders"), stakeholder_ids=ids)
        tx.stakeholders.update(zip(columns["id"], map(Sensitivity, columns["sensitivity"]), strict=True))


def read_evidence(tx: WriteTransaction, tie_ids: Iterable[str]) -> list[TieEvidence]:
    """Return the evidence of all reports on these ties. The endpoints must be locked."""
    evidence: list[TieEvidence] = []
    for ids in batches(sorted(set(tie_ids))):
        (columns,) = tx.rows(statement("ties/all_evidence"), tie_ids=ids)
        evidence += tie_evidence(columns)
    return evidence


def materialise(tx: WriteTransaction, tie_ids: Iterable[str]) -> None:
    """Write these ties as the fold of all their reports on the day of writing. The endpoints must be locked."""
    for ids in batches(sorted(set(tie_ids))):
        ties = read_evidence(tx, ids)
        _write(tx, ties, new=())


def add(tx: WriteTransaction, reports: Sequence[TieReport], before: Sequence[TieEvidence]) -> None:
    """Write the ties of reports just stored, from these reports and the evidence ``before`` them; reads nothing again.

    A tie without earlier reports cannot have been materialised: it is not looked up.
    """
    ties = with_reports(before, reports, tx.sources)
    known = {tie.tie_id for tie in before}
    _write(
        tx,
        [tie for tie in ties if tie.tie_id in known],
        new=[tie for tie in ties if tie.tie_id not in known],
    )


def _write(tx: WriteTransaction, ties: Sequence[TieEvidence], *, new: Sequence[TieEvidence]) -> None:
    """Write ``ties``, which may be materialised already, and ``new`` ones, which are not."""
    tx.change_log_entry.note_ties((tie.kind, tie.from_id, tie.to_id) for tie in (*ties, *new))
    today = tx.at.date()
    rows = [materialised(tie, today) for tie in ties if tie.is_reported]
    if rows:
        (existing,) = tx.rows(statement("ties/rebuild"), ties=rows)
        rebuilt = frozenset(existing["ids"])
        rows = [row for row in rows if row["id"] not in rebuilt]
    rows += [materialised(tie, today) for tie in new if tie.is_reported]
    if rows:
        tx.rows(statement("ties/materialise"), **with_end_positions(rows))
    unreported = [_identity(tie) for tie in ties if not tie.is_reported]
    if unreported:
        tx.rows(statement("ties/remove"), ties=unreported)


def with_end_positions(ties: Sequence[Row]) -> dict[str, Any]:
    """Return the parameters of ``ties/materialise``: the ids of all ends, and each tie with its ends' positions."""
    ids = sorted({tie["from_id"] for tie in ties} | {tie["to_id"] for tie in ties})
    positions = {id_: position for position, id_ in enumerate(ids)}
    rows = [
        {name: value for name, value in tie.items() if value is not None and name not in _ENDS}
        | {"start": positions[tie["from_id"]], "finish": positions[tie["to_id"]]}
        for tie in ties
    ]
    return {"stakeholder_ids": ids, "ties": rows}


def plan(tx: WriteTransaction) -> None:
    """Run every statement of this module on no rows, so that the database has planned it."""
    tx.rows(statement("ties/hold_sources"), source_ids=[])
    tx.rows(statement("ties/hold_stakeholders"), stakeholder_ids=[])
    tx.rows(statement("ties/all_evidence"), tie_ids=[])
    tx.rows(statement("ties/materialise"), ties=[], stakeholder_ids=[])
    for name in ("ties/rebuild", "ties/remove"):
        tx.rows(statement(name), ties=[])


def _identity(tie: TieEvidence) -> Row:
    kind = TIE_KINDS[tie.kind]  # the type becomes part of the plan: it comes from the registry and nowhere else
    return {"id": tie.tie_id, "type": kind.relationship_type, "from_id": tie.from_id, "to_id": tie.to_id}


def materialised(tie: TieEvidence, today: date) -> Row:
    """Return the row that materialises a tie on a day: its identity and all of its properties."""
    folded = fold(tie.kind, tie.evidence, as_of=today)
    values = shown(folded) if folded else {}
    values["fold"] = text_of(folded) if folded else text_of_silence(*_silence(tie, today))
    # Days go as text: the driver packs that several times faster than a date.
    days = {name: day.isoformat() if (day := values.pop(name, None)) else None for name in _DAYS}
    return {**_identity(tie), "properties": {**values, "id": tie.tie_id, "sensitivity": int(tie.sensitivity)}, **days}


def shown(folded: Fold) -> Row:
    """Return the properties of a materialised tie for people who look at the graph in a graph browser."""
    return {name: getattr(folded, name) for name in _SHOWN}


def materialised_properties(tie: TieEvidence, today: date) -> Row:
    """Return the properties of a tie materialised on a day, days as dates."""
    row = materialised(tie, today)
    return {**row["properties"], **{name: as_date(row[name]) for name in _DAYS}}


def _silence(tie: TieEvidence, today: date) -> tuple[date | None, date | None]:
    """Return the days around ``today`` that no report covers: from the last that ended to the next that begins."""
    current = [item for item in tie.evidence if item.retracted_at is None]
    ended = (item.valid_to for item in current if item.valid_to and item.valid_to <= today)
    begins = (item.valid_from for item in current if item.valid_from and item.valid_from > today)
    return max(ended, default=None), min(begins, default=None)
