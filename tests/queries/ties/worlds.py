"""Random worlds of reports, and the ties that a viewer should get of them, computed here from the records alone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from graph.access import Sensitivity, Viewer
from graph.evidence import tie_as_of, tie_id
from graph.folding import fold
from graph.model import Record, Source, Stakeholder
from graph.ties import Tie, TieReport
from graph.vocabulary import Presence, Reliability
from tests.builders import a_source, a_stakeholder, a_tie_report, evidence_of

KINDS = ("coordinates_with", "funds", "in_tension_with")
"""One undirected, one directed, one of negative sign."""

TODAY = datetime.now(UTC).date()
"""Ties are materialised on the day of writing, so the dates lie around it."""


@dataclass(frozen=True)
class World:
    """Stakeholders, sources and their reports."""

    stakeholders: tuple[Stakeholder, ...]
    sources: tuple[Source, ...]
    reports: tuple[TieReport, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, in the order in which they can be created."""
        return *self.stakeholders, *self.sources, *self.reports

    def seen_by(self, viewer: Viewer) -> "World":
        """Return the world without the records that this viewer may not see."""
        stakeholders = tuple(who for who in self.stakeholders if viewer.may_see(who.sensitivity))
        sources = tuple(source for source in self.sources if viewer.may_see(source.sensitivity))
        known = {record.id for record in (*stakeholders, *sources)}
        reports = tuple(
            report
            for report in self.reports
            if viewer.may_see(report.sensitivity) and {report.from_id, report.to_id, report.source_id} <= known
        )
        return World(stakeholders, sources, reports)

    def ties(self, viewer: Viewer, *, as_of: date, known_at: datetime | None = None) -> list[Tie]:
        """Return the ties of the visible reports, by the definition, in the order of ids."""
        seen = self.seen_by(viewer)
        sources = {source.id: source for source in seen.sources}
        by_tie: dict[str, list[TieReport]] = {}
        for report in seen.reports:
            by_tie.setdefault(tie_id(report.kind, report.from_id, report.to_id), []).append(report)
        ties = []
        for _, reports in sorted(by_tie.items()):
            first = reports[0]
            evidence = [evidence_of(report, sources[report.source_id]) for report in reports]
            if folded := fold(first.kind, evidence, as_of=as_of, known_at=known_at):
                ties.append(tie_as_of(folded, first.from_id, first.to_id, as_of=as_of))
        return ties


def a_world(seed: int) -> World:
    """Return six stakeholders, five sources and forty reports, of any sensitivity, some ended, future or retracted."""
    random = Random(seed)
    level = [Sensitivity.PUBLIC, Sensitivity.PUBLIC, Sensitivity.RESTRICTED, Sensitivity.CONFIDENTIAL]
    stakeholders = tuple(a_stakeholder(name=f"Actor {n}", sensitivity=random.choice(level)) for n in range(6))
    sources = tuple(
        a_source(
            name=f"Source {n}",
            sensitivity=random.choice(level),
            reliability=random.choice(list(Reliability)),
            origin_group=random.choice(["", "one paper"]),
        )
        for n in range(5)
    )
    reports = tuple(_a_report(random, stakeholders, sources, random.choice(level)) for _ in range(40))
    return World(stakeholders, sources, reports)


def _a_report(
    random: Random, stakeholders: tuple[Stakeholder, ...], sources: tuple[Source, ...], sensitivity: Sensitivity
) -> TieReport:
    start, finish = random.sample(
        stakeholders[:4] if random.random() < 0.8 else stakeholders, 2
    )  # few pairs, many reports each
    recorded_at = datetime.now(UTC) - timedelta(days=random.randint(0, 900), hours=1)
    begin = TODAY + timedelta(days=random.randint(-900, 1))
    return a_tie_report(
        from_id=start.id,
        to_id=finish.id,
        kind=random.choice(KINDS),
        source_id=random.choice(sources).id,
        sensitivity=sensitivity,
        presence=random.choice([Presence.PRESENT, Presence.PRESENT, Presence.ABSENT]),
        strength=random.choice([None, 0.2, 0.9]),
        trust=random.choice([None, 0.4]),
        sign=random.choice([None, None, -1]),
        credibility=random.randint(1, 6),
        valid_from=random.choice([None, begin]),
        valid_to=random.choice([None, begin + timedelta(days=random.randint(1, 600))]),
        observed_on=random.choice([None, recorded_at.date() - timedelta(days=random.randint(0, 90))]),
        recorded_at=recorded_at,
        retracted_at=random.choice([None, None, None, recorded_at + timedelta(minutes=30)]),
    )
