"""Bridging, bridgeness, groups of go-betweens, ties, ends that are named, and currents, against brute force."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.centrality.betweenness import betweenness, subset_betweenness, tie_betweenness
from graph.analysis.centrality.bridging import bridgeness, bridging_centrality
from graph.analysis.centrality.current_flow import current_flow_betweenness
from graph.analysis.groups.group_betweenness import group_betweenness
from graph.errors import TooLarge
from graph.networks.network import StakeholderNetwork
from tests.graph.analysis import oracles
from tests.graph.builders import a_network, a_tie
from tests.graph.networkx_views import undirected
from tests.graph.strategies import networks
from tests.graph.ten_actors import ten_actors

slow = settings(max_examples=40)


def test_bridging_centrality_of_the_ten_actors() -> None:
    """Printed in the design; the order differs from betweenness."""
    found = bridging_centrality(ten_actors())
    assert {key: round(found[key] or 0, 6) for key in ("L1", "A2", "A1", "L3")} == {
        "L1": 4.285714,
        "A2": 3.8,
        "A1": 3,
        "L3": 1.272727,
    }
    assert found["X1"] is None


@given(networks())
@slow
def test_bridgeness_counts_the_pairs_that_are_no_contacts(network: StakeholderNetwork) -> None:
    graph = undirected(network)
    for key, found in bridgeness(network).items():
        far = sorted(set(graph) - set(graph.adj[key]) - {key})
        assert found == pytest.approx(oracles.through(network, combinations(far, 2), frozenset({key})), abs=1e-6)
        assert found <= betweenness(network)[key] + 1e-6


def test_a_local_hub_has_betweenness_but_no_bridgeness() -> None:
    """By hand: on a star all pairs are contacts of the middle; on a line of five the middle has the outer pair."""
    star = a_network("mabc", [a_tie("m", other) for other in "abc"])
    assert (betweenness(star)["m"], bridgeness(star)["m"]) == (3, 0)
    line = a_network("abcde", [a_tie(*pair) for pair in ("ab", "bc", "cd", "de")])
    assert bridgeness(line) == {"a": 0, "b": 0, "c": 1, "d": 0, "e": 0}


def test_group_betweenness_of_two_authorities() -> None:
    """Printed in the design: without X1, 14 of 21 pairs."""
    found = group_betweenness(ten_actors().within(lambda node: node.id != "X1"), {"A1", "A2"})
    assert (found.met, found.pairs, found.share) == (14, 21, 14 / 21)
    assert group_betweenness(a_network("ab"), "ab").share is None


@given(networks(), st.data())
@slow
def test_group_betweenness_is_what_listing_all_routes_gives(network: StakeholderNetwork, data: st.DataObject) -> None:
    members = frozenset(data.draw(st.sets(st.sampled_from(list(network.nodes)))))
    outside = sorted(network.nodes.keys() - members)
    expected = oracles.through(network, combinations(outside, 2), members)
    assert group_betweenness(network, members).met == pytest.approx(expected, abs=1e-6)


@given(networks(), st.data())
@slow
def test_betweenness_between_named_ends_counts_each_pair_once(network: StakeholderNetwork, data: st.DataObject) -> None:
    some = st.sets(st.sampled_from(list(network.nodes)))
    sources, targets = data.draw(some), data.draw(some)
    pairs = {(min(s, t), max(s, t)) for s in sources for t in targets if s != t}
    for key, found in subset_betweenness(network, sources=sources, targets=targets).items():
        expected = oracles.through(network, [pair for pair in pairs if key not in pair], frozenset({key}))
        assert found == pytest.approx(expected, abs=1e-6)


def test_from_everybody_to_everybody_is_betweenness() -> None:
    network = ten_actors()
    for distance in (None, "distance"):
        everybody = subset_betweenness(network, sources=network.nodes, targets=network.nodes, distance=distance)
        assert everybody == pytest.approx(betweenness(network, distance=distance))


def test_mission_units_reach_community_leaders_through_one_authority() -> None:
    """By hand: 2 x 4 pairs less those of X1, whom nobody reaches: all 6 routes go by A2."""
    found = subset_betweenness(ten_actors(), sources={"M1", "M2"}, targets={"L1", "L2", "L3", "X1"})
    assert (found["A2"], found["A1"], found["L1"], found["X1"]) == (6, 3, 4, 0)


@pytest.mark.parametrize("distance", [None, "distance"])
@given(network=networks())
@slow
def test_tie_betweenness_agrees_with_networkx(network: StakeholderNetwork, distance: str | None) -> None:
    theirs = nx.edge_betweenness_centrality(undirected(network), normalized=False, weight=distance)
    ours = tie_betweenness(network, distance=distance)
    assert ours.keys() == {(min(pair), max(pair)) for pair in theirs}
    if distance is None:  # there a comparison without tolerance decides between equally short routes by chance
        for (one, other), value in theirs.items():
            assert ours[min(one, other), max(one, other)] == pytest.approx(value, abs=1e-6)


def test_a_bridge_has_all_pairs_of_its_sides_as_betweenness() -> None:
    """By hand: A2-L1 has five on one side and four on the other."""
    assert tie_betweenness(ten_actors())["A2", "L1"] == 20


@given(networks(most=6))
@slow
def test_current_flow_is_what_solving_every_pair_gives(network: StakeholderNetwork) -> None:
    assert current_flow_betweenness(network) == pytest.approx(oracles.current_flow(network), abs=1e-6)


def test_a_component_too_large_for_current_flow_is_refused_with_a_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "graph.kernels.current_flow.current_flow_betweenness.__kwdefaults__",
        {"strength": None, "largest": 2, "threads": None},
    )
    network = a_network("abc", [a_tie(*pair) for pair in combinations("abc", 2)])
    with pytest.raises(TooLarge) as refused:
        current_flow_betweenness(network)
    assert "area" in refused.value.cure
