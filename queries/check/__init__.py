"""Checks the rules that the database cannot enforce itself: Neo4j Community enforces uniqueness and nothing else.

Reads with full clearance, for operators only. Each rule is one pass over its records; ties are folded again a page at a
time, so that memory stays bounded.
"""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import Enum
from math import isclose
from typing import Any, get_type_hints

from graph.evidence import tie_id
from graph.input_rules import NAMES, latest_day
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder, TieReport, now
from graph.text import blank_pattern
from graph.vocabulary import CATEGORIES, TIE_KINDS
from queries.archive.kinds import TYPES
from queries.check.schema import unready
from queries.driver.connection import Connection, Row, StatementRunner
from queries.driver.statements import statement
from queries.records.base import LINKS
from queries.records.mapping import as_date
from queries.ties.evidence import TieEvidence, tie_evidence
from queries.ties.fold_text import NOT_OURS, values_of
from queries.ties.materialise import materialised, materialised_properties

MOST = 1_000
"""Most findings of one rule: the first thousand are enough to see why."""

PAGE = 1_000
"""Ties folded at a time."""

SECONDS = 4 * 3600.0
"""Time limit of the whole check."""

KINDS: tuple[type[Record], ...] = (Sector, Area, Source, Stakeholder, TieReport, Activity)

_MEND = "Correct it through the API, or restore a backup."
_REMAKE = "Create it again as queries/schema does; if that is refused, two records have the same value."
_REBUILD = "Drop it if it exists, and create it again as queries/schema does."
_WAIT = "Wait: it is being built. If that does not end, drop it and create it again as queries/schema does."
_REBUILD_TIES = "Run `stakeholder-graph rebuild-ties`."

RULES = {
    # statement: what is broken, and the cure
    "labels": ("has a label that this program does not use", "Find who wrote it, and delete it."),
    "categories": ("its label is not that of its category, or the category is unknown", _MEND),
    "required": ("lacks properties", _MEND),
    "words": ("has an unknown word as", _MEND),
    "blank_names": ("has only invisible characters as", _MEND),
    "future_days": (
        "has a day in the future in",
        "Retract it, and record it again with the day on which the tie was observed.",
    ),
    "sensitivities": ("its sensitivity is not 0 to 3", _MEND),
    "report_ends": ("does not have exactly two stakeholders and one source", "Retract it and record it again."),
    "external_ids": ("identifies no record, or several", "Delete this node, or restore a backup."),
    "unregistered": ("its external id is not registered as its own", _MEND),
    "circles": ("is part of itself", "Give it another parent."),
    "participants": ("has no participants", "Add a participant, or delete it."),
    "revisions": ("the revision of this clearance is missing", "Change any record: that creates it again."),
    "relationships": ("is of a type, or between nodes, that no record has", "Find who wrote it, and delete it."),
    "unreported": ("is materialised but has no report left", "Delete the relationship: only reports make ties."),
}

SHAPES = [
    ["Stakeholder", "BASED_IN", "Area"],
    ["Stakeholder", "WORKS_IN", "Sector"],
    ["Area", "PART_OF", "Area"],
    ["Activity", "IN", "Area"],
    ["Activity", "FOR", "Sector"],
    ["Stakeholder", "CARRIES_OUT", "Activity"],
    ["TieReport", "FROM", "Stakeholder"],
    ["TieReport", "TO", "Stakeholder"],
    ["TieReport", "SAID_BY", "Source"],
    *(["ExternalId", "IDENTIFIES", kind.__name__] for kind in KINDS),
]
"""Every relationship that records have, except ties: from, type, to."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken invariant: kind and id of the record, what is wrong, and the cure."""

    kind: str
    id: str
    what: str
    cure: str


def check(connection: Connection) -> list[Broken]:
    """Return every broken invariant, at most ``MOST`` of each rule, in the order of the rules. Changes nothing."""
    return connection.transaction(lambda run: list(_broken(run)), read=True, seconds=SECONDS)


def _broken(run: StatementRunner) -> Iterator[Broken]:
    given = {
        "labels": [
            *(kind.__name__ for kind in KINDS),
            "ExternalId",
            "Receipt",
            "Revision",
            "Migration",
            "Keeper",
            "Change",
        ],
        "required": {kind.__name__: _required(kind) for kind in KINDS},
        "vocabulary": {kind.__name__: _words(kind) for kind in KINDS},
        "kinds": [kind.__name__ for kind in KINDS],
        "types": sorted(TYPES),
        "shapes": SHAPES,
        "limit": MOST,
        "names": {kind.__name__: list(names) for kind, names in NAMES.items()},
        "blank": blank_pattern(),
        "latest": latest_day(now().date()),
    }
    for rule, (what, cure) in RULES.items():
        rule_statement = statement(f"check/{rule}")
        values = {name: given[name] for name in rule_statement.params}
        if rule == "categories":
            values["labels"] = {code: category.node_label for code, category in CATEGORIES.items()}
        for row in run(rule_statement, values):
            detail = f"{what} {row['detail']}".strip() if row["detail"] else what
            yield Broken(row["kind"] or "", row["id"] or "", detail, cure)
    yield from _schema(run)
    yield from _ties(run)


def _schema(run: StatementRunner) -> Iterator[Broken]:
    for kind, name, state in unready(run):
        cure = _REMAKE if kind == "constraint" else _REBUILD
        yield Broken(kind, name, state, _WAIT if state == "is POPULATING" else cure)


def _ties(run: StatementRunner) -> Iterator[Broken]:
    after = ""
    while True:
        rows = run(statement("check/tie_ids"), {"after": after, "limit": PAGE, "kinds": sorted(TIE_KINDS)})
        ids = [row["tie_id"] for row in rows]
        (columns,) = run(statement("ties/all_evidence"), {"tie_ids": ids})
        mismatched = _mismatched_reports(columns)
        for report_id, expected in mismatched.values():
            what = f"its kind and ends make the tie {expected}, not the one it names"
            yield Broken("TieReport", report_id, what, _MEND)
        ties = [tie for tie in _valid_evidence(columns) if tie.is_reported and tie.tie_id not in mismatched]
        expected_rows = [materialised(tie, now().date()) for tie in ties]
        found = {row["id"]: row for row in run(statement("check/materialised"), {"ties": expected_rows})}
        missing = [tie.tie_id for tie in ties if tie.tie_id not in found]
        elsewhere = _elsewhere(run, missing) if missing else set()
        for tie in ties:
            yield from _compare(tie, found.get(tie.tie_id), elsewhere=tie.tie_id in elsewhere)
        if len(ids) < PAGE:
            return
        after = ids[-1]


def _mismatched_reports(columns: Row) -> dict[str, tuple[str, str]]:
    """Return reports that name another tie than their kind and ends make, and that tie, by the tie that they name."""
    mismatched = {}
    names = ("tie_id", "report_id", "kind", "from_id", "to_id")
    for named, report_id, kind, from_id, to_id in zip(*(columns[name] for name in names), strict=True):
        if kind in TIE_KINDS and named != (expected := tie_id(kind, from_id, to_id)):
            mismatched[named] = report_id, expected
    return mismatched


def _elsewhere(run: StatementRunner, tie_ids: list[str]) -> set[str]:
    (row,) = run(statement("check/elsewhere"), {"tie_ids": tie_ids, "types": sorted(TYPES)})
    return set(row["tie_ids"])


def _compare(tie: TieEvidence, found: Row | None, *, elsewhere: bool) -> Iterator[Broken]:
    kind = TIE_KINDS[tie.kind].relationship_type
    if found is None and elsewhere:
        what = "is materialised between other stakeholders than its reports name, or as another kind"
        yield Broken(kind, tie.tie_id, what, f"Delete that relationship. {_REBUILD_TIES}")
        return
    if found is None:
        yield Broken(kind, tie.tie_id, "has reports but is not materialised", _REBUILD_TIES)
        return
    if not found["forwards"]:
        yield Broken(
            kind, tie.tie_id, "is materialised in the wrong direction", f"Delete that relationship. {_REBUILD_TIES}"
        )
    stored = found["properties"]
    stored_fold = values_of(str(stored.get("fold")))
    if stored_fold["status"] == NOT_OURS:
        return  # by an older model, or from before the fold was stored as a text: no reader uses it
    try:
        expected = materialised_properties(tie, _day(stored_fold))
    except (TypeError, ValueError, OverflowError):
        yield Broken(kind, tie.tie_id, "has an invalid window", _REBUILD_TIES)
        return
    fold = values_of(expected.pop("fold"))
    wrong = sorted(name for name in expected if not _same(expected[name], stored.get(name)))
    wrong += [f"fold.{name}" for name in fold if not _same(fold[name], stored_fold[name])]
    if wrong:
        yield Broken(kind, tie.tie_id, f"differs from the fold of its reports: {', '.join(wrong)}", _REBUILD_TIES)


def _valid_evidence(columns: Row) -> list[TieEvidence]:
    """Return the evidence that can be folded; other rules name what cannot."""
    try:
        return tie_evidence(columns)
    except (KeyError, ValueError, TypeError):
        valid = []
        for id_ in dict.fromkeys(columns["tie_id"]):
            positions = [position for position, other in enumerate(columns["tie_id"]) if other == id_]
            try:
                valid += tie_evidence({name: [values[at] for at in positions] for name, values in columns.items()})
            except (KeyError, ValueError, TypeError):
                continue
        return valid


def _day(stored_fold: Row) -> date:
    """Return a day of the window for which the tie was materialised: the fold is the same on all of them."""
    if stored_fold["holds_from"]:
        return date.fromordinal(stored_fold["holds_from"])
    return date.fromordinal(stored_fold["holds_to"] - 1) if stored_fold["holds_to"] else now().date()


def _same(expected: Any, stored: Any) -> bool:  # noqa: ANN401 - any property of a tie
    if isinstance(expected, float) and isinstance(stored, int | float):
        return isclose(expected, stored, rel_tol=1e-9)  # another machine's exp may differ in the last place
    if isinstance(expected, date):
        return stored is not None and not isinstance(stored, str) and expected == as_date(stored)
    return list(expected) == stored if isinstance(expected, tuple) else bool(expected == stored)


def _required(kind: type[Record]) -> list[str]:
    """Return the properties each record of the kind has: fields without a default, or with a word or number as one."""
    hints = get_type_hints(kind)
    names = [
        item.name
        for item in fields(kind)
        if item.name not in LINKS
        and type(None) not in getattr(hints[item.name], "__args__", ())
        and (
            (item.default is MISSING and item.default_factory is MISSING)
            or item.default_factory is not MISSING
            or (isinstance(item.default, Enum | int) and not isinstance(item.default, bool))
        )
    ]
    return [*names, "tie_id"] if kind is TieReport else names


def _words(kind: type[Record]) -> dict[str, list[str]]:
    hints = get_type_hints(kind)
    words = {
        item.name: [word.value for word in hints[item.name]]
        for item in fields(kind)
        if item.name != "sensitivity" and isinstance(hints[item.name], type) and issubclass(hints[item.name], Enum)
    }
    return {**words, "kind": sorted(TIE_KINDS)} if kind is TieReport else words
