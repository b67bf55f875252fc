"""The reports on a tie as the database returns them, ready for the fold.

One list a column: the driver unpacks a few long lists several times faster than as many rows, and a list made of nodes
keeps its gaps as ``None``, so that the columns stay aligned. The statements give no label to the ends of a report: then
no plan can begin there, which would be slow at an end with many reports.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from graph.access import Sensitivity
from graph.evidence import Evidence, tie_as_of, tie_id, tie_key
from graph.folding import fold
from graph.ties import Tie, TieReport
from graph.vocabulary import Presence, Reliability
from queries.driver.running import Row


@dataclass(frozen=True, slots=True)
class TieEvidence:
    """The evidence read for one tie; the endpoints are in the order of the tie.

    ``sensitivity`` is the clearance needed to see every report that was not retracted; the endpoints may need more.
    """

    tie_id: str
    kind: str
    from_id: str
    to_id: str
    evidence: tuple[Evidence, ...]
    sensitivity: Sensitivity

    @property
    def is_reported(self) -> bool:
        """Whether at least one report was not retracted."""
        return any(item.retracted_at is None for item in self.evidence)

    def tie(self, *, as_of: date, known_at: datetime | None = None) -> Tie | None:
        """Return the tie on a day, as known at an instant; ``None`` where no report known then covers that day."""
        folded = fold(self.kind, self.evidence, as_of=as_of, known_at=known_at)
        return tie_as_of(folded, self.from_id, self.to_id, as_of=as_of) if folded else None


def tie_evidence(columns: Row) -> list[TieEvidence]:
    """Return the columns of one of the ``*_evidence.cypher`` statements as evidence, tie by tie, sorted by id."""
    by_tie: dict[str, list[Row]] = defaultdict(list)
    for values in zip(*columns.values(), strict=True):
        report = dict(zip(columns, values, strict=True))
        by_tie[report["tie_id"]].append(report)
    return [_one_tie(tie_id, reports) for tie_id, reports in sorted(by_tie.items())]


def with_reports(
    before: Iterable[TieEvidence], reports: Iterable[TieReport], sources: Mapping[str, Row]
) -> list[TieEvidence]:
    """Return the evidence from before together with that of these reports, tie by tie, sorted by id.

    ``sources`` has by id the rows of ``hold_sources.cypher`` for the sources of the reports.
    """
    ties = {tie.tie_id: tie for tie in before}
    added: dict[str, list[TieReport]] = defaultdict(list)
    for report in reports:
        added[tie_id(report.kind, report.from_id, report.to_id)].append(report)
    for id_, new in added.items():
        first, second = tie_key(new[0].kind, new[0].from_id, new[0].to_id)
        known = ties.get(id_) or TieEvidence(id_, new[0].kind, first, second, (), Sensitivity.PUBLIC)
        levels = [
            max(int(report.sensitivity), sources[report.source_id]["sensitivity"])
            for report in new
            if report.retracted_at is None
        ]
        ties[id_] = replace(
            known,
            evidence=known.evidence + tuple(_evidence_of_report(report, sources[report.source_id]) for report in new),
            sensitivity=Sensitivity(max([known.sensitivity, *levels])),
        )
    return [tie for _, tie in sorted(ties.items())]


def _evidence_of_report(report: TieReport, source: Row) -> Evidence:
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


def _one_tie(tie_id: str, reports: Sequence[Row]) -> TieEvidence:
    kind = reports[0]["kind"]
    first, second = tie_key(kind, reports[0]["from_id"], reports[0]["to_id"])
    levels = (
        max(report["report_sensitivity"], report["source_sensitivity"])
        for report in reports
        if report["retracted_at"] is None
    )
    return TieEvidence(
        tie_id=tie_id,
        kind=kind,
        from_id=first,
        to_id=second,
        evidence=tuple(_evidence_of_row(report) for report in reports),
        sensitivity=Sensitivity(max(levels, default=0)),
    )


def _evidence_of_row(report: Row) -> Evidence:
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
