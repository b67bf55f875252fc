"""Builders: a valid record of each kind, of which a test names only what it is about."""

from typing import Any

from graph.evidence import Evidence
from graph.model import Activity, Area, Participant, Sector, Source, Stakeholder, new_id
from graph.ties import TieReport
from graph.vocabulary import ActivityRole, Reliability, SourceKind


def a_stakeholder(**values: Any) -> Stakeholder:
    return Stakeholder(**{"name": "Council of Elders", "category": "community_leader", **values})


def a_source(**values: Any) -> Source:
    return Source(**{"name": "Patrol of May", "kind": SourceKind.PATROL_REPORT, "reliability": Reliability.B, **values})


def an_area(**values: Any) -> Area:
    return Area(**{"name": "North District", "level": 2, **values})


def a_sector(**values: Any) -> Sector:
    return Sector(**{"code": "PRO", "name": "Protection", **values})


def a_tie_report(**values: Any) -> TieReport:
    """Without ``from_id``, ``to_id`` and ``source_id`` it speaks of nobody who is kept."""
    ends = {"from_id": new_id(), "to_id": new_id(), "source_id": new_id()}
    return TieReport(**{"kind": "coordinates_with", **ends, **values})


def an_activity(*stakeholder_ids: str, **values: Any) -> Activity:
    """Implemented by these stakeholders, or without any by one who is not kept."""
    implementers = tuple(
        Participant(stakeholder_id=id_, role=ActivityRole.IMPLEMENTS) for id_ in stakeholder_ids or (new_id(),)
    )
    return Activity(**{"name": "Water committee training", "participants": implementers, **values})


def evidence_of(report: TieReport, source: Source) -> Evidence:
    """What the fold needs of a report and the source it comes from."""
    return Evidence(
        report_id=report.id,
        origin=source.origin,
        reliability=source.reliability,
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
