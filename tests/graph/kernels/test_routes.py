"""Routes, core numbers and introductions by the kernels, against NetworkX and a listing of all there is."""

from itertools import islice, pairwise

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kernels.adjacency import Adjacency
from graph.kernels.compiled.cores import core_numbers
from graph.kernels.introductions import IntroductionSearch, Side
from graph.kernels.routes import Lengths, best_routes, lengths_from

NODES = 8
PAIRS = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] != pair[1]),
    max_size=24,
)


def tied(pairs: list[tuple[int, int]], *, directed: bool) -> list[tuple[int, int]]:
    return sorted({pair if directed else (min(pair), max(pair)) for pair in pairs})


def rows_of(
    ties: list[tuple[int, int]], weights: dict[str, list[float]] | None = None, *, directed: bool = False
) -> Adjacency:
    one, other = np.array(ties, np.int64).reshape(-1, 2).T
    return Adjacency.of(NODES, one, other, weights, directed=directed)


@given(PAIRS, st.booleans(), st.data())
@settings(max_examples=150)
def test_the_best_routes_are_those_of_networkx_in_its_order(
    pairs: list[tuple[int, int]], directed: bool, data: st.DataObject
) -> None:
    """Few lengths, so that many routes are equal; one number stands for both lengths there."""
    ties = tied(pairs, directed=directed)
    firsts, seconds = (np.array([data.draw(st.integers(1, 3)) for _ in ties], np.int64) for _ in range(2))
    avoid = np.array([node in data.draw(st.sets(st.integers(2, NODES - 1), max_size=2)) for node in range(NODES)])
    numbered = rows_of(ties, {"tie": list(map(float, range(len(ties))))}, directed=directed)
    which = numbered.weights["tie"].astype(np.int64)
    graph: nx.Graph[int] = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(node for node in range(NODES) if not avoid[node])
    lengths = {tie: int(one) * 1000 + int(two) for tie, one, two in zip(ties, firsts, seconds, strict=True)}
    graph.add_edges_from((*tie, {"length": length}) for tie, length in lengths.items() if not avoid[list(tie)].any())
    rows = Lengths.of(numbered, firsts[which], seconds[which])
    ours = list(islice(best_routes(rows, 0, 1, avoid=avoid), 12))
    try:
        theirs = [tuple(route) for route in islice(nx.shortest_simple_paths(graph, 0, 1, weight="length"), 12)]
    except nx.NetworkXNoPath:
        theirs = []
    assert ours == theirs
    for route in ours:
        assert np.dot(rows.along(route), (1000, 1)) == sum(graph.edges[step]["length"] for step in pairwise(route))
    far = lengths_from(numbered, firsts[which] * 1000 + seconds[which], 0, avoid=avoid)
    reached = nx.single_source_dijkstra_path_length(graph, 0, weight="length")
    assert {node: length for node, length in enumerate(far.tolist()) if length >= 0} == reached


@given(PAIRS)
def test_core_numbers_are_those_of_networkx(pairs: list[tuple[int, int]]) -> None:
    graph: nx.Graph[int] = nx.Graph(tied(pairs, directed=False))
    graph.add_nodes_from(range(NODES))
    rows = rows_of(tied(pairs, directed=False))
    assert dict(enumerate(core_numbers(rows.offsets, rows.neighbours).tolist())) == nx.core_number(graph)


SIDES = st.sets(st.integers(0, NODES - 1), max_size=NODES)


@given(PAIRS, PAIRS, SIDES, SIDES, SIDES, st.data())
@settings(max_examples=200)
def test_the_best_pairs_of_two_sides_are_the_best_of_all_pairs(
    pairs: list[tuple[int, int]],
    in_tension: list[tuple[int, int]],
    first: set[int],
    second: set[int],
    introduces: set[int],
    data: st.DataObject,
) -> None:
    ties = tied(pairs, directed=False)
    reliability = {tie: data.draw(st.sampled_from([0.25, 0.5, 0.75])) for tie in ties}
    rows = rows_of(ties, {"reliability": list(reliability.values())})
    tension = rows_of(tied(in_tension, directed=False))
    looks = IntroductionSearch(rows, tension, np.array([node in introduces for node in range(NODES)]))
    sides = [Side.of(np.array(sorted(side), np.int32), rows) for side in (first, second)]
    for most in (1, 3, 100):
        assert looks.best(*sides, most=most) == by_hand(ties, reliability, in_tension, first, second, introduces)[:most]


def by_hand(
    ties: list[tuple[int, int]],
    reliability: dict[tuple[int, int], float],
    in_tension: list[tuple[int, int]],
    first: set[int],
    second: set[int],
    introduces: set[int],
) -> list[tuple[tuple[int, ...], float]]:
    """Every pair once, tied or with its best introducer, in the order that is promised."""
    sure = {frozenset(tie): value for tie, value in reliability.items()}
    against = {frozenset(pair) for pair in in_tension}
    known: dict[frozenset[int], tuple[bool, float, tuple[int, ...]]] = {}
    for one in sorted(first):
        for other in sorted(second - {one}):
            both = frozenset((one, other))
            if both in against:
                continue
            if both in sure:
                known[both] = (False, -sure[both], (one, other))
                continue
            ways = [
                (-sure[frozenset((one, between))] * sure[frozenset((between, other))], between)
                for between in sorted(introduces)
                if {frozenset((one, between)), frozenset((between, other))} <= sure.keys() - against
            ]
            if ways:
                value, between = min(ways)
                known[both] = (True, value, (one, other, between))
    return [(pair, -value) for _, value, pair in sorted(known.values())]
