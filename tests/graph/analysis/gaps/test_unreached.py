from math import exp

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.gaps import Gap, partnership_gaps
from graph.networks.network import Node, StakeholderNetwork
from graph.ties import Tie
from graph.vocabulary import GapStatus, TieStatus
from tests.graph.analysis.gaps.places import COUNTRY
from tests.graph.builders import a_network, a_node, a_tie
from tests.graph.networkx_views import undirected
from tests.graph.strategies import networks


def gaps(*nodes: str | Node, ties: tuple[Tie, ...] = (), least: float = 0.05) -> dict[str, Gap]:
    """The G7 gaps, by id."""
    network = a_network(nodes, ties)
    answer = partnership_gaps(network, areas=COUNTRY, types=["G7"], least_reach=least)
    return {gap.id: gap for gap in answer.items}


def test_a_stakeholder_without_ties_is_isolated() -> None:
    (gap,) = gaps("M1", "A1", "L1", ties=(a_tie("M1", "A1"),)).values()
    assert (gap.id, gap.status, gap.severity, gap.deficit) == ("G7/isolated/L1", GapStatus.UNKNOWN, 1.0, 1)
    assert [ref.id for ref in gap.scope.stakeholders] == ["L1"]
    assert gap.scope.groups == ("community_leader",)
    assert gap.sentence == "L1 (community leader) is tied to nobody; no usable tie was ever reported."


@pytest.mark.parametrize(
    ("tie", "status", "words"),
    [
        (a_tie("L1", "A1", 0.9, kind="in_tension_with", sign=-1), GapStatus.HOSTILE, "in tension"),
        (a_tie("L1", "A1", 0.1, status=TieStatus.ASSESSED_ABSENT), GapStatus.ABSENT, "balance of reports"),
        (a_tie("L1", "A1", 0.9, kind="depends_on"), GapStatus.UNKNOWN, "not in use"),
    ],
)
def test_the_unusable_ties_on_record_give_the_status(tie: Tie, status: GapStatus, words: str) -> None:
    gap = gaps("M1", "A1", "L1", ties=(a_tie("M1", "A1"), tie))["G7/isolated/L1"]
    assert gap.status is status
    assert [clue.id for clue in gap.evidence] == [tie.id]
    assert words in gap.evidence[0].sentence


def test_a_part_without_a_mission_unit_is_one_gap_and_not_one_for_each_member() -> None:
    found = gaps("M1", "A1", "L1", "L2", "N1", ties=(a_tie("M1", "A1"), a_tie("L1", "L2"), a_tie("L2", "N1")))
    assert found.keys() == {"G7/unreachable/L1"}
    gap = found["G7/unreachable/L1"]
    assert (gap.deficit, gap.status, gap.scope.groups) == (3, GapStatus.UNKNOWN, ("community_leader", "ngo"))
    assert gap.sentence == "No mission unit reaches L1, L2 and N1: 3 stakeholders tied among themselves alone."


def test_a_tie_in_tension_does_not_reach_but_is_listed_as_evidence() -> None:
    tension = a_tie("A1", "L1", 0.9, kind="in_tension_with", sign=-1)
    found = gaps("M1", "A1", "L1", "L2", ties=(a_tie("M1", "A1"), a_tie("L1", "L2"), tension))
    assert found["G7/unreachable/L1"].status is GapStatus.HOSTILE


def test_a_stakeholder_reached_only_on_a_poor_route_is_a_weak_gap() -> None:
    """By hand: 0.5 · 0.5 = 0.25 is half of the 0.5 asked for."""
    found = gaps("M1", "A1", "L1", ties=(a_tie("M1", "A1"), a_tie("A1", "L1")), least=0.5)
    assert found.keys() == {"G7/poor/L1"}
    gap = found["G7/poor/L1"]
    assert gap.status is GapStatus.WEAK
    assert gap.expected == 0.5
    assert gap.observed == pytest.approx(0.25)
    assert gap.severity == pytest.approx(0.5)
    assert "reliability of only 0.250, less than 0.5" in gap.sentence
    assert gap.candidates[0].introduced_by is not None
    assert gap.candidates[0].introduced_by.id == "A1"


def test_without_a_mission_unit_only_the_isolated_are_found() -> None:
    network = a_network(["A1", "L1", "L2"], [a_tie("A1", "L1")])
    answer = partnership_gaps(network, areas=COUNTRY, types=["G7"])
    assert [gap.id for gap in answer.items] == ["G7/isolated/L2"]
    assert "There is no mission unit, so whom the mission reaches could not be judged." in answer.warnings


def test_those_reached_in_the_same_area_make_the_first_step() -> None:
    found = gaps(
        "M1",
        a_node("A1", area_id="d11"),
        a_node("A2", area_id="d12"),
        a_node("L1", area_id="d11"),
        ties=(a_tie("M1", "A1"), a_tie("M1", "A2")),
    )
    assert [(item.source.id, item.target and item.target.id) for item in found["G7/isolated/L1"].candidates] == [
        ("A1", "L1")
    ]


def test_an_armed_actor_or_one_not_to_contact_does_not_make_the_first_step() -> None:
    found = gaps(
        "M1",
        a_node("B1", area_id="d11", category="armed_actor"),
        a_node("A1", area_id="d11", do_not_contact=True),
        a_node("L1", area_id="d11"),
        ties=(a_tie("M1", "A1"), a_tie("M1", "B1")),
    )
    assert [item.source.id for item in found["G7/isolated/L1"].candidates] == ["M1"]


def test_where_nobody_in_the_area_is_reached_the_mission_makes_the_first_step() -> None:
    found = gaps("M1", "A1", a_node("L1", area_id="d11"), ties=(a_tie("M1", "A1"),))
    assert [item.source.id for item in found["G7/isolated/L1"].candidates] == ["M1"]


def test_in_a_network_without_ties_nobody_is_listed_as_isolated() -> None:
    """A table of who works where alone says nothing of who knows whom."""
    answer = partnership_gaps(a_network(["M1", "A1"]), types=["G7"])
    assert answer.items == ()
    assert answer.warnings == ("There is no usable tie at all, so everybody is isolated and nobody is listed for it.",)


@given(networks(), st.floats(0.01, 1))
@settings(max_examples=60)
def test_everybody_is_well_reached_or_in_exactly_one_gap(network: StakeholderNetwork, least: float) -> None:
    """Against all-pairs shortest paths: the best route from any mission unit."""
    graph = undirected(network)
    units = {node.id for node in network.nodes.values() if node.category == "mission_unit"}
    distances = dict(nx.all_pairs_dijkstra_path_length(graph, weight="distance"))
    answer = partnership_gaps(network, types=["G7"], least_reach=least)
    named = [ref.id for gap in answer.items for ref in gap.scope.stakeholders]
    assert len(named) == len(set(named))
    for key in graph:
        reach = max((exp(-distances[unit][key]) for unit in units if key in distances[unit]), default=0.0)
        poor = bool(units) and reach < least
        assert (key in named) == (bool(graph.edges) and (not graph.adj[key] or poor))
