"""Ties drawn as relationships, so that a network is read as a graph and not folded report by report.

What is drawn is the fold of *all* reports on the day of writing, with the window of days for which it is true and the
sensitivity it takes to see all of it. A reader for whom either does not hold gets the tie folded from what they may
see, and so does every reader once the model of evidence is another; so the drawing never decides what is true, it only
saves time.

All of that is one text (see ``queries/ties/fold_text.py``). Beside it stands what somebody who looks at the graph with
a browser wants to see of a tie. A tie on which reports stand but none speaks of the day of writing shows nothing:
within its window nothing holds. A tie without standing reports is not drawn.

Two writers who report on one tie must not lose each other's report in the fold. ``hold`` is what every writer calls
before it writes or reads reports: first the sources, then the stakeholders, each in the order of their ids, so that
two writers can wait for each other but not both at once.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from graph.access import Sensitivity
from graph.evidence import Fold, fold
from graph.model import TieReport
from graph.vocabulary import TIE_KINDS
from queries.driver.batches import batches
from queries.driver.connection import Row
from queries.driver.statements import statement
from queries.driver.transactions import WriteTransaction
from queries.records.mapping import as_date
from queries.ties.evidence import Spoken, spoken, together
from queries.ties.fold_text import text_of, text_of_silence

_DAYS = ("first_confirmed", "last_confirmed")

_ENDS = frozenset({"id", "from_id", "to_id"})

_SHOWN = ("status", "confirmed", "strength", "trust", "sign", "reports", *_DAYS)


def hold(tx: WriteTransaction, *, source_ids: Iterable[str], stakeholder_ids: Iterable[str]) -> None:
    """Hold those of these records that exist until the transaction ends; what is held is not asked for again.

    What the locks told stands in ``tx.sources`` and ``tx.stakeholders``. Nobody else can change it; whoever
    changes it in this transaction takes it out of there.
    """
    for ids in batches(sorted(set(source_ids) - tx.sources.keys())):
        (columns,) = tx.rows(statement("ties/hold_sources"), source_ids=ids)
        sources = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
        tx.sources.update((source["id"], source) for source in sources)
    for ids in batches(sorted(set(stakeholder_ids) - tx.stakeholders.keys())):
        (found,) = tx.rows(statement("ties/hold_stakeholders"), stakeholder_ids=ids)
        tx.stakeholders.update(zip(found["id"], map(Sensitivity, found["sensitivity"]), strict=True))


def read_all(tx: WriteTransaction, tie_ids: Iterable[str]) -> list[Spoken]:
    """Return all that was ever reported on these ties. The endpoints must be held."""
    told: list[Spoken] = []
    for ids in batches(sorted(set(tie_ids))):
        (columns,) = tx.rows(statement("ties/all_evidence"), tie_ids=ids)
        told += spoken(columns)
    return told


def materialise(tx: WriteTransaction, tie_ids: Iterable[str]) -> None:
    """Draw these ties as all reports on them have it on the day of writing. The endpoints must be held."""
    for ids in batches(sorted(set(tie_ids))):
        ties = read_all(tx, ids)
        _draw(tx, ties, new=())


def add(tx: WriteTransaction, reports: Sequence[TieReport], before: Sequence[Spoken]) -> None:
    """Draw the ties of reports just kept as these and those ``before`` have it; nothing is read again.

    A tie on which nothing was ever reported cannot have been drawn: it is not looked for.
    """
    said = together(before, reports, tx.sources)
    known = {tie.tie_id for tie in before}
    _draw(
        tx,
        [tie for tie in said if tie.tie_id in known],
        new=[tie for tie in said if tie.tie_id not in known],
    )


def _draw(tx: WriteTransaction, ties: Sequence[Spoken], *, new: Sequence[Spoken]) -> None:
    """Draw ``ties``, which may be drawn already, and ``new`` ones, which are not."""
    tx.change_log_entry.note_ties((tie.kind, tie.from_id, tie.to_id) for tie in (*ties, *new))
    today = tx.at.date()
    wanted = [drawing(tie, today) for tie in ties if tie.stands]
    if wanted:
        (there,) = tx.rows(statement("ties/redraw"), ties=wanted)
        drawn = frozenset(there["ids"])
        wanted = [tie for tie in wanted if tie["id"] not in drawn]
    wanted += [drawing(tie, today) for tie in new if tie.stands]
    if wanted:
        tx.rows(statement("ties/draw"), **placed(wanted))
    silent = [_place(tie) for tie in ties if not tie.stands]
    if silent:
        tx.rows(statement("ties/erase"), ties=silent)


def placed(ties: Sequence[Row]) -> dict[str, Any]:
    """Return the parameters of ``ties/draw``: the ends of all ties, and each tie with the places of its own there."""
    ids = sorted({tie["from_id"] for tie in ties} | {tie["to_id"] for tie in ties})
    place = {id_: position for position, id_ in enumerate(ids)}
    rows = [
        {name: value for name, value in tie.items() if value is not None and name not in _ENDS}
        | {"start": place[tie["from_id"]], "finish": place[tie["to_id"]]}
        for tie in ties
    ]
    return {"stakeholder_ids": ids, "ties": rows}


def plan(tx: WriteTransaction) -> None:
    """Run every statement of this module on nothing, so that the database has planned it."""
    tx.rows(statement("ties/hold_sources"), source_ids=[])
    tx.rows(statement("ties/hold_stakeholders"), stakeholder_ids=[])
    tx.rows(statement("ties/all_evidence"), tie_ids=[])
    tx.rows(statement("ties/draw"), ties=[], stakeholder_ids=[])
    for name in ("ties/redraw", "ties/erase"):
        tx.rows(statement(name), ties=[])


def _place(tie: Spoken) -> Row:
    kind = TIE_KINDS[tie.kind]  # the type becomes part of the plan: it comes from the registry and nowhere else
    return {"id": tie.tie_id, "type": kind.relationship_type, "from_id": tie.from_id, "to_id": tie.to_id}


def drawing(tie: Spoken, today: date) -> Row:
    """Return what a tie is drawn as on a day: its place and all of its properties."""
    folded = fold(tie.kind, tie.evidence, as_of=today)
    values = shown(folded) if folded else {}
    values["fold"] = text_of(folded) if folded else text_of_silence(*_silence(tie, today))
    # Days go as text: the driver packs that several times faster than a date.
    days = {name: day.isoformat() if (day := values.pop(name, None)) else None for name in _DAYS}
    return {**_place(tie), "properties": {**values, "id": tie.tie_id, "sensitivity": int(tie.sensitivity)}, **days}


def shown(folded: Fold) -> Row:
    """Return what a drawn tie shows to whoever looks at the graph with a browser."""
    return {name: getattr(folded, name) for name in _SHOWN}


def drawn_properties(tie: Spoken, today: date) -> Row:
    """Return the properties that a tie drawn on a day has, days as days."""
    wanted = drawing(tie, today)
    return {**wanted["properties"], **{name: as_date(wanted[name]) for name in _DAYS}}


def _silence(tie: Spoken, today: date) -> tuple[date | None, date | None]:
    """The days around ``today`` of which no report speaks: from the last that ended to the next that begins."""
    standing = [item for item in tie.evidence if item.retracted_at is None]
    ended = (item.valid_to for item in standing if item.valid_to and item.valid_to <= today)
    begins = (item.valid_from for item in standing if item.valid_from and item.valid_from > today)
    return max(ended, default=None), min(begins, default=None)
