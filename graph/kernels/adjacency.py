"""A network as compressed sparse rows (CSR): the one form that measures compute on.

The neighbours of node ``v`` are ``neighbours[offsets[v]:offsets[v + 1]]``, in rising order. A position in
``neighbours`` is an edge index, and each array of ``weights`` has one value for each edge index. An undirected tie is
in both rows, so it has two edge indexes; a tie to oneself has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Adjacency:
    """Who is tied to whom: ``offsets`` int64, ``neighbours`` int32, ``weights`` float64 by name; no duplicates."""

    offsets: Positions
    neighbours: Numbers
    weights: Mapping[str, Floats] = field(default_factory=dict)
    directed: bool = False

    @classmethod
    def of(
        cls,
        nodes: int,
        rows: npt.ArrayLike,
        neighbours: npt.ArrayLike,
        weights: Mapping[str, npt.ArrayLike] | None = None,
        *,
        directed: bool = False,
    ) -> "Adjacency":
        """Build rows from ties, each given once as two numbers below ``nodes``; undirected ones enter both rows."""
        one, other = np.asarray(rows, np.int64).ravel(), np.asarray(neighbours, np.int64).ravel()
        values = {name: np.asarray(value, np.float64).ravel() for name, value in (weights or {}).items()}
        if not directed:
            no_loop = one != other
            one, other = np.concatenate((one, other[no_loop])), np.concatenate((other, one[no_loop]))
            values = {name: np.concatenate((value, value[no_loop])) for name, value in values.items()}
        order = np.argsort(one * max(nodes, 1) + other, kind="stable")
        sorted_weights = {name: value[order] for name, value in values.items()}
        return Adjacency(_offsets(one, nodes), other[order].astype(np.int32), sorted_weights, directed)

    def __len__(self) -> int:
        """Return the number of nodes."""
        return self.offsets.size - 1

    @cached_property
    def row(self) -> Numbers:
        """The node in whose row each edge index is: the start of its tie."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))

    def of_node(self, node: int) -> Numbers:
        """Return the neighbours of a node."""
        return self.neighbours[self.offsets[node] : self.offsets[node + 1]]

    def edge_index(self, one: int, other: int) -> int:
        """Return the edge index of the tie from one node to another, -1 where there is none."""
        neighbours = self.of_node(one)
        at = int(neighbours.searchsorted(other))
        return int(self.offsets[one]) + at if at < len(neighbours) and neighbours[at] == other else -1

    @cached_property
    def loops(self) -> int:
        """The number of ties to oneself."""
        return int(np.count_nonzero(self.row == self.neighbours))

    @cached_property
    def unlooped(self) -> "Adjacency":
        """The same without ties to oneself, which no route uses."""
        if not self.loops:
            return self
        return self.where(self.row != self.neighbours)

    def where(self, keep: npt.NDArray[np.bool_]) -> "Adjacency":
        """Return the same with only the edge indexes for which ``keep`` is true."""
        weights = {name: value[keep] for name, value in self.weights.items()}
        return Adjacency(_offsets(self.row[keep], len(self)), self.neighbours[keep], weights, self.directed)

    @cached_property
    def reversed(self) -> "Adjacency":
        """The same with every tie reversed."""
        if not self.directed:
            return self
        return Adjacency.of(len(self), self.neighbours, self.row, self.weights, directed=True)

    @cached_property
    def mutual(self) -> "Adjacency":
        """The undirected projection in which the weights of both directions add up, a missing one counting as 0."""
        if not self.directed:
            return self
        nodes = np.int64(len(self))
        key = np.unique(np.concatenate((self.row * nodes + self.neighbours, self.neighbours * nodes + self.row)))
        whole = self.matrix(np.ones(self.neighbours.size))
        whole = whole + whole.T
        whole.sort_indices()
        weights = {}
        for name, value in self.weights.items():
            # By position, so that an edge stays where a weight, or the sum of two, is 0.
            matrix = self.matrix(value)
            matrix = (matrix + matrix.T).tocoo()
            total = np.zeros(key.size)
            total[np.searchsorted(key, matrix.row * nodes + matrix.col)] = matrix.data
            weights[name] = total
        return Adjacency(whole.indptr.astype(np.int64), whole.indices.astype(np.int32), weights)

    def matrix(self, values: Floats) -> "sparse.csr_array":
        """Return a SciPy matrix with one value for each edge index."""
        from scipy import sparse

        return sparse.csr_array((values, self.neighbours, self.offsets), shape=(len(self), len(self)))


def _offsets(rows: npt.NDArray[np.integer], nodes: int) -> Positions:
    offsets = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=nodes), out=offsets[1:])
    return offsets
