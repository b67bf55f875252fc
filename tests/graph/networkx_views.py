"""A stakeholder network as plain NetworkX graphs, which tests set our own numbers against.

Edges carry what ``network.arcs`` and ``network.edges`` say of them, and the ``arc`` that the network makes on request.
"""

from typing import Any

import networkx as nx

from graph.kernels.adjacency import Adjacency
from graph.networks.collapsed import CollapsedTies
from graph.networks.network import StakeholderNetwork
from graph.networkx_backend.sparse_graph import sparse_graph


def directed(network: StakeholderNetwork) -> "nx.DiGraph[str]":
    """Who can pass something to whom; ties of undirected kinds run both ways."""
    graph: nx.DiGraph[str] = _view(network, network.arcs)
    return graph


def undirected(network: StakeholderNetwork) -> "nx.Graph[str]":
    """The undirected projection."""
    graph: nx.Graph[str] = _view(network, network.edges)
    return graph


def in_tension(network: StakeholderNetwork) -> "nx.Graph[str]":
    """The pairs with an existing tie of negative sign, whatever its kind."""
    graph: nx.Graph[str] = _view(network, network.in_tension)
    return graph


def _view(network: StakeholderNetwork, rows: Adjacency) -> Any:
    graph = sparse_graph(rows, network.nodes).copy()
    if isinstance(rows, CollapsedTies):
        for one, other, data in graph.edges(data=True):
            data["arc"] = network.arc(one, other, directed=rows.directed)
    return nx.freeze(graph)
