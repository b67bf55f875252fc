"""NetworkX's functions computed by our kernels: its arguments in, its dictionaries out.

Each keeps to what NetworkX 3.6 documents and does (which is not repeated here), so a length is compared without
tolerance. What a kernel would compute differently is refused with ``NotImplementedError``; then NetworkX's own code
runs. One exception: effective size with weights, where NetworkX's matrix form (``nodes=None``) divides by the wrong
rows, gets Burt's value, which NetworkX gives itself when asked for nodes.
"""

from collections.abc import Callable, Iterable, Iterator
from math import nan
from random import Random
from typing import Any

import networkx as nx
import numpy as np

from graph.kernels.adjacency import Floats
from graph.kernels.betweenness import betweenness
from graph.kernels.blocks import Blocks
from graph.kernels.closeness import reach
from graph.kernels.current_flow import LARGEST, current_flow_betweenness
from graph.kernels.dependencies import follow, reverse_edges
from graph.kernels.links import Scores, link_scores
from graph.kernels.structural_holes import structural_holes
from graph.networkx_backend.arguments import Node, adds_up, length_for, positions, sampled_positions, strength_for
from graph.networkx_backend.sparse_graph import Sparse

ByNode = dict[Node, float]
Pairs = Iterable[tuple[Node, Node]]


def betweenness_centrality(  # noqa: D103 - NetworkX documents its functions
    G: Sparse,  # noqa: N803 - its name there
    k: int | None = None,
    normalized: bool = True,  # noqa: FBT001, FBT002 - its signature
    weight: str | None = None,
    endpoints: bool = False,  # noqa: FBT001, FBT002 - its signature
    seed: Random | None = None,
) -> ByNode:
    n = len(G.names)
    length = length_for(G, weight)
    drawn = None if k is None or k == n else sampled_positions(G, k, seed)
    if drawn is None and not endpoints and not G.rows.directed and adds_up(G.rows, length):
        sums = 2 * betweenness(G.rows, length=length, tolerance=0.0)
    else:
        sums = follow(G.rows, length=length, sources=drawn, endpoint=float(endpoints), tolerance=0.0).nodes
    return _named(G, _scaled(sums, n, drawn, normalized=normalized, directed=G.rows.directed, endpoints=endpoints))


def edge_betweenness_centrality(  # noqa: D103
    G: Sparse,  # noqa: N803
    k: int | None = None,
    normalized: bool = True,  # noqa: FBT001, FBT002
    weight: str | None = None,
    seed: Random | None = None,
) -> dict[tuple[Node, Node], float]:
    rows = G.rows
    length = length_for(G, weight)
    drawn = None if k is None else sampled_positions(G, k, seed)
    plain = rows.unlooped
    found = follow(rows, length=length, sources=drawn, tolerance=0.0, ties=True).ties
    if not rows.directed:
        found = found + found[reverse_edges(plain)]
    values = np.zeros(rows.neighbours.size)
    values[rows.row != rows.neighbours] = found
    values = _scaled(values, len(G.names), drawn, normalized=normalized, directed=rows.directed, endpoints=True)
    return {
        (G.names[one], G.names[other]): value
        for one, other, value in zip(rows.row.tolist(), rows.neighbours.tolist(), values.tolist(), strict=True)
        if rows.directed or one <= other
    }


def betweenness_centrality_subset(  # noqa: D103
    G: Sparse,  # noqa: N803
    sources: Iterable[Node],
    targets: Iterable[Node],
    normalized: bool = False,  # noqa: FBT001, FBT002
    weight: str | None = None,
) -> ByNode:
    begin = positions(G, sources)
    end = [G.number[name] for name in set(targets) if name in G.number]
    sums = follow(G.rows, length=length_for(G, weight), sources=begin, targets=end, tolerance=0.0).nodes
    n, directed = len(G.names), G.rows.directed
    return _named(G, _scaled(sums, n, None, normalized=normalized, directed=directed, endpoints=False))


def closeness_centrality(  # noqa: D103
    G: Sparse,  # noqa: N803
    u: Node | None = None,
    distance: str | None = None,
    wf_improved: bool = True,  # noqa: FBT001, FBT002
) -> ByNode | float:
    n = len(G.names)
    length = length_for(G, distance)
    if u is None:
        sums = reach(G.rows, length=length)
        far, reached = sums.far, sums.reached
    else:
        sums = reach(G.rows.reversed, length=length, sources=positions(G, [u]))
        far, reached = sums.far.sum(keepdims=True), sums.reached.sum(keepdims=True)
    values = np.divide(reached, far, out=np.zeros(far.size), where=far > 0)
    if wf_improved and n > 1:
        values *= reached / (n - 1)
    return _named(G, values) if u is None else float(values[0])


def harmonic_centrality(  # noqa: D103
    G: Sparse,  # noqa: N803
    nbunch: Any = None,  # noqa: ANN401 - one node or several
    distance: str | None = None,
    sources: Any = None,  # noqa: ANN401
) -> ByNode:
    graph: Any = G
    begin = None if sources is None else positions(G, set(graph.nbunch_iter(sources)))
    names = G.names if nbunch is None else set(graph.nbunch_iter(nbunch))
    near = reach(G.rows, length=length_for(G, distance), sources=begin).near.tolist()
    return {name: near[G.number[name]] for name in names}


def constraint(G: Sparse, nodes: Iterable[Node] | None = None, weight: str | None = None) -> ByNode:  # noqa: D103, N803
    return _of_contacts(G, nodes, structural_holes(G.rows, weight=strength_for(G, weight)).constraint)


def effective_size(G: Sparse, nodes: Iterable[Node] | None = None, weight: str | None = None) -> ByNode:  # noqa: D103, N803
    return _of_contacts(G, nodes, structural_holes(G.rows, weight=strength_for(G, weight)).effective_size)


def current_flow_betweenness_centrality(  # noqa: D103
    G: Sparse,  # noqa: N803
    normalized: bool = True,  # noqa: FBT001, FBT002
    weight: str | None = None,
    dtype: type = float,
    solver: str = "full",
) -> ByNode:
    n = len(G.names)
    if not 3 <= n <= LARGEST or dtype is not float or solver not in {"full", "lu", "cg"}:
        raise NotImplementedError(f"current flow needs 3 to {LARGEST} nodes, double precision and a known solver")
    if Blocks.of(G.rows).component.min() < n:
        raise nx.NetworkXError("Graph not connected.")
    strength = strength_for(G, weight)
    raw = current_flow_betweenness(G.rows, strength=strength)
    return _named(G, raw * (2 / ((n - 1) * (n - 2)) if normalized else 1.0))


def articulation_points(G: Sparse) -> Iterator[Node]:  # noqa: D103, N803
    return (G.names[number] for number in np.flatnonzero(Blocks.of(G.rows).articulation))


def bridges(G: Sparse, root: Node | None = None) -> Iterator[tuple[Node, Node]]:  # noqa: D103, N803
    if root is not None:
        raise NotImplementedError("bridges of one component")
    return ((G.names[one], G.names[other]) for one, other in Blocks.of(G.rows).bridges.tolist())


def jaccard_coefficient(G: Sparse, ebunch: Pairs | None = None) -> Iterator[tuple[Node, Node, float]]:  # noqa: D103, N803
    return _predicted(G, ebunch, lambda scores: scores.jaccard)


def adamic_adar_index(G: Sparse, ebunch: Pairs | None = None) -> Iterator[tuple[Node, Node, float]]:  # noqa: D103, N803
    return _predicted(G, ebunch, lambda scores: scores.adamic_adar)


def resource_allocation_index(G: Sparse, ebunch: Pairs | None = None) -> Iterator[tuple[Node, Node, float]]:  # noqa: D103, N803
    return _predicted(G, ebunch, lambda scores: scores.resource_allocation)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        betweenness_centrality,
        edge_betweenness_centrality,
        betweenness_centrality_subset,
        closeness_centrality,
        harmonic_centrality,
        constraint,
        effective_size,
        current_flow_betweenness_centrality,
        articulation_points,
        bridges,
        jaccard_coefficient,
        adamic_adar_index,
        resource_allocation_index,
    )
}
"""The functions that have a kernel, by NetworkX's names."""


def _scaled(
    sums: Floats, n: int, drawn: list[int] | None, *, normalized: bool, directed: bool, endpoints: bool
) -> Floats:
    """Turn sums over ordered pairs from the sources drawn into NetworkX's values."""
    others = n if endpoints else n - 1
    if others < 2:
        return sums
    turns: float | Floats = float(others if drawn is None else len(drawn))
    if drawn is not None and not endpoints:
        # A source is in the middle of no pair in its own turn: it has one turn less, and none if it is the only source.
        turns = np.full(n, turns)
        turns[drawn] -= 1
        turns[turns == 0] = nan
    # In one product, as NetworkX forms it: its tests compare some results to the last bit.
    return sums * (1 / (turns * (others - 1)) if normalized else others / (turns * (1 if directed else 2)))


def _named(graph: Sparse, values: Floats) -> ByNode:
    return dict(zip(graph.names, values.tolist(), strict=True))


def _of_contacts(graph: Sparse, nodes: Iterable[Node] | None, values: Floats) -> ByNode:
    """Name the values; for nodes given by name NetworkX calls those undefined that no tie starts *from*."""
    if nodes is None:
        return _named(graph, values)
    names = list(nodes)
    numbers = positions(graph, names)
    tied = np.diff(graph.rows.offsets)[numbers] > 0
    return dict(zip(names, np.where(tied, values[numbers], nan).tolist(), strict=True))


def _predicted(
    graph: Sparse, pairs: Pairs | None, choose: Callable[[Scores], Floats]
) -> Iterator[tuple[Node, Node, float]]:
    if graph.rows.loops:
        raise NotImplementedError("ties to oneself")
    chosen = list(nx.non_edges(graph.plain) if pairs is None else pairs)
    if any(one == other for one, other in chosen):
        raise NotImplementedError("a pair of one")
    ones = positions(graph, (one for one, _ in chosen))
    others = positions(graph, (other for _, other in chosen))
    scores = choose(link_scores(graph.rows, ones=ones, others=others)).tolist()
    return ((one, other, score) for (one, other), score in zip(chosen, scores, strict=True))
