"""The best pairs of two sides: those already tied, and those that one node in between could bring together."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency, Floats, Numbers

Flags = npt.NDArray[np.bool_]
Pairs = list[tuple[tuple[int, ...], float]]
"""Rows of nodes with a reliability each."""


@dataclass(frozen=True, slots=True)
class Side:
    """The nodes of one side, sorted, and their number of ties."""

    nodes: Numbers
    ties: int

    @classmethod
    def of(cls, nodes: Numbers, rows: Adjacency) -> "Side":
        """Take sorted nodes of undirected rows."""
        return cls(nodes, int((rows.offsets[nodes + 1] - rows.offsets[nodes]).sum()))


class _Members:
    """Flags by node of those on a side. Successive gaps often share a large side, so it stays marked."""

    def __init__(self, nodes: int) -> None:
        self._flags = np.zeros(nodes, np.bool_)
        self._side: Side | None = None

    def of(self, side: Side) -> Flags:
        """Return the flags of a side; valid until the next call."""
        if side is not self._side:
            if self._side:
                self._flags[self._side.nodes] = False
            self._flags[side.nodes] = True
            self._side = side
        return self._flags


class IntroductionSearch:
    """Looks for pairs in undirected ``rows``, without the pairs ``in_tension``. Not for several threads at once.

    ``introduces`` says who may bring others together. ``rows`` must have the weight ``reliability`` > 0.
    """

    def __init__(self, rows: Adjacency, in_tension: Adjacency, introduces: Flags) -> None:
        self._rows, self._in_tension, self._introduces = rows, in_tension, introduces
        # Working arrays by node, allocated once: a network has thousands of gaps.
        self._in_first, self._in_second = (_Members(len(rows)) for _ in range(2))
        self._best, self._through = np.zeros(len(rows)), np.zeros(len(rows), np.int32)

    @cached_property
    def _strongest(self) -> Floats:
        strongest = np.zeros(len(self._rows))
        np.maximum.at(strongest, self._rows.row, self._rows.weights["reliability"])
        return strongest

    def best(self, first: Side, second: Side, *, most: int) -> Pairs:
        """Return up to ``most`` pairs: first those tied, then those to introduce, with the introducer; best first."""
        from graph.kernels.compiled import introductions

        if not (first.ties and second.ties):
            return []
        rows, in_tension, reliability = self._rows, self._in_tension, self._rows.weights["reliability"]
        firsts_fewer = first.ties <= second.ties
        outer = (first if firsts_fewer else second).nodes
        sides = outer, firsts_fewer, self._in_first.of(first), self._in_second.of(second)
        refused = in_tension.offsets, in_tension.neighbours
        pairs, values = introductions.best_tied(rows.offsets, rows.neighbours, reliability, *refused, *sides, most)
        result: Pairs = [(tuple(pair), value) for pair, value in zip(pairs.tolist(), values.tolist(), strict=True)]
        if len(result) < most:
            pairs, values = introductions.best_introduced(
                rows.offsets,
                rows.neighbours,
                reliability,
                self._strongest,
                self._introduces,
                *refused,
                *sides,
                self._best,
                self._through,
                most - len(result),
            )
            result += [(tuple(pair), value) for pair, value in zip(pairs.tolist(), values.tolist(), strict=True)]
        return result
