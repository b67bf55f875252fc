"""rustnx (BSD-3-Clause), in Rust: a backend of NetworkX, given its own form of the graph."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import networkx as nx

from benchmarks.peers import DISTANCE, HARMONIC, HOPS, Floats, Library, Pairs
from benchmarks.peers.networkx import by_name, graph_of


def peer() -> Library:
    """Return rustnx."""
    library: Any = import_module("rustnx")

    def prepare(pairs: Pairs) -> Mapping[str, Callable[[], Floats]]:
        nx.config.warnings_to_ignore.add("cache")  # the graph does not change
        found = by_name(nx, graph_of(nx, pairs), backend="rustnx")
        return {measure: found[measure] for measure in (HOPS, DISTANCE, HARMONIC)}  # it leaves the others to NetworkX

    return Library(f"rustnx {library.__version__}", prepare)
