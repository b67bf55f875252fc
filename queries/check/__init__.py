"""Checks the rules that the database cannot enforce itself: Neo4j Community enforces uniqueness and nothing else.

Reads with full clearance, for operators only. Each rule is one pass over its records.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from enum import Enum
from typing import get_type_hints

from graph.input_rules import NAMES, latest_day
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder, now
from graph.text import blank_pattern
from graph.ties import TieReport
from graph.vocabulary import CATEGORIES, TIE_KINDS
from queries.archive.kinds import TYPES
from queries.check.broken import MEND, Broken
from queries.check.schema import unready
from queries.check.ties import broken_ties
from queries.driver.connection import Connection
from queries.driver.running import StatementRunner
from queries.driver.statements import statement
from queries.records.base import LINKS

MOST = 1_000
"""Most findings of one rule: the first thousand are enough to see why."""

SECONDS = 4 * 3600.0
"""Time limit of the whole check."""

KINDS: tuple[type[Record], ...] = (Sector, Area, Source, Stakeholder, TieReport, Activity)

_REMAKE = "Create it again as queries/schema does; if that is refused, two records have the same value."
_REBUILD = "Drop it if it exists, and create it again as queries/schema does."
_WAIT = "Wait: it is being built. If that does not end, drop it and create it again as queries/schema does."

RULES = {
    # statement: what is broken, and the cure
    "labels": ("has a label that this program does not use", "Find who wrote it, and delete it."),
    "categories": ("its label is not that of its category, or the category is unknown", MEND),
    "required": ("lacks properties", MEND),
    "words": ("has an unknown word as", MEND),
    "blank_names": ("has only invisible characters as", MEND),
    "future_days": (
        "has a day in the future in",
        "Retract it, and record it again with the day on which the tie was observed.",
    ),
    "sensitivities": ("its sensitivity is not 0 to 3", MEND),
    "report_ends": ("does not have exactly two stakeholders and one source", "Retract it and record it again."),
    "external_ids": ("identifies no record, or several", "Delete this node, or restore a backup."),
    "unregistered": ("its external id is not registered as its own", MEND),
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
    yield from broken_ties(run)


def _schema(run: StatementRunner) -> Iterator[Broken]:
    for kind, name, state in unready(run):
        cure = _REMAKE if kind == "constraint" else _REBUILD
        yield Broken(kind, name, state, _WAIT if state == "is POPULATING" else cure)


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
