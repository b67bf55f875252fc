from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.kernels.adjacency import Adjacency
from graph.kernels.blocks import Blocks, fragmentation
from graph.kernels.closeness import reach
from graph.kernels.current_flow import current_flow_betweenness
from graph.kernels.links import link_scores
from graph.kernels.structural_holes import structural_holes
from tests.graph.kernels.networks import close, listed, networks, rows_of
from tests.graph.ten_actors import ACTORS, RELIABILITY

Network = tuple["nx.Graph[int]", Adjacency]


def _ten() -> Adjacency:
    ends = np.array([[ACTORS.index(actor) for actor in pair] for pair in RELIABILITY])
    return Adjacency.of(len(ACTORS), ends[:, 0], ends[:, 1], {"r": list(RELIABILITY.values())})


@given(network=networks(directed=None, loops=False), weight=st.sampled_from([None, "strength"]))
def test_structural_holes_are_burts_by_the_letter(network: Network, weight: str | None) -> None:
    """The formulas written out over dense matrices are the judge: NetworkX's own matrix form is wrong with weights."""
    graph, rows = network
    a = nx.to_numpy_array(graph, weight=weight)  # type: ignore[arg-type]  # None counts every tie as 1
    a = a + a.T
    n = len(a)
    found = structural_holes(rows, weight=weight)
    for i in range(n):
        contacts = [j for j in range(n) if a[i, j] > 0]
        if not contacts:
            assert np.isnan([found.constraint[i], found.effective_size[i], found.hierarchy[i]]).all()
            continue
        p = {(x, y): a[x, y] / a[x].sum() for x in range(n) for y in range(n) if a[x].sum()}
        c = [(p[i, j] + sum(p[i, q] * p[q, j] for q in contacts if q != j)) ** 2 for j in contacts]
        size = sum(1 - sum(p[i, q] * a[j, q] / a[j].max() for q in contacts if q != j) for j in contacts)
        shares = np.array(c) / np.mean(c)
        hierarchy = 1.0 if len(c) == 1 else (shares * np.log(shares)).sum() / (len(c) * np.log(len(c)))
        assert close([found.constraint[i], found.effective_size[i], found.hierarchy[i]], [sum(c), size, hierarchy])


@given(network=networks(), factor=st.floats(0.01, 100))
def test_structural_holes_ignore_scale_and_ties_to_oneself(network: Network, factor: float) -> None:
    """Identity 13 of the design."""
    graph, rows = network
    bare = graph.copy()
    bare.remove_edges_from(list(nx.selfloop_edges(graph)))
    for _, _, data in bare.edges(data=True):
        data["strength"] *= factor
    ours, theirs = structural_holes(rows, weight="strength"), structural_holes(rows_of(bare), weight="strength")
    assert close(ours.constraint, theirs.constraint)
    assert close(ours.effective_size, theirs.effective_size)


def test_a_tie_of_no_strength_is_none_and_a_negative_one_is_refused() -> None:
    rows = Adjacency.of(4, [0, 1, 0, 2], [1, 2, 2, 3], {"a": [1.0, 1.0, 0.0, 0.0]})
    found = structural_holes(rows, weight="a")
    assert found.effective_size.tolist()[:3] == [1.0, 2.0, 1.0]
    assert np.isnan(found.effective_size[3])
    with pytest.raises(ValueError, match="from 0 up"):
        structural_holes(Adjacency.of(2, [0], [1], {"a": [-1.0]}), weight="a")


def test_the_ten_actors_have_their_golden_structural_holes() -> None:
    """Design 4.9."""
    binary = [0.611111, 0.333333, 0.558642, 0.888889, 0.558642, 1.006944, 1, 1.006944, 1, np.nan]
    sizes = [2.333333, 3, 2.333333, 1, 2.333333, 1, 1, 1, 1, np.nan]
    weighted = [0.635244, 0.349481, 0.600650, 0.944788, 0.675324, 0.860656, 1, 1.113421, 1, np.nan]
    assert np.allclose(structural_holes(_ten()).constraint, binary, atol=1e-6, equal_nan=True)
    assert np.allclose(structural_holes(_ten()).effective_size, sizes, atol=1e-6, equal_nan=True)
    assert np.allclose(structural_holes(_ten(), weight="r").constraint, weighted, atol=1e-6, equal_nan=True)


@given(network=networks())
def test_cut_points_bridges_and_what_they_cut_off_are_right(network: Network) -> None:
    """Identity 8 of the design: an articulation point is who leaves more components behind."""
    graph, rows = network
    blocks = Blocks.of(rows)
    assert set(np.flatnonzero(blocks.articulation).tolist()) == set(nx.articulation_points(graph))
    bridges: list[Any] = list(nx.bridges(graph))  # pairs, where the stubs say nodes
    assert [tuple(pair) for pair in blocks.bridges.tolist()] == sorted(tuple(sorted(tie)) for tie in bridges)
    for node in graph:
        mine = nx.node_connected_component(graph, node) - {node}
        parts = sorted(sorted(part) for part in nx.connected_components(graph.subgraph(mine)))
        assert sorted(part.tolist() for part in blocks.parts(node)) == parts
        apart = len(mine) ** 2 - sum(len(part) ** 2 for part in parts)
        assert blocks.separated[node] == apart / 2


@given(network=networks(), picks=st.integers(0, 5))
def test_each_pick_fragments_as_much_as_any_single_loss_could(network: Network, picks: int) -> None:
    graph, rows = network
    chosen, values = fragmentation(rows, picks)
    left = graph.copy()
    assert len(chosen) == min(picks, len(graph))
    for pick, value in zip(chosen.tolist(), values.tolist(), strict=True):
        tried = {node: _fragmented(left, node) for node in left}
        assert close(value, max(tried.values()))
        assert close(tried[pick], value)
        left.remove_node(pick)


def _fragmented(graph: "nx.Graph[int]", node: int) -> float:
    rest = graph.subgraph(set(graph) - {node})
    n = len(rest)
    return 1 - sum(len(part) * (len(part) - 1) for part in nx.connected_components(rest)) / max(1, n * (n - 1))


def test_the_ten_actors_break_at_a2_first() -> None:
    """Design 4.9: F .75 without A2, .857143 without A2 and L3."""
    chosen, values = fragmentation(_ten(), 2)
    assert [ACTORS[number] for number in chosen] == ["A2", "L1"] or ACTORS[chosen[1]] == "L3"
    assert np.allclose(values, [0.75, 0.857143], atol=1e-6)


@given(network=networks(directed=None), length=st.sampled_from([None, "length"]), data=st.data())
def test_reach_sums_distances_from_the_sources(network: Network, length: str | None, data: st.DataObject) -> None:
    graph, rows = network
    sources = data.draw(st.lists(st.sampled_from(sorted(graph)), unique=True))
    found = reach(rows, length=length, sources=sources)
    for node in graph:
        away = [
            nx.shortest_path_length(graph, source, node, weight=length)
            for source in sources
            if source != node and nx.has_path(graph, source, node)
        ]
        assert close([found.near[node], found.far[node]], [sum(1 / d for d in away), sum(away)])
        assert found.reached[node] == len(away)


def test_more_than_sixty_four_sources_are_all_counted() -> None:
    graph = nx.barabasi_albert_graph(150, 2, seed=1)
    assert close(reach(rows_of(graph)).near, listed(nx.harmonic_centrality(graph)))


@given(network=networks(loops=False, most=9))
def test_current_flow_is_the_mean_of_what_passes_by_the_laws_of_circuits(network: Network) -> None:
    """Brute force is the judge: the potentials of each pair solved for on their own, component by component."""
    graph, rows = network
    expected = np.zeros(len(graph))
    for component in nx.connected_components(graph):
        members = sorted(component)
        conducts = nx.to_numpy_array(graph, nodelist=members, weight="strength")
        inverse = np.linalg.pinv(np.diag(conducts.sum(axis=1)) - conducts, hermitian=True)
        for s in range(len(members)):
            for t in range(s):
                potential = inverse[s] - inverse[t]
                current = conducts * np.abs(potential[:, None] - potential)
                through = current.sum(axis=1) / 2
                through[[s, t]] = 0
                expected[members] += through
    assert np.allclose(current_flow_betweenness(rows, strength="strength"), expected, atol=1e-6)


def test_current_flow_refuses_what_it_cannot_compute() -> None:
    with pytest.raises(ValueError, match="undirected"):
        current_flow_betweenness(Adjacency.of(2, [0], [1], directed=True))
    with pytest.raises(ValueError, match="must conduct"):
        current_flow_betweenness(Adjacency.of(2, [0], [1], {"a": [0.0]}), strength="a")
    with pytest.raises(ValueError, match="up to 2"):
        current_flow_betweenness(Adjacency.of(3, [0, 1], [1, 2]), largest=2)


@given(network=networks(loops=False))
def test_pairs_two_ties_apart_are_scored_as_networkx_scores_them(network: Network) -> None:
    graph, rows = network
    found = link_scores(rows)
    pairs = list(zip(found.ones.tolist(), found.others.tolist(), strict=True))
    apart = dict(nx.all_pairs_shortest_path_length(graph, cutoff=2))
    assert pairs == [(a, b) for a in graph for b in graph if a < b and apart[a].get(b) == 2]
    assert close(found.common, [len(set(nx.common_neighbors(graph, *pair))) for pair in pairs])
    for ours, theirs in (
        (found.jaccard, nx.jaccard_coefficient),
        (found.adamic_adar, nx.adamic_adar_index),
        (found.resource_allocation, nx.resource_allocation_index),
    ):
        assert close(ours, [score for _, _, score in theirs(graph, pairs)])


def test_kernels_refuse_directed_rows_and_invalid_numbers() -> None:
    directed = Adjacency.of(2, [0], [1], {"a": [0.0]}, directed=True)
    with pytest.raises(ValueError, match="undirected"):
        Blocks.of(directed)
    with pytest.raises(ValueError, match="undirected"):
        fragmentation(directed, 1)
    with pytest.raises(ValueError, match="undirected"):
        link_scores(directed)
    with pytest.raises(ValueError, match="longer than 0"):
        reach(directed, length="a")
