import networkx as nx
import pytest
from hypothesis import given

from graph.kernels.adjacency import Adjacency
from graph.networkx_backend.sparse_graph import SparseDiGraph, SparseGraph, from_networkx, sparse_graph
from tests.graph.kernels.networks import close, networks

FIELDS = {"length": 1, "strength": 1}


@given(network=networks(directed=None))
def test_a_graph_is_the_same_graph_in_our_form(network: tuple["nx.Graph[int]", Adjacency]) -> None:
    graph, _ = network
    ours = from_networkx(graph, FIELDS)
    assert nx.utils.graphs_equal(ours.plain, graph)
    assert nx.utils.graphs_equal(ours.copy(), graph)
    assert dict(ours.adj) == dict(graph.adj)
    assert ours.number_of_edges() == graph.number_of_edges()
    assert sorted(ours.edges) == sorted(
        (a, b) if graph.is_directed() else (min(a, b), max(a, b)) for a, b in graph.edges
    )
    assert dict(ours.degree) == dict(graph.degree)
    assert nx.utils.graphs_equal(ours.subgraph([0, 1]), graph.subgraph([0, 1]))
    assert nx.utils.graphs_equal(ours.to_undirected(), graph.to_undirected())
    assert nx.utils.graphs_equal(ours.to_directed(), graph.to_directed())


def test_functions_without_a_kernel_fall_back_with_nothing_configured() -> None:
    graph = nx.karate_club_graph()
    ours = from_networkx(graph, {"weight": 1})
    assert nx.config.fallback_to_nx is False
    assert close(list(nx.pagerank(ours).values()), list(nx.pagerank(graph).values()))
    assert nx.is_connected(ours)
    assert nx.density(ours) == nx.density(graph)
    assert nx.utils.graphs_equal(nx.compose_all([ours, ours]), graph_of(graph))
    assert sorted(nx.bridges(ours, root=0)) == sorted(nx.bridges(graph, root=0))  # refused by a kernel that we have


def graph_of(graph: "nx.Graph[int]") -> "nx.Graph[int]":
    """The graph with the weights alone."""
    plain: nx.Graph[int] = from_networkx(graph, {"weight": 1}).plain
    return plain


def test_a_plain_graph_can_ask_for_our_backend_and_weights_it_lacks_count_as_one() -> None:
    graph = nx.karate_club_graph()
    del graph.edges[0, 1]["weight"]
    theirs = nx.betweenness_centrality(graph, weight="weight")
    ours = nx.betweenness_centrality(graph, weight="weight", backend="stakeholder_graph")
    assert close(list(ours.values()), list(theirs.values()))


@pytest.mark.parametrize("weight", [0, -1, float("inf"), 1e-300])
def test_lengths_that_the_kernels_would_compute_differently_are_left_to_networkx(weight: float) -> None:
    graph = nx.path_graph(4)
    nx.set_edge_attributes(graph, dict.fromkeys(graph.edges, 1), "weight")
    graph.edges[1, 2]["weight"] = weight
    graph.add_edge(0, 3, weight=5)
    if weight >= 0:
        theirs = nx.betweenness_centrality(graph, weight="weight")
        assert nx.betweenness_centrality(from_networkx(graph, {"weight": 1}), weight="weight") == theirs


def test_a_call_that_cannot_run_gives_the_reason() -> None:
    multigraph: nx.MultiGraph[int] = nx.MultiGraph([(0, 1), (0, 1)])
    with pytest.raises(NotImplementedError, match="parallel ties"):
        from_networkx(multigraph)
    with pytest.raises(NotImplementedError, match="given arguments"):
        nx.betweenness_centrality(multigraph, backend="stakeholder_graph")
    with pytest.raises(NotImplementedError, match="given arguments"):
        nx.betweenness_centrality(nx.path_graph(3), weight=lambda *_: 1, backend="stakeholder_graph")
    with pytest.raises(NotImplementedError, match="given arguments"):
        nx.pagerank(nx.path_graph(3), backend="stakeholder_graph")
    odd: nx.Graph[int] = nx.Graph()
    odd.add_edge(0, 1, weight="far")
    with pytest.raises(NotImplementedError, match="not a plain number"):
        from_networkx(odd, {"weight": 1})


def test_our_graphs_cannot_be_changed() -> None:
    ours = from_networkx(nx.path_graph(3))
    with pytest.raises(nx.NetworkXError, match="cannot be changed"):
        ours.add_edge(0, 2)
    with pytest.raises(NotImplementedError):
        nx.set_edge_attributes(ours, {(0, 1): 1}, "weight")
    changed = ours.copy()
    changed.add_edge(0, 2)
    assert (ours.number_of_edges(), changed.number_of_edges()) == (2, 3)


def test_names_and_rows_must_fit() -> None:
    rows = Adjacency.of(2, [0], [1])
    assert isinstance(sparse_graph(rows, "ab"), SparseGraph)
    assert isinstance(sparse_graph(Adjacency.of(2, [0], [1], directed=True), "ab"), SparseDiGraph)
    for names in ("abc", "aa"):
        with pytest.raises(ValueError, match="different names"):
            sparse_graph(rows, names)
    with pytest.raises(ValueError, match="SparseDiGraph"):
        SparseDiGraph(rows, "ab")


def test_edges_of_a_node_and_between_two_are_counted() -> None:
    ours = from_networkx(nx.path_graph(3))
    assert (ours.number_of_edges(0, 1), ours.number_of_edges(0, 2)) == (1, 0)
    assert nx.utils.graphs_equal(ours.edge_subgraph([(0, 1)]), nx.path_graph(2))
    turned = from_networkx(nx.DiGraph([(0, 1)])).reverse()
    assert list(turned.edges) == [(1, 0)]
    assert list(from_networkx(nx.DiGraph([(0, 1)])).predecessors(1)) == [0]
