"""The reports on a tie as the database gives them, ready for the fold.

One list a column: the driver unpacks a few long lists several times faster than as many rows, and a list made of nodes
keeps its gaps as ``None``, so that the columns stay in step. The statements give no label to what a report hangs on:
then no plan can begin at that end, which would be slow once much hangs there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from graph.access import Sensitivity
from graph.evidence import Evidence, fold, tie_as_of, tie_id, tie_key
from graph.model import Tie, TieReport
from graph.vocabulary import Presence, Reliability
from queries.driver.connection import Row


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


def together(before: Iterable[Spoken], reports: Iterable[TieReport], sources: Mapping[str, Row]) -> list[Spoken]:
    """Return what was told before and what these reports say more, tie by tie, sorted by id.

    ``sources`` holds by id what ``hold_sources.cypher`` gave for those of the reports.
    """
    ties = {tie.tie_id: tie for tie in before}
    added: dict[str, list[TieReport]] = defaultdict(list)
    for report in reports:
        added[tie_id(report.kind, report.from_id, report.to_id)].append(report)
    for id_, new in added.items():
        first, second = tie_key(new[0].kind, new[0].from_id, new[0].to_id)
        told = ties.get(id_) or Spoken(id_, new[0].kind, first, second, (), Sensitivity.PUBLIC)
        levels = [
            max(int(report.sensitivity), sources[report.source_id]["sensitivity"])
            for report in new
            if report.retracted_at is None
        ]
        ties[id_] = replace(
            told,
            evidence=told.evidence + tuple(_of_report(report, sources[report.source_id]) for report in new),
            sensitivity=Sensitivity(max([told.sensitivity, *levels])),
        )
    return [tie for _, tie in sorted(ties.items())]


def _of_report(report: TieReport, source: Row) -> Evidence:
    return Evidence(
        report_id=report.id,
        origin=source["origin_group"] or source["id"],
        reliability=Reliability(source["reliability"]),
        credibility=report.credibility,
        presence=report.presence,
        strength=report.strength,
        trust=report.trust,
        sign=report.sign,
        valid_from=report.valid_from,
        valid_to=report.valid_to,
        observed_on=report.observed_on,
        recorded_at=report.recorded_at,
        retracted_at=report.retracted_at,
    )


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
