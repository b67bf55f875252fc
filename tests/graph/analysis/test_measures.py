"""The measures against their definitions worked out by brute force, and the identities of analytics.md 4.8."""

from dataclasses import astuple, replace
from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.answers.ranking import competition_ranks
from graph.analysis.answers.sampling import SampledSources, sampled_sources
from graph.analysis.brokerage.roles import ROLES, brokerage_roles
from graph.analysis.brokerage.structural_holes import structural_holes
from graph.analysis.centrality.betweenness import betweenness
from graph.analysis.centrality.closeness import harmonic_closeness
from graph.analysis.connectivity.cut_points import CutPoints
from graph.networks.network import StakeholderNetwork, build_network
from tests.graph.analysis import oracles
from tests.graph.builders import a_network, a_tie, renamed
from tests.graph.networkx_views import directed, undirected
from tests.graph.strategies import networks, permutations_of

ANY_DISTANCE = pytest.mark.parametrize("distance", [None, "distance"])
ANY_WEIGHT = pytest.mark.parametrize("weight", [None, "strength", "reliability"])

small = networks(most=6)
slow = settings(max_examples=40)  # the oracle tries every order of every set of others


@ANY_DISTANCE
@given(network=small)
@slow
def test_betweenness_is_what_listing_all_shortest_routes_gives(
    network: StakeholderNetwork, distance: str | None
) -> None:
    assert betweenness(network, distance=distance) == pytest.approx(oracles.betweenness(network, distance), abs=1e-6)


@given(networks())
def test_betweenness_sums_to_the_excess_of_distance(network: StakeholderNetwork) -> None:
    """Identity 1, within each component: Σ C_B = Σ_{s<t} (d(s,t) − 1)."""
    distances = dict(nx.all_pairs_shortest_path_length(undirected(network)))
    excess = sum(distances[s][t] - 1 for s, t in combinations(network.nodes, 2) if t in distances[s])
    assert sum(betweenness(network).values()) == pytest.approx(excess)


def test_equally_reliable_routes_share_even_where_their_sums_differ_in_the_last_digit() -> None:
    """0.9 · 0.4 = 0.6 · 0.6 = 0.36, but −ln 0.9 − ln 0.4 and −2 ln 0.6 are not the same double."""
    network = a_network(
        ["s", "a", "b", "t"], [a_tie("s", "a", 0.9), a_tie("a", "t", 0.4), a_tie("s", "b", 0.6), a_tie("b", "t", 0.6)]
    )
    values = betweenness(network, distance="distance")
    assert values["a"] == values["b"] == 0.5


def test_perfect_ties_do_not_upset_the_count_of_routes() -> None:
    """r = 1 on a square: opposite corners have two routes, so everybody gets half of one pair."""
    network = a_network("abcd", [a_tie(one, other, 1.0) for one, other in ("ab", "bc", "cd", "ad")])
    assert set(betweenness(network, distance="distance").values()) == {0.5}


@ANY_WEIGHT
@given(network=networks())
def test_constraint_and_effective_size_follow_burts_formulas(network: StakeholderNetwork, weight: str | None) -> None:
    graph = undirected(network)
    for node, found in structural_holes(network, weight=weight).items():
        tied = [other for other in graph.adj[node] if weight is None or graph.edges[node, other][weight] > 0]
        if not tied:
            assert astuple(found) == (None,) * 4
            continue
        assert found.constraint == pytest.approx(oracles.constraint(graph, node, weight), abs=1e-6)
        assert found.effective_size == pytest.approx(oracles.effective_size(graph, node, weight), abs=1e-6)
        assert found.efficiency == pytest.approx((found.effective_size or 0) / len(tied), abs=1e-6)
        assert found.hierarchy == pytest.approx(oracles.hierarchy(graph, node, weight), abs=1e-6)


@given(networks())
def test_effective_size_of_ties_that_count_alike_is_borgattis_short_form(network: StakeholderNetwork) -> None:
    graph = undirected(network)
    for node, found in structural_holes(network).items():
        if graph.adj[node]:
            assert found.effective_size == pytest.approx(oracles.borgatti_effective_size(graph, node), abs=1e-6)


@given(networks(strength=0.5), st.sampled_from([0.1, 0.3, 2.0]))
def test_scaling_all_strengths_changes_no_structural_hole(network: StakeholderNetwork, factor: float) -> None:
    """Identity 13."""
    ties = [replace(tie, strength=(tie.strength or 0) * factor) for tie in network.ties]
    scaled = build_network(network.nodes.values(), ties, revision=1, as_of=network.as_of)
    before, after = (structural_holes(net, weight="strength") for net in (network, scaled))
    for key, value in before.items():
        assert astuple(after[key]) == pytest.approx(astuple(value))


@given(networks())
def test_roles_are_what_looking_at_every_triad_gives(network: StakeholderNetwork) -> None:
    groups = {node.id: node.category for node in network.nodes.values()}
    expected = oracles.roles(network, groups)
    for key, found in brokerage_roles(network, groups=groups).items():
        assert {role: getattr(found, role) for role in ROLES} == {role: expected[key][role] for role in ROLES}


@given(networks())
def test_the_five_roles_together_are_all_open_triads(network: StakeholderNetwork) -> None:
    """Identity 7."""
    graph = directed(network)
    groups = {node.id: node.category for node in network.nodes.values()}
    for broker, found in brokerage_roles(network, groups=groups).items():
        open_triads = sum(
            giver != taker and not graph.has_edge(giver, taker)
            for giver in graph.predecessors(broker)
            for taker in graph.successors(broker)
        )
        assert found.total == open_triads == sum(getattr(found, role) for role in ROLES)


def test_a_gatekeeper_lets_in_and_a_representative_speaks_out() -> None:
    """Orientation, by the table of the design: outsider → b → insider, and insider → b → outsider."""
    groups = {"outsider": "them", "b": "us", "insider": "us"}
    into = a_network(groups, [a_tie("outsider", "b", kind="reports_to"), a_tie("b", "insider", kind="reports_to")])
    out = a_network(groups, [a_tie("insider", "b", kind="reports_to"), a_tie("b", "outsider", kind="reports_to")])
    assert brokerage_roles(into, groups=groups)["b"].gatekeeper == 1
    assert brokerage_roles(out, groups=groups)["b"].representative == 1
    assert brokerage_roles(into, groups=groups)["b"].total == brokerage_roles(out, groups=groups)["b"].total == 1


@given(networks())
def test_an_articulation_point_is_whose_removal_raises_the_number_of_components(network: StakeholderNetwork) -> None:
    """Identity 8, and the same of bridges; what is cut off is what is no longer with the largest part."""
    graph = undirected(network)
    found = CutPoints(network)
    for node in graph:
        without = graph.copy()
        without.remove_node(node)
        raised = nx.number_connected_components(without) > nx.number_connected_components(graph)
        assert (node in found.articulation_points) == raised
        members = nx.node_connected_component(graph, node) - {node}
        parts = sorted(
            (tuple(sorted(part)) for part in nx.connected_components(without) if part <= members),
            key=lambda part: (-len(part), part),
        )
        assert found.parts(node) == (tuple(parts) if raised else ())
        assert found.cut_off(node) == tuple(sorted(key for part in parts[1:] for key in part if raised))
    for one, other in graph.edges:
        without = graph.copy()
        without.remove_edge(one, other)
        raised = nx.number_connected_components(without) > nx.number_connected_components(graph)
        assert ((min(one, other), max(one, other)) in found.bridges) == raised
        sides = [nx.node_connected_component(without, end) for end in (one, other)]
        smaller = min(sides, key=lambda side: (len(side), [-ord(c) for c in min(side)])) if raised else ()
        assert found.cut_off_by_tie(one, other) == found.cut_off_by_tie(other, one) == tuple(sorted(smaller))


@given(networks())
def test_harmonic_closeness_is_the_mean_of_inverse_distances(network: StakeholderNetwork) -> None:
    graph = undirected(network)
    others = len(graph) - 1
    expected = nx.harmonic_centrality(graph)
    for node, found in harmonic_closeness(network).items():
        assert found == (pytest.approx(expected[node] / others) if others else None)
        assert found is None or 0 <= found <= 1


@given(st.data())
@settings(max_examples=60)
def test_permuting_ids_permutes_every_measure(data: st.DataObject) -> None:
    """Identity 10."""
    network = data.draw(networks())
    names = data.draw(permutations_of(network))
    other = renamed(network, names)
    for measure in (
        betweenness,
        lambda net: betweenness(net, distance="distance"),
        harmonic_closeness,
        lambda net: structural_holes(net, weight="strength"),
        lambda net: brokerage_roles(net, groups={node.id: node.category for node in net.nodes.values()}),
    ):
        before, after = measure(network), measure(other)
        for key, value in before.items():
            if isinstance(value, float | None):
                assert after[names[key]] == pytest.approx(value, abs=1e-6)
            else:
                assert astuple(after[names[key]]) == pytest.approx(astuple(value), abs=1e-6)  # type: ignore[arg-type]
    moved = {names[key] for key in CutPoints(network).articulation_points}
    assert moved == CutPoints(other).articulation_points


# Large networks: a sample instead of everybody.


def test_a_small_network_is_measured_from_everybody() -> None:
    network = a_network("abc", [a_tie("a", "b")])
    assert sampled_sources(network) == SampledSources(("a", "b", "c"), 1.0)
    assert sampled_sources(network).exact


def test_a_large_one_is_measured_from_a_repeatable_sample_within_the_budget() -> None:
    """By hand: 9 ties each way and 10 stakeholders cost 28 a source, so 100 pay for 3 sources."""
    keys = [f"s{n}" for n in range(10)]
    network = a_network(keys, [a_tie(*pair) for pair in pairwise(keys)])
    start = sampled_sources(network, work=100)
    assert start == sampled_sources(network, work=100)
    assert (len(start.ids), start.scale, start.exact) == (3, 10 / 3, False)
    assert len(sampled_sources(network, work=0).ids) == 1


@ANY_DISTANCE
def test_the_estimate_from_a_sample_is_right_on_average(distance: str | None) -> None:
    """Every sample of two of five, weighed alike, gives the exact betweenness: the estimate is unbiased."""
    network = a_network("abcde", [a_tie(one, other) for one, other in ("ab", "bc", "cd", "de", "ae", "bd")])
    samples = [SampledSources(pair, 5 / 2) for pair in combinations("abcde", 2)]
    exact = betweenness(network, distance=distance)
    for key in "abcde":
        mean = sum(betweenness(network, distance=distance, start=start)[key] for start in samples) / len(samples)
        assert mean == pytest.approx(exact[key])


def test_closeness_from_a_sample_is_the_mean_over_it() -> None:
    network = a_network("abc", [a_tie("a", "b"), a_tie("b", "c")])
    assert harmonic_closeness(network, start=SampledSources(("a",), 3.0)) == {"a": None, "b": 1.0, "c": 0.5}


# Ranks.


@given(st.dictionaries(st.text(), st.none() | st.integers(0, 5)), st.booleans())
def test_a_rank_is_one_more_than_the_number_of_those_better(values: dict[str, float | None], low_is_best: bool) -> None:
    for key, rank in competition_ranks(values, low_is_best=low_is_best).items():
        mine = values[key]
        if mine is None:
            assert rank is None
        else:
            known = [value for value in values.values() if value is not None]
            assert rank == 1 + sum(value < mine if low_is_best else value > mine for value in known)


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    """3,000 in a row: three times Python's recursion limit; each of the inner ones is a single channel."""
    keys = [f"s{n:04}" for n in range(3000)]
    network = a_network(keys, [a_tie(*pair) for pair in pairwise(keys)])
    found = CutPoints(network)
    assert len(found.articulation_points) == 2998
    assert len(found.cut_off("s0001")) == 1
    assert len(found.cut_off("s1500")) == 1499
