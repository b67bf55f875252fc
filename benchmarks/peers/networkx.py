"""NetworkX (BSD-3-Clause), in Python, and what has its names: parts of a measure where the whole would take minutes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.peers import CUTS, DISTANCE, HARMONIC, HOLES, HOPS, Floats, Measured, Numbers, Pairs, best

ALL_ROUTES = 1_000
"""Nodes up to which NetworkX follows all routes: some 5 s for 1,000 nodes, and more than an hour for 10,000."""

ALL_HOLES = 300
"""Nodes up to which structural holes are those of everybody: 4 s, and five times that for 1,000."""

SOURCES, MEMBERS = 20, 100
"""How many sources, or members, a part has: a source takes about what another does, a member is more uneven."""

Work = Mapping[str, Callable[[], Floats]]


@dataclass(frozen=True)
class NamedLikeNetworkX:
    """A library with NetworkX's names. Above ``all_routes`` nodes it follows routes from a sample of sources."""

    name: str
    library: Any
    all_routes: float

    def run(self, pairs: Pairs, measures: Sequence[str]) -> Iterator[Measured]:
        """Count those of the measures that it has."""
        graph = graph_of(self.library, pairs)
        chance = np.random.default_rng(1)
        parts: dict[str, Numbers] = {}
        if pairs.nodes > ALL_HOLES:
            parts[HOLES] = chance.choice(pairs.nodes, MEMBERS, replace=False).astype(np.int32)
        if pairs.nodes > self.all_routes:
            parts |= dict.fromkeys(
                (HOPS, DISTANCE, HARMONIC), chance.choice(pairs.nodes, SOURCES, replace=False).astype(np.int32)
            )
        for measure, work in by_name(self.library, graph).items():
            if measure in measures and measure in parts:
                part = parts[measure]
                found = best(_partial(self.library, graph, part.tolist())[measure])
                yield Measured(measure, *found.times(pairs.nodes / part.size), part)
            elif measure in measures:
                yield Measured(measure, *best(work))


def by_name(library: Any, graph: Any, **options: str) -> Work:  # noqa: ANN401 - a module, and its own graph
    """Return the work by measure for a library that has the functions of NetworkX."""
    nodes = len(graph)

    def cuts() -> Floats:
        found = np.zeros(nodes)
        found[list(library.articulation_points(graph, **options))] = 1
        return found

    return {
        HOPS: lambda: _by_node(library.betweenness_centrality(graph, normalized=False, **options)),
        DISTANCE: lambda: _by_node(
            library.betweenness_centrality(graph, normalized=False, weight="distance", **options)
        ),
        HARMONIC: lambda: _by_node(library.harmonic_centrality(graph, **options)) / (nodes - 1),
        HOLES: lambda: _holes(library, graph, list(graph)),
        CUTS: cuts,
    }


def _partial(library: Any, graph: Any, part: list[int]) -> Work:  # noqa: ANN401 - the same
    everybody = list(graph)

    def betweenness(weight: str | None) -> Floats:
        return _by_node(library.betweenness_centrality_subset(graph, part, everybody, weight=weight))

    return {
        HOPS: lambda: betweenness(None),
        DISTANCE: lambda: betweenness("distance"),
        HARMONIC: lambda: _by_node(library.harmonic_centrality(graph, sources=part)) / (len(everybody) - 1),
        HOLES: lambda: _holes(library, graph, part),
    }


def graph_of(library: Any, pairs: Pairs) -> Any:  # noqa: ANN401 - the same
    """Return the pairs as a graph of a library that has NetworkX's names."""
    graph = library.Graph()
    graph.add_nodes_from(range(pairs.nodes))
    columns = (pairs.one, pairs.other, pairs.distance, pairs.strength)
    for one, other, distance, strength in zip(*(column.tolist() for column in columns), strict=True):
        graph.add_edge(one, other, distance=distance, strength=strength)
    return graph


def _holes(library: Any, graph: Any, members: list[int]) -> Floats:  # noqa: ANN401 - the same
    # By member: asked for all at once, NetworkX 3.6.1 fills dense matrices and gets weighted effective sizes wrong.
    constraint = library.constraint(graph, nodes=members, weight="strength")
    size = library.effective_size(graph, nodes=members, weight="strength")
    return np.array([found[node] for found in (constraint, size) for node in members])


def _by_node(found: Mapping[int, float]) -> Floats:
    return np.array([found[node] for node in range(len(found))])


def peer() -> NamedLikeNetworkX:
    """Return NetworkX."""
    return NamedLikeNetworkX(f"networkx {nx.__version__}", nx, ALL_ROUTES)
