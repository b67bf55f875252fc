"""rustworkx (Apache-2.0), in Rust: as many threads as there are cores, routes in hops alone."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.peers import CUTS, HOPS, Floats, Library, Pairs


def peer() -> Library:
    """Return rustworkx."""
    library: Any = import_module("rustworkx")

    def prepare(pairs: Pairs) -> Mapping[str, Callable[[], Floats]]:
        graph = library.PyGraph(multigraph=False)
        graph.add_nodes_from(range(pairs.nodes))
        graph.add_edges_from_no_data(list(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True)))

        def hops() -> Floats:
            found = library.graph_betweenness_centrality(graph, normalized=False)
            return np.array([found[node] for node in range(pairs.nodes)])

        def cuts() -> Floats:
            found = np.zeros(pairs.nodes)
            found[list(library.articulation_points(graph))] = 1
            return found

        return {HOPS: hops, CUTS: cuts}

    return Library(f"rustworkx {library.__version__}", prepare)
