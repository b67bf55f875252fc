"""Random networks as NetworkX graphs and as rows: parts, pendants, chains, blocks and ties to oneself included."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from graph.kernels.adjacency import Adjacency

LENGTHS = (0.5, 1.0, 1.5, 2.0)
"""Sums of these are exact, so equally short routes are equal in every implementation."""


@st.composite
def networks(
    draw: st.DrawFn, *, directed: bool | None = False, loops: bool = True, most: int = 12
) -> "tuple[nx.Graph[int], Adjacency]":
    """A network of up to ``most`` nodes with ``length`` (some routes are equal) and ``strength`` (any number > 0)."""
    nodes = draw(st.integers(1, most))
    way = draw(st.booleans()) if directed is None else directed
    graph: nx.Graph[int] = nx.DiGraph() if way else nx.Graph()
    graph.add_nodes_from(range(nodes))
    ends = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))
    for one, other in draw(st.lists(ends, max_size=2 * nodes)):
        if loops or one != other:
            length, strength = draw(st.sampled_from(LENGTHS)), draw(st.floats(0.01, 1.0))
            graph.add_edge(one, other, length=length, strength=strength)
    return graph, rows_of(graph)


def rows_of(graph: "nx.Graph[int]") -> Adjacency:
    """The rows of a graph whose nodes are 0 … n − 1."""
    ties = list(graph.edges(data=True))
    fields = sorted({field for *_, data in ties for field in data})
    return Adjacency.of(
        len(graph),
        [one for one, _, _ in ties],
        [other for _, other, _ in ties],
        {field: [data[field] for *_, data in ties] for field in fields} if ties else {"length": [], "strength": []},
        directed=graph.is_directed(),
    )


def listed(values: Mapping[int, float]) -> list[float]:
    """Values by node in the order of the nodes."""
    return [values[node] for node in sorted(values)]


def close(ours: object, theirs: object) -> bool:
    """Equal but for rounding; nan equals nan."""
    return bool(np.allclose(ours, theirs, rtol=1e-9, atol=1e-9, equal_nan=True))  # type: ignore[arg-type]
