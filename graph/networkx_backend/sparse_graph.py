"""Compressed sparse rows as NetworkX graphs, for its functions to run on our kernels or fall back to its own code.

They are NetworkX graphs in full: the dictionaries that NetworkX reads are built when first needed, then cached.
They cannot be changed, as the kernels would not see it: ``copy`` gives a plain graph that can.
"""

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, NoReturn, Self

import networkx as nx
import numpy as np

from graph.kernels.adjacency import Adjacency

BACKEND = "stakeholder_graph"
"""The name of this backend in NetworkX; the entry point in setup.cfg has the same."""

Node = Hashable
Data = dict[str, Any]


class Sparse:
    """What the undirected and the directed graph have in common. ``nodes`` are named in the order of the rows."""

    __networkx_backend__ = BACKEND
    frozen = True
    rows: Adjacency
    names: tuple[Node, ...]

    def __new__(cls, *_args: object, **_options: object) -> Self:
        """Skip NetworkX's own, which would dispatch to a backend."""
        return object.__new__(cls)

    def __init__(self, rows: Adjacency, names: Iterable[Node], *, node_data: Mapping[Node, Data] | None = None) -> None:
        self.names = tuple(names)
        if rows.directed is not self.is_directed():
            raise ValueError("Directed rows make a SparseDiGraph, undirected ones a SparseGraph.")
        if len(self.names) != len(rows) or len(self.number) != len(rows):
            raise ValueError(f"{len(rows)} nodes need as many different names; {len(self.number)} were given.")
        self.rows = rows
        self.graph: Data = {}
        self.__networkx_cache__: Data = {}
        self._data = node_data or {}

    @cached_property
    def number(self) -> dict[Node, int]:
        """The row of each node."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def plain(self) -> "nx.Graph[Any]":
        """The same as a graph of NetworkX's own; it is cached, so it must not be changed."""
        graph: nx.Graph[Any] = nx.DiGraph() if self.rows.directed else nx.Graph()
        graph.graph.update(self.graph)
        graph.add_nodes_from((name, dict(data)) for name, data in self._node.items())
        graph.add_edges_from(
            (one, other, data)
            for one, around in self._adj.items()
            for other, data in around.items()
            if self.rows.directed or self.number[one] <= self.number[other]
        )
        return graph

    def copy(self, as_view: bool = False) -> "nx.Graph[Any]":  # noqa: FBT001, FBT002 - NetworkX's signature
        """Return a plain graph that can be changed."""
        return self.plain.copy(as_view=as_view)

    def subgraph(self, nodes: Any) -> "nx.Graph[Any]":  # noqa: ANN401 - what NetworkX takes: one node or several
        """Return a plain graph of these nodes and the ties among them."""
        return self.plain.subgraph(nodes)

    def edge_subgraph(self, edges: Iterable[Any]) -> "nx.Graph[Any]":
        """Return a plain graph of these ties and their ends."""
        return self.plain.edge_subgraph(edges)

    def to_directed(self, as_view: bool = False) -> "nx.DiGraph[Any]":  # noqa: FBT001, FBT002 - NetworkX's signature
        """Return a plain graph with every tie both ways."""
        return self.plain.to_directed(as_view=as_view)

    def to_undirected(self, *options: bool, **named: bool) -> "nx.Graph[Any]":
        """Return the plain undirected projection, as NetworkX makes it."""
        return self.plain.to_undirected(*options, **named)

    def is_directed(self) -> bool:
        """Tell whether ties have a direction."""
        raise NotImplementedError

    @cached_property
    def _neighbours(self) -> tuple[dict[Node, dict[Node, Data]], dict[Node, dict[Node, Data]]]:
        """Outgoing and incoming neighbours of each node; the same where there is no direction."""
        outgoing: dict[Node, dict[Node, Data]] = {name: {} for name in self.names}
        incoming = {name: {} for name in self.names} if self.rows.directed else outgoing
        rows, names = self.rows, self.names
        columns = [value.tolist() for value in rows.weights.values()]
        fields = tuple(rows.weights)
        for edge, (one, other) in enumerate(zip(rows.row.tolist(), rows.neighbours.tolist(), strict=True)):
            if rows.directed or one <= other:
                data = {field: column[edge] for field, column in zip(fields, columns, strict=True)}
                outgoing[names[one]][names[other]] = incoming[names[other]][names[one]] = data
        return outgoing, incoming

    @property
    def _adj(self) -> dict[Node, dict[Node, Data]]:
        return self._neighbours[0]

    @cached_property
    def _node(self) -> dict[Node, Data]:
        return {name: dict(self._data.get(name, {})) for name in self.names}

    def _unchangeable(self, *_args: object, **_options: object) -> NoReturn:
        raise nx.NetworkXError("This graph cannot be changed; its copy() can.")

    add_node = add_nodes_from = remove_node = remove_nodes_from = _unchangeable
    add_edge = add_edges_from = add_weighted_edges_from = remove_edge = remove_edges_from = _unchangeable
    update = clear = clear_edges = _unchangeable


class SparseGraph(Sparse, nx.Graph):  # type: ignore[misc,type-arg]  # ours come first on purpose; no index at run time
    """An undirected network for NetworkX's functions, which run on our kernels where there is one."""

    def is_directed(self) -> bool:
        """Return false."""
        return False

    def number_of_edges(self, u: Any = None, v: Any = None) -> int:  # noqa: ANN401 - nodes are anything
        """Return the number of ties, or of those between two."""
        if u is None:
            return (self.rows.neighbours.size + self.rows.loops) // 2
        return int(self.has_edge(u, v))


class SparseDiGraph(Sparse, nx.DiGraph):  # type: ignore[misc,type-arg]  # the same
    """A directed network for NetworkX's functions."""

    def is_directed(self) -> bool:
        """Return true."""
        return True

    def reverse(self, copy: bool = True) -> "nx.DiGraph[Any]":  # type: ignore[override]  # noqa: FBT001, FBT002 - NetworkX's signature, but plain
        """Return a plain graph with every tie reversed."""
        graph: nx.DiGraph[Any] = self.plain.reverse(copy=copy)  # type: ignore[attr-defined]
        return graph

    @property
    def _succ(self) -> dict[Node, dict[Node, Data]]:
        return self._neighbours[0]

    @property
    def _pred(self) -> dict[Node, dict[Node, Data]]:
        return self._neighbours[1]


def sparse_graph(rows: Adjacency, names: Iterable[Node], *, node_data: Mapping[Node, Data] | None = None) -> Any:  # noqa: ANN401 - one of our two classes, each a NetworkX graph
    """Return the graph of rows whose nodes have these names. ``ValueError`` unless they are as many and all differ."""
    kind: type[Sparse] = SparseDiGraph if rows.directed else SparseGraph
    return kind(rows, names, node_data=node_data)


def from_networkx(graph: "nx.Graph[Any]", defaults: Mapping[str, float] | None = None) -> Any:  # noqa: ANN401 - the same
    """Return a NetworkX graph as one of ours, with the weights named in ``defaults``.

    ``defaults`` gives the value of a missing weight. ``NotImplementedError`` for parallel ties and for weights that are
    not plain numbers.
    """
    if graph.is_multigraph():
        raise NotImplementedError("parallel ties: collapse them first; how is a question of meaning")
    names = list(graph)
    number = {name: position for position, name in enumerate(names)}
    ends = [(number[one], number[other]) for one, other in graph.edges()]
    one, other = np.array(ends, np.int64).reshape(-1, 2).T
    weights = {}
    for field, missing in (defaults or {}).items():
        values = [value for _, _, value in graph.edges(data=field, default=missing)]
        if not all(isinstance(value, int | float | np.integer | np.floating) for value in values):
            raise NotImplementedError(f"a {field} that is not a plain number")
        weights[field] = np.array(values, np.float64)
    rows = Adjacency.of(len(names), one, other, weights, directed=graph.is_directed())
    result = sparse_graph(rows, names)
    result.graph.update(graph.graph)
    return result
