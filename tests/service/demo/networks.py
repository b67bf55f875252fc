"""The network of the demo without a database: its reports folded as the store folds them."""

from collections import defaultdict
from datetime import date

from graph.access import Viewer
from graph.evidence import tie_as_of, tie_id
from graph.folding import fold
from graph.model import Source, Stakeholder
from graph.networks.network import Node, StakeholderNetwork, build_network
from graph.ties import TieReport
from service.demo import mission
from tests.builders import evidence_of

TODAY = date(2026, 3, 1)  # any day: the dates of the mission are relative to it


def demo_network(viewer: Viewer) -> StakeholderNetwork:
    """The network of the demo mission that a viewer may see."""
    records = mission(TODAY)
    sources = {record.id: record for record in records if isinstance(record, Source)}
    shown = {
        record.id: record
        for record in records
        if isinstance(record, Stakeholder) and viewer.may_see(record.sensitivity)
    }
    reports: dict[str, list[TieReport]] = defaultdict(list)
    for report in (record for record in records if isinstance(record, TieReport)):
        seen = viewer.may_see(report.sensitivity, sources[report.source_id].sensitivity)
        if seen and report.from_id in shown and report.to_id in shown:
            reports[tie_id(report.kind, report.from_id, report.to_id)].append(report)
    ties = []
    for of_tie in reports.values():
        evidence = [evidence_of(report, sources[report.source_id]) for report in of_tie]
        folded = fold(of_tie[0].kind, evidence, as_of=TODAY)
        if folded:
            ties.append(tie_as_of(folded, of_tie[0].from_id, of_tie[0].to_id, as_of=TODAY))
    nodes = [
        Node(
            id=actor.id,
            name=actor.name,
            category=actor.category,
            nature=actor.nature,
            area_id=actor.area_id,
            sector_ids=actor.sector_ids,
            do_not_contact=actor.do_not_contact,
            aliases=actor.aliases,
        )
        for actor in shown.values()
    ]
    return build_network(nodes, ties, revision=1, as_of=TODAY)
