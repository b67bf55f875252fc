"""What must hold in the database and what it cannot hold by itself: Neo4j Community has uniqueness and nothing else.

Reads with full clearance, for an operator's eyes. Each rule is one pass over what it is about; ties are folded again a
page at a time, so that memory stays bounded.
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
from queries.ties.evidence import Spoken, spoken
from queries.ties.fold_text import NOT_OURS, values_of
from queries.ties.materialise import drawing, drawn_properties

MOST = 1_000
"""Findings of one rule at most: whoever has more needs the first thousand to see why."""

PAGE = 1_000
"""Ties folded at a time."""

SECONDS = 4 * 3600.0
"""Time limit of the whole check."""

KINDS: tuple[type[Record], ...] = (Sector, Area, Source, Stakeholder, TieReport, Activity)

_MEND = "Correct it through the API, or restore a backup."
_REMAKE = "Make it again as queries/schema has it; if that is refused, two of what it guards are the same."
_REBUILD = "Drop it if it is there, and make it again as queries/schema has it."
_WAIT = "Wait: it is being built. If that does not end, drop it and make it again as queries/schema has it."
_REDRAW = "Run `stakeholder-graph redraw`, which draws every tie again."

RULES = {
    # statement: what is broken, and the cure
    "labels": ("carries a label that is none of ours", "Find who wrote it, and delete it."),
    "categories": ("its label is not that of its category, or the category is unknown", _MEND),
    "required": ("lacks properties", _MEND),
    "words": ("has an unknown word as", _MEND),
    "blank_names": ("shows nothing, only invisible characters, as", _MEND),
    "future_days": (
        "says that something was seen on a day that has not come, in",
        "Retract it, and record it again with the day on which it was seen.",
    ),
    "sensitivities": ("its sensitivity is none of 0 to 3", _MEND),
    "report_ends": ("does not hang on exactly two stakeholders and one source", "Retract it and record it again."),
    "external_ids": ("identifies no record, or several", "Delete this node, or restore a backup."),
    "unregistered": ("its external id is not registered as its own", _MEND),
    "circles": ("lies within itself", "Give it another parent."),
    "participants": ("nobody takes part in it", "Add a participant, or delete it."),
    "revisions": ("the revision of this clearance is missing", "Write anything: the next change makes it again."),
    "relationships": ("joins what no record of ours joins", "Find who wrote it, and delete it."),
    "unreported": ("is drawn but no standing report speaks of it", "Delete the relationship: reports alone make ties."),
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
"""What hangs on what, ties apart."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken invariant: of which kind of thing, which one, what is wrong and what to do."""

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
        wanted = statement(f"check/{rule}")
        values = {name: given[name] for name in wanted.params}
        if rule == "categories":
            values["labels"] = {code: category.node_label for code, category in CATEGORIES.items()}
        for row in run(wanted, values):
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
        strays = _strays(columns)
        for report_id, made in strays.values():
            yield Broken("TieReport", report_id, f"its kind and ends make the tie {made}, not the one it names", _MEND)
        told = [tie for tie in _sound(columns) if tie.stands and tie.tie_id not in strays]
        drawn = {
            row["id"]: row for row in run(statement("check/drawn"), {"ties": [drawing(t, now().date()) for t in told]})
        }
        gone = [tie.tie_id for tie in told if tie.tie_id not in drawn]
        elsewhere = _elsewhere(run, gone) if gone else set()
        for tie in told:
            yield from _compare(tie, drawn.get(tie.tie_id), elsewhere=tie.tie_id in elsewhere)
        if len(ids) < PAGE:
            return
        after = ids[-1]


def _strays(columns: Row) -> dict[str, tuple[str, str]]:
    """Reports that name another tie than their kind and ends make, and that tie, by the tie that they name."""
    found = {}
    names = ("tie_id", "report_id", "kind", "from_id", "to_id")
    for named, report_id, kind, from_id, to_id in zip(*(columns[name] for name in names), strict=True):
        if kind in TIE_KINDS and named != (made := tie_id(kind, from_id, to_id)):
            found[named] = report_id, made
    return found


def _elsewhere(run: StatementRunner, tie_ids: list[str]) -> set[str]:
    (row,) = run(statement("check/elsewhere"), {"tie_ids": tie_ids, "types": sorted(TYPES)})
    return set(row["tie_ids"])


def _compare(tie: Spoken, found: Row | None, *, elsewhere: bool) -> Iterator[Broken]:
    kind = TIE_KINDS[tie.kind].relationship_type
    if found is None and elsewhere:
        what = "is drawn between others than its reports name, or as another kind"
        yield Broken(kind, tie.tie_id, what, f"Delete that relationship. {_REDRAW}")
        return
    if found is None:
        yield Broken(kind, tie.tie_id, "has reports but is not drawn", _REDRAW)
        return
    if not found["forwards"]:
        yield Broken(kind, tie.tie_id, "is drawn the wrong way round", f"Delete that relationship. {_REDRAW}")
    kept = found["properties"]
    told = values_of(str(kept.get("fold")))
    if told["status"] == NOT_OURS:
        return  # drawn by an older model, or before it was kept as a text: no reader uses it
    try:
        wanted = drawn_properties(tie, _day(told))
    except (TypeError, ValueError, OverflowError):
        yield Broken(kind, tie.tie_id, "says a window that is none", _REDRAW)
        return
    fold = values_of(wanted.pop("fold"))
    wrong = sorted(name for name in wanted if not _same(wanted[name], kept.get(name)))
    wrong += [f"fold.{name}" for name in fold if not _same(fold[name], told[name])]
    if wrong:
        yield Broken(kind, tie.tie_id, f"differs from what its reports come to: {', '.join(wrong)}", _REDRAW)


def _sound(columns: Row) -> list[Spoken]:
    """The evidence that can be folded: what cannot is named by other rules."""
    try:
        return spoken(columns)
    except (KeyError, ValueError, TypeError):
        ids = dict.fromkeys(columns["tie_id"])
        found = []
        for tie_id in ids:
            at = [place for place, other in enumerate(columns["tie_id"]) if other == tie_id]
            try:
                found += spoken({name: [values[place] for place in at] for name, values in columns.items()})
            except (KeyError, ValueError, TypeError):
                continue
        return found


def _day(told: Row) -> date:
    """A day of the window for which the tie was drawn: on all of them it comes to the same."""
    if told["holds_from"]:
        return date.fromordinal(told["holds_from"])
    return date.fromordinal(told["holds_to"] - 1) if told["holds_to"] else now().date()


def _same(wanted: Any, kept: Any) -> bool:  # noqa: ANN401 - whatever a tie has
    if isinstance(wanted, float) and isinstance(kept, int | float):
        return isclose(wanted, kept, rel_tol=1e-9)  # another machine's exp may differ in the last place
    if isinstance(wanted, date):
        return kept is not None and not isinstance(kept, str) and wanted == as_date(kept)
    return list(wanted) == kept if isinstance(wanted, tuple) else bool(wanted == kept)


def _required(kind: type[Record]) -> list[str]:
    """What no record of the kind can be without: fields without a default, or whose default is a word or a number."""
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
