"""The reports on a tie as the database gives them, ready for the fold.

One list a column: the driver unpacks a few long lists several times faster than as many rows, and a list made of nodes
keeps its gaps as ``None``, so that the columns stay in step. The statements give no label to what a report hangs on:
then no plan can begin at that end, which would be slow once much hangs there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from graph.access import Sensitivity
from graph.evidence import Evidence, fold, tie_as_of, tie_key
from graph.model import Tie
from graph.vocabulary import Presence, Reliability
from queries.connection import Row


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that was read about one tie; the endpoints are in the order of the tie.

    ``sensitivity`` is what it takes to see every report that was not retracted, the endpoints apart.
    """

    tie_id: str
    kind: str
    from_id: str
    to_id: str
    evidence: tuple[Evidence, ...]
    sensitivity: Sensitivity

    @property
    def stands(self) -> bool:
        """Whether a report is left that was not retracted."""
        return any(item.retracted_at is None for item in self.evidence)

    def tie(self, *, as_of: date, known_at: datetime | None = None) -> Tie | None:
        """Return the tie on a day, as known at an instant; ``None`` where nothing known then speaks of that day."""
        folded = fold(self.kind, self.evidence, as_of=as_of, known_at=known_at)
        return tie_as_of(folded, self.from_id, self.to_id, as_of=as_of) if folded else None


def spoken(columns: Row) -> list[Spoken]:
    """Return what one of the ``*_evidence.cypher`` statements gave, tie by tie, sorted by id."""
    together: dict[str, list[Row]] = defaultdict(list)
    for values in zip(*columns.values(), strict=True):
        report = dict(zip(columns, values, strict=True))
        together[report["tie_id"]].append(report)
    return [_one_tie(tie_id, reports) for tie_id, reports in sorted(together.items())]


def _one_tie(tie_id: str, reports: Sequence[Row]) -> Spoken:
    kind = reports[0]["kind"]
    first, second = tie_key(kind, reports[0]["from_id"], reports[0]["to_id"])
    levels = (
        max(report["report_sensitivity"], report["source_sensitivity"])
        for report in reports
        if report["retracted_at"] is None
    )
    return Spoken(
        tie_id=tie_id,
        kind=kind,
        from_id=first,
        to_id=second,
        evidence=tuple(_evidence(report) for report in reports),
        sensitivity=Sensitivity(max(levels, default=0)),
    )


def _evidence(report: Row) -> Evidence:
    return Evidence(
        report_id=report["report_id"],
        origin=report["origin_group"] or report["source_id"],
        reliability=Reliability(report["reliability"]),
        credibility=report["credibility"],
        presence=Presence(report["presence"]),
        strength=report["strength"],
        trust=report["trust"],
        sign=report["sign"],
        valid_from=_day(report["valid_from"]),
        valid_to=_day(report["valid_to"]),
        observed_on=_day(report["observed_on"]),
        recorded_at=datetime.fromisoformat(report["recorded_at"]),
        retracted_at=datetime.fromisoformat(report["retracted_at"]) if report["retracted_at"] else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
