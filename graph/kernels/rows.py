"""A network as compressed sparse rows: the form in which it is counted.

The ties of node ``v`` lead to ``ends[start[v]:start[v + 1]]``, in rising order; a position in ``ends`` is a slot, and
each array of ``weights`` has one value a slot. An undirected tie stands in both rows, a tie to oneself in one.
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


@dataclass(frozen=True)
class Rows:
    """Who is tied to whom: ``start`` int64, ``ends`` int32, ``weights`` float64 by name; sorted, without duplicates."""

    start: Positions
    ends: Numbers
    weights: Mapping[str, Floats] = field(default_factory=dict)
    directed: bool = False

    @classmethod
    def of(
        cls,
        nodes: int,
        origins: npt.ArrayLike,
        ends: npt.ArrayLike,
        weights: Mapping[str, npt.ArrayLike] | None = None,
        *,
        directed: bool = False,
    ) -> "Rows":
        """Put ties in rows, each given once as two numbers below ``nodes``; an undirected one gets its way back."""
        one, other = np.asarray(origins, np.int64).ravel(), np.asarray(ends, np.int64).ravel()
        values = {name: np.asarray(value, np.float64).ravel() for name, value in (weights or {}).items()}
        if not directed:
            there = one != other
            one, other = np.concatenate((one, other[there])), np.concatenate((other, one[there]))
            values = {name: np.concatenate((value, value[there])) for name, value in values.items()}
        order = np.argsort(one * max(nodes, 1) + other, kind="stable")
        start = np.zeros(nodes + 1, np.int64)
        np.cumsum(np.bincount(one, minlength=nodes), out=start[1:])
        return cls(
            start, other[order].astype(np.int32), {name: value[order] for name, value in values.items()}, directed
        )

    def __len__(self) -> int:
        """Return the number of nodes."""
        return self.start.size - 1

    @cached_property
    def origins(self) -> Numbers:
        """Where the tie of each slot starts."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.start))

    @cached_property
    def loops(self) -> int:
        """How many are tied to themselves."""
        return int(np.count_nonzero(self.origins == self.ends))

    @cached_property
    def unlooped(self) -> "Rows":
        """The same without ties to oneself, which no route uses."""
        if not self.loops:
            return self
        return self.where(self.origins != self.ends)

    def where(self, keep: npt.NDArray[np.bool_]) -> "Rows":
        """Return the same with those slots alone for which ``keep`` is true."""
        start = np.zeros_like(self.start)
        np.cumsum(np.bincount(self.origins[keep], minlength=len(self)), out=start[1:])
        return Rows(start, self.ends[keep], {name: v[keep] for name, v in self.weights.items()}, self.directed)

    @cached_property
    def reversed(self) -> "Rows":
        """The same with every tie turned round."""
        if not self.directed:
            return self
        return Rows.of(len(self), self.ends, self.origins, self.weights, directed=True)

    @cached_property
    def mutual(self) -> "Rows":
        """The undirected projection in which the weights of both directions add up, a missing one counting as 0."""
        if not self.directed:
            return self
        key = np.unique(
            np.concatenate(
                (self.origins * np.int64(len(self)) + self.ends, self.ends * np.int64(len(self)) + self.origins)
            )
        )
        whole = self.matrix(np.ones(self.ends.size))
        whole = whole + whole.T
        whole.sort_indices()
        weights = {}
        for name, value in self.weights.items():
            # Adding the pattern keeps a slot where a weight, or the sum of two, is nothing.
            matrix = self.matrix(value)
            matrix = (matrix + matrix.T).tocoo()
            total = np.zeros(key.size)
            total[np.searchsorted(key, matrix.row * np.int64(len(self)) + matrix.col)] = matrix.data
            weights[name] = total
        return Rows(whole.indptr.astype(np.int64), whole.indices.astype(np.int32), weights)

    def matrix(self, values: Floats) -> "sparse.csr_array":
        """Return a SciPy matrix with one value a slot."""
        from scipy import sparse

        return sparse.csr_array((values, self.ends, self.start), shape=(len(self), len(self)))
