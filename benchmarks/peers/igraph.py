"""igraph (GPL-2.0), in C: one thread."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.peers import CUTS, DISTANCE, HARMONIC, HOPS, Floats, Library, Pairs


def peer() -> Library:
    """Return igraph."""
    library: Any = import_module("igraph")

    def prepare(pairs: Pairs) -> Mapping[str, Callable[[], Floats]]:
        graph = library.Graph(n=pairs.nodes, edges=np.column_stack((pairs.one, pairs.other)).tolist())
        distance = pairs.distance.tolist()

        def cuts() -> Floats:
            found = np.zeros(pairs.nodes)
            found[graph.articulation_points()] = 1
            return found

        return {
            HOPS: lambda: np.array(graph.betweenness(directed=False)),
            DISTANCE: lambda: np.array(graph.betweenness(directed=False, weights=distance)),
            HARMONIC: lambda: np.array(graph.harmonic_centrality()),
            CUTS: cuts,
        }

    return Library(f"igraph {library.__version__}", prepare)
