"""NetworKit (MIT), in C++: as many threads as there are cores."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.peers import CUTS, DISTANCE, HARMONIC, HOPS, Floats, Library, Pairs


def peer() -> Library:
    """Return NetworKit."""
    library: Any = import_module("networkit")

    def prepare(pairs: Pairs) -> Mapping[str, Callable[[], Floats]]:
        plain, weighted = library.Graph(pairs.nodes), library.Graph(pairs.nodes, weighted=True)
        for one, other, distance in zip(pairs.one.tolist(), pairs.other.tolist(), pairs.distance.tolist(), strict=True):
            plain.addEdge(one, other)
            weighted.addEdge(one, other, distance)

        def cuts() -> Floats:
            blocks = library.components.BiconnectedComponents(plain).run()
            return np.array([float(len(blocks.getComponentsOfNode(node)) > 1) for node in range(pairs.nodes)])

        return {
            # It counts each pair from both of its ends.
            HOPS: lambda: np.array(library.centrality.Betweenness(plain).run().scores()) / 2,
            DISTANCE: lambda: np.array(library.centrality.Betweenness(weighted).run().scores()) / 2,
            HARMONIC: lambda: (
                np.array(library.centrality.HarmonicCloseness(plain, normalized=False).run().scores())
                / (pairs.nodes - 1)
            ),
            CUTS: cuts,
        }

    return Library(f"networkit {library.__version__}", prepare)
