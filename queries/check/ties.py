"""Folds every tie again and compares it with the materialised one, a page at a time, so that memory stays bounded."""

from collections.abc import Iterator
from datetime import date
from math import isclose
from typing import Any

from graph.evidence import tie_id
from graph.model import now
from graph.vocabulary import TIE_KINDS
from queries.archive.kinds import TYPES
from queries.check.broken import MEND, REBUILD_TIES, Broken
from queries.driver.running import Row, StatementRunner
from queries.driver.statements import statement
from queries.records.mapping import as_date
from queries.ties.evidence import TieEvidence, tie_evidence
from queries.ties.fold_text import NOT_OURS, values_of
from queries.ties.materialise import materialised, materialised_properties

PAGE = 1_000
"""Ties folded at a time."""


def broken_ties(run: StatementRunner) -> Iterator[Broken]:
    """Yield each report that names another tie than it makes, and each tie that differs from its reports."""
    after = ""
    while True:
        rows = run(statement("check/tie_ids"), {"after": after, "limit": PAGE, "kinds": sorted(TIE_KINDS)})
        ids = [row["tie_id"] for row in rows]
        (columns,) = run(statement("ties/all_evidence"), {"tie_ids": ids})
        mismatched = _mismatched_reports(columns)
        for report_id, expected in mismatched.values():
            what = f"its kind and ends make the tie {expected}, not the one it names"
            yield Broken("TieReport", report_id, what, MEND)
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
        yield Broken(kind, tie.tie_id, what, f"Delete that relationship. {REBUILD_TIES}")
        return
    if found is None:
        yield Broken(kind, tie.tie_id, "has reports but is not materialised", REBUILD_TIES)
        return
    if not found["forwards"]:
        yield Broken(
            kind, tie.tie_id, "is materialised in the wrong direction", f"Delete that relationship. {REBUILD_TIES}"
        )
    stored = found["properties"]
    stored_fold = values_of(str(stored.get("fold")))
    if stored_fold["status"] == NOT_OURS:
        return  # by an older model, or from before the fold was stored as a text: no reader uses it
    try:
        expected = materialised_properties(tie, _day(stored_fold))
    except (TypeError, ValueError, OverflowError):
        yield Broken(kind, tie.tie_id, "has an invalid window", REBUILD_TIES)
        return
    fold = values_of(expected.pop("fold"))
    wrong = sorted(name for name in expected if not _same(expected[name], stored.get(name)))
    wrong += [f"fold.{name}" for name in fold if not _same(fold[name], stored_fold[name])]
    if wrong:
        yield Broken(kind, tie.tie_id, f"differs from the fold of its reports: {', '.join(wrong)}", REBUILD_TIES)


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
