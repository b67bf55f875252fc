from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kernels.adjacency import Adjacency
from graph.kernels.betweenness import betweenness, sampled_betweenness, tie_betweenness
from graph.kernels.dependencies import follow
from tests.graph.kernels.networks import close, listed, networks, rows_of
from tests.graph.networkx_views import undirected
from tests.graph.ten_actors import ACTORS, ten_actors

LENGTH = st.sampled_from([None, "length"])


@given(network=networks(directed=None), length=LENGTH)
def test_betweenness_is_what_networkx_says(network: tuple["nx.Graph[int]", Adjacency], length: str | None) -> None:
    graph, rows = network
    theirs = nx.betweenness_centrality(graph, weight=length, normalized=False)
    assert close(betweenness(rows, length=length), listed(theirs))


@given(network=networks(directed=None), length=LENGTH)
def test_the_betweenness_of_ties_is_what_networkx_says(
    network: tuple["nx.Graph[int]", Adjacency], length: str | None
) -> None:
    graph, rows = network
    theirs = nx.edge_betweenness_centrality(graph, weight=length, normalized=False)
    both = theirs if graph.is_directed() else {**theirs, **{(b, a): value for (a, b), value in theirs.items()}}
    ties = zip(rows.row.tolist(), rows.neighbours.tolist(), strict=True)
    assert close(tie_betweenness(rows, length=length), [both[tie] for tie in ties])


@given(network=networks(directed=None), length=LENGTH, data=st.data())
def test_subset_betweenness_counts_routes_from_sources_to_targets_alone(
    network: tuple["nx.Graph[int]", Adjacency], length: str | None, data: st.DataObject
) -> None:
    graph, rows = network
    some = st.lists(st.sampled_from(sorted(graph)), unique=True)
    sources, targets = data.draw(some), data.draw(some)
    theirs = nx.betweenness_centrality_subset(graph, sources, targets, weight=length)
    assert close(betweenness(rows, length=length, sources=sources, targets=targets), listed(theirs))


@given(network=networks(directed=None, most=8), length=LENGTH, data=st.data())
def test_the_subset_betweenness_of_ties_is_the_share_of_shortest_routes_that_use_each(
    network: tuple["nx.Graph[int]", Adjacency], length: str | None, data: st.DataObject
) -> None:
    """Brute force over all shortest routes is the judge; NetworkX 3.6.1 shares them out by predecessors, not routes."""
    graph, rows = network
    some = st.lists(st.sampled_from(sorted(graph)), unique=True)
    sources, targets = data.draw(some), data.draw(some)
    expected = dict.fromkeys(zip(rows.row.tolist(), rows.neighbours.tolist(), strict=True), 0.0)
    for source in sources:
        for target in targets:
            if source != target and nx.has_path(graph, source, target):
                routes = list(nx.all_shortest_paths(graph, source, target, weight=length))
                for route in routes:
                    for tie in nx.utils.pairwise(route):
                        for way in {tie} if graph.is_directed() else {tie, tie[::-1]}:
                            expected[way] += 1 / len(routes) / (1 if graph.is_directed() else 2)
    assert close(tie_betweenness(rows, length=length, sources=sources, targets=targets), list(expected.values()))


@given(network=networks(loops=False))
def test_all_betweenness_together_is_the_hops_between_all_pairs_less_one_each(
    network: tuple["nx.Graph[int]", Adjacency],
) -> None:
    """Identity 1 of the design, within components."""
    graph, rows = network
    hops = dict(nx.all_pairs_shortest_path_length(graph))
    expected = sum(hops[a][b] - 1 for a in graph for b in hops[a] if a < b)
    assert close(betweenness(rows).sum(), expected)


def test_the_ten_actors_have_their_golden_betweenness() -> None:
    network = undirected(ten_actors())
    rows = rows_of(nx.convert_node_labels_to_integers(_bare(network, "distance")))
    hops = {"A1": 12, "A2": 19, "L1": 15, "L3": 7}
    distance = {"M1": 7, "A1": 12, "A2": 19, "L1": 17, "L3": 7}
    assert betweenness(rows).tolist() == [hops.get(actor, 0) for actor in ACTORS]
    assert betweenness(rows, length="distance").tolist() == [distance.get(actor, 0) for actor in ACTORS]


def _bare(graph: "nx.Graph[str]", field: str) -> "nx.Graph[Any]":
    bare: nx.Graph[Any] = nx.Graph()
    bare.add_nodes_from(sorted(graph))
    bare.add_edges_from((one, other, {field: data[field]}) for one, other, data in graph.edges(data=True))
    return bare


@pytest.mark.parametrize("length", [None, "length"])
@pytest.mark.parametrize("shape", ["chain", "ring", "hub"])
def test_long_chains_rings_and_hubs_are_exact(shape: str, length: str | None) -> None:
    """Shapes that fill no bucket, many, or one: 60 nodes, lengths 0.5 to 2."""
    graph = {"chain": nx.path_graph, "ring": nx.cycle_graph, "hub": nx.wheel_graph}[shape](60)
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["length"] = (0.5, 2.0, 1.0, 1.5, 0.0625)[number % 5]
    theirs = nx.betweenness_centrality(graph, weight=length, normalized=False)
    assert close(betweenness(rows_of(graph), length=length), listed(theirs))


def test_routes_equal_but_for_rounding_count_as_equal() -> None:
    """0.1 + 0.2 and 0.3 are the same length here, as in graph.analysis; without tolerance they are not."""
    rows = Adjacency.of(4, [0, 1, 0, 2], [1, 3, 2, 3], {"length": [0.1, 0.2, 0.15, 0.15]})
    assert follow(rows, length="length", sources=[0]).nodes.tolist() == [0.0, 0.5, 0.5, 0.0]
    assert follow(rows, length="length", sources=[0], tolerance=0.0).nodes.tolist() == [0.0, 0.0, 1.0, 0.0]


def test_the_result_is_the_same_to_the_last_bit_with_any_number_of_threads() -> None:
    """1,500 sources × 9,000 slots make several batches."""
    graph = nx.barabasi_albert_graph(1500, 3, seed=1)
    rows = rows_of(graph)
    assert rows.neighbours.size * len(rows) > 2 * 2_000_000
    one, four = (betweenness(rows, threads=threads) for threads in (1, 4))
    assert one.tobytes() == four.tobytes()


@pytest.mark.parametrize("length", [0.0, -1.0, 1e-10, float("inf"), float("nan")])
def test_a_length_that_makes_routes_ambiguous_is_refused(length: float) -> None:
    rows = Adjacency.of(3, [0, 1], [1, 2], {"length": [1.0, length]})
    with pytest.raises(ValueError, match="finite length"):
        betweenness(rows, length="length", sources=[0])


@pytest.mark.parametrize("length", [None, "length"])
def test_every_sampled_value_is_within_the_bound_it_states(length: str | None) -> None:
    """A seeded draw, so this holds always or never; the bound is for all nodes at once."""
    graph = nx.barabasi_albert_graph(200, 2, seed=3)
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["length"] = 0.5 + number % 7
    rows = rows_of(graph)
    exact = betweenness(rows, length=length) / (199 * 198 / 2)
    found = sampled_betweenness(rows, count=400, length=length)
    assert (np.abs(found.values - exact) <= found.errors).all()
    assert (found.errors <= found.error).all()
    assert 0 < found.error < 0.12  # √(ln(4 · 200 / 0.1) / 800) · 200/199 = 0.107
    assert close(sampled_betweenness(rows, count=400, length=length).values, found.values)


@pytest.mark.parametrize(("nodes", "count", "doubt"), [(2, 5, 0.1), (5, 1, 0.1), (5, 5, 0.0), (5, 5, 1.0)])
def test_a_sample_that_bounds_nothing_is_refused(nodes: int, count: int, doubt: float) -> None:
    with pytest.raises(ValueError, match="at least 3 nodes"):
        sampled_betweenness(Adjacency.of(nodes, [0], [1]), count=count, doubt=doubt)


@settings(max_examples=20)
@given(network=networks(), data=st.data())
def test_other_numbers_for_the_nodes_change_nothing(
    network: tuple["nx.Graph[int]", Adjacency], data: st.DataObject
) -> None:
    """Identity 10 of the design."""
    graph, rows = network
    dealt = data.draw(st.permutations(sorted(graph)))
    again = rows_of(nx.relabel_nodes(graph, dict(enumerate(dealt))))
    assert close(betweenness(again, length="length")[dealt], betweenness(rows, length="length"))
