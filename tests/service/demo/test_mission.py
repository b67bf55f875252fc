"""The demo mission has a case of everything the product finds, for every viewer and on every day."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import networkx as nx
import pytest

from graph.access import Sensitivity
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder
from graph.networks.network import StakeholderNetwork
from graph.ties import TieReport
from graph.vocabulary import CATEGORIES, TIE_KINDS, Presence, TieStatus
from service.demo import DEMO_PATH, mission
from tests.graph.networkx_views import in_tension, undirected
from tests.service.demo.networks import TODAY

MissionRecords = tuple[Record, ...]

BROKER = "Amina Thorne"
MOST_TIES = "Office of the Governor of Sennet"
UNMET = "Tarn Hollow Village Committee"


def named(network: StakeholderNetwork, name: str) -> str:
    """The id of the one stakeholder of that name."""
    (node_id,) = (node.id for node in network.nodes.values() if node.name == name)
    return node_id


def test_the_same_day_gives_the_same_records() -> None:
    assert mission(TODAY) == mission(TODAY)


def test_another_day_shifts_the_dates_and_keeps_the_ids(records: MissionRecords) -> None:
    later = mission(TODAY + timedelta(days=100))
    assert [record.id for record in later] == [record.id for record in records]
    shifts = {
        new.confirmed_on - old.confirmed_on
        for old, new in zip(records, later, strict=True)
        if isinstance(old, TieReport) and isinstance(new, TieReport)
    }
    assert shifts == {timedelta(days=100)}


def test_ids_are_unique_and_of_version_7(records: MissionRecords) -> None:
    assert {UUID(record.id).version for record in records} == {7}
    assert len({record.id for record in records}) == len(records)


def test_every_record_has_a_unique_external_id(records: MissionRecords) -> None:
    keys = [(type(record), *record.external_ids) for record in records]
    assert all(len(key) == 2 for key in keys)
    assert len(set(keys)) == len(keys)


def test_what_a_record_refers_to_comes_before_it(records: MissionRecords) -> None:
    seen: set[str] = set()
    for record in records:
        match record:
            case Area():
                referred = {record.parent_id}
            case Stakeholder():
                referred = {record.area_id, *record.sector_ids}
            case TieReport():
                referred = {record.from_id, record.to_id, record.source_id}
            case Activity():
                referred = {record.area_id, record.sector_id, *(part.stakeholder_id for part in record.participants)}
            case _:
                referred = set()
        assert referred - {None} <= seen
        seen.add(record.id)


def test_there_are_about_sixty_stakeholders_of_every_category(records: MissionRecords) -> None:
    stakeholders = [record for record in records if isinstance(record, Stakeholder)]
    assert {stakeholder.category for stakeholder in stakeholders} == set(CATEGORIES)
    assert 55 <= len(stakeholders) <= 75


def test_names_are_in_english_french_and_arabic(records: MissionRecords) -> None:
    names = [record.name for record in records if isinstance(record, Stakeholder)]
    assert any("é" in name for name in names)
    assert any("ARABIC" in unicodedata.name(name[0]) for name in names)
    assert len(set(names)) == len(names)


def test_areas_have_three_levels_pcodes_under_their_parents_and_coordinates(records: MissionRecords) -> None:
    areas = {record.id: record for record in records if isinstance(record, Area)}
    assert {area.level for area in areas.values()} == {0, 1, 2}
    for area in areas.values():
        assert area.latitude is not None
        if area.parent_id:
            parent = areas[area.parent_id]
            assert area.pcode.startswith(parent.pcode)
            assert area.level == parent.level + 1


def test_pcodes_belong_to_no_country(records: MissionRecords) -> None:
    """ISO 3166-1 leaves AA, QM to QZ, XA to XZ and ZZ to users."""
    assert {record.pcode[:2] for record in records if isinstance(record, Area)} == {"QV"}


def test_sources_differ_and_two_of_them_are_one_evidence_group(records: MissionRecords) -> None:
    sources = [record for record in records if isinstance(record, Source)]
    assert len({source.kind for source in sources}) >= 7
    assert len({source.reliability for source in sources}) >= 5
    assert len({source.origin for source in sources}) == len(sources) - 1


def test_reports_are_of_every_kind_and_some_report_that_a_tie_is_absent(records: MissionRecords) -> None:
    reports = [record for record in records if isinstance(record, TieReport)]
    assert {report.kind for report in reports} == set(TIE_KINDS)
    assert sum(report.presence is Presence.ABSENT for report in reports) >= 5
    assert any(report.sensitivity is Sensitivity.CONFIDENTIAL for report in reports)


def test_the_newest_report_is_of_the_last_week_and_none_is_of_the_future(records: MissionRecords) -> None:
    days = [record.confirmed_on for record in records if isinstance(record, TieReport)]
    assert timedelta(0) <= TODAY - max(days) <= timedelta(days=7)
    end_of_today = datetime(TODAY.year, TODAY.month, TODAY.day, 23, 59, tzinfo=UTC)
    assert all(record.recorded_at <= end_of_today for record in records if isinstance(record, TieReport))


def test_ties_have_every_status_and_are_contested_both_ways(network: StakeholderNetwork) -> None:
    assert {tie.status for tie in network.ties} == set(TieStatus)
    contested = [tie.existence for tie in network.ties if tie.status is TieStatus.CONTESTED]
    assert min(contested) < 0.5 < max(contested)
    assert any(len(tie.origins) == 1 and tie.reports > 1 for tie in network.ties)
    assert in_tension(network).number_of_edges() >= 2


def test_the_broker_connects_the_valleys_without_having_the_most_ties(network: StakeholderNetwork) -> None:
    graph = undirected(network)
    betweenness = nx.betweenness_centrality(graph)
    broker = named(network, BROKER)
    assert broker in sorted(betweenness, key=lambda node: (-betweenness[node], node))[:3]
    assert broker in set(nx.articulation_points(graph))
    assert max(graph.degree, key=lambda pair: pair[1])[0] == named(network, MOST_TIES)


def test_every_demo_path_crosses_the_broker(network: StakeholderNetwork) -> None:
    source, target = (named(network, name) for name in DEMO_PATH)
    assert nx.has_path(undirected(network), source, target)
    without = nx.Graph(undirected(network))
    without.remove_node(named(network, BROKER))
    assert not nx.has_path(without, source, target)


def test_one_village_is_isolated_and_one_district_is_a_component_of_its_own(network: StakeholderNetwork) -> None:
    assert named(network, UNMET) in set(nx.isolates(undirected(network)))
    sizes = sorted(map(len, nx.connected_components(undirected(network))))
    assert sizes[0] == 1
    assert sizes[1] in range(2, 6)


@pytest.mark.parametrize(("pcode", "liaison"), [("QV0102", True), ("QV0201", False), ("QV0203", False)])
def test_millford_has_a_liaison_and_the_orrin_valley_has_none(
    records: MissionRecords, network: StakeholderNetwork, pcode: str, liaison: bool
) -> None:
    (area,) = (record.id for record in records if isinstance(record, Area) and record.pcode == pcode)
    in_area = {record.id: record for record in records if isinstance(record, Stakeholder) and record.area_id == area}
    pairs = {
        frozenset((in_area[tie.from_id].category, in_area[tie.to_id].category))
        for tie in network.included_ties
        if tie.kind == "coordinates_with" and tie.from_id in in_area and tie.to_id in in_area
    }
    assert (frozenset(("mission_unit", "local_authority")) in pairs) is liaison


def test_running_activities_leave_some_sectors_of_districts_unserved(records: MissionRecords) -> None:
    districts = {record.id: record.pcode for record in records if isinstance(record, Area) and record.level == 2}
    codes = {record.id: record.code for record in records if isinstance(record, Sector)}
    served = {
        (districts[record.area_id], codes[record.sector_id])
        for record in records
        if isinstance(record, Activity) and record.area_id and record.sector_id and _runs(record, TODAY)
    }
    assert ("QV0102", "HEA") in served
    assert ("QV0203", "HEA") not in served
    assert not any(pcode == "QV0302" for pcode, _ in served)


def _runs(activity: Activity, day: date) -> bool:
    return activity.status == "ongoing" and (activity.valid_to is None or day < activity.valid_to)
