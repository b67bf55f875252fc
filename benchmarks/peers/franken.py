"""FrankenNetworkX (MIT), in Rust: its own graphs, with the names of NetworkX."""

from importlib import import_module
from math import inf
from typing import Any

from benchmarks.peers.networkx import NamedLikeNetworkX


def peer() -> NamedLikeNetworkX:
    """Return FrankenNetworkX."""
    library: Any = import_module("franken_networkx")
    return NamedLikeNetworkX(f"franken_networkx {library.__version__}", library, inf)
