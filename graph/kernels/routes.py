"""The k best loopless routes between two nodes (Yen 1971), by two lengths in whole numbers.

Routes are compared by the first length, then by the second; of equal ones the first found comes first. No route uses a
node in ``avoid``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency, Numbers, Positions

Steps = tuple[int, ...]
"""The nodes of a route, both ends included."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Rows in both directions with the two lengths of each edge index; undirected rows are the same in both."""

    forwards: Adjacency
    backwards: Adjacency
    first: Positions
    second: Positions
    back_first: Positions
    back_second: Positions

    @classmethod
    def of(cls, rows: Adjacency, first: Positions, second: Positions) -> "Lengths":
        """Take rows, directed or not, and the lengths by edge index, which must be 0 or more and not both 0."""
        if not rows.directed:
            return cls(rows, rows, first, second, first, second)
        reverse = np.lexsort((rows.row, rows.neighbours))
        backwards = Adjacency.of(len(rows), rows.neighbours, rows.row, directed=True)
        return cls(rows, backwards, first, second, first[reverse], second[reverse])

    def along(self, route: Steps) -> tuple[int, int]:
        """Return the two lengths of a route. Each step must be a tie."""
        edges = [self.forwards.edge_index(one, other) for one, other in pairwise(route)]
        return int(self.first[edges].sum()), int(self.second[edges].sum())


def best_routes(lengths: Lengths, source: int, target: int, *, avoid: npt.NDArray[np.bool_]) -> Iterator[Steps]:
    """Yield the routes, best first; each further one costs a search for every node of the one before."""
    found: list[Steps] = []
    waiting: list[tuple[int, int, int, Steps]] = []
    listed: set[Steps] = set()
    number = 0
    previous: Steps = ()
    while True:
        closed = avoid.copy()
        for at in range(1, max(2, len(previous))):
            root = previous[:at] or (source,)
            next_taken = np.zeros(len(avoid), np.bool_)
            next_taken[[route[at] for route in found if route[:at] == root]] = True
            route, first, second = _search(lengths, root[-1], target, closed=closed, barred=next_taken)
            closed[root[-1]] = True
            whole = (*root[:-1], *route.tolist())
            if len(route) and whole not in listed:
                before_first, before_second = lengths.along(root)
                heappush(waiting, (before_first + first, before_second + second, number, whole))
                listed.add(whole)
                number += 1
        if not waiting:
            return
        previous = heappop(waiting)[-1]
        listed.remove(previous)
        yield previous
        found.append(previous)


def lengths_from(rows: Adjacency, length: Positions, source: int, *, avoid: npt.NDArray[np.bool_]) -> Positions:
    """Return by node the length of the shortest route from the source, -1 where there is none."""
    from graph.kernels.compiled import routes

    far: Positions = routes.lengths_from(rows.offsets, rows.neighbours, length, avoid, source)
    return far


def _search(
    lengths: Lengths, source: int, target: int, *, closed: npt.NDArray[np.bool_], barred: npt.NDArray[np.bool_]
) -> tuple[Numbers, int, int]:
    from graph.kernels.compiled import routes

    forwards, backwards = lengths.forwards, lengths.backwards
    route, first, second = routes.best_route(
        forwards.offsets,
        forwards.neighbours,
        lengths.first,
        lengths.second,
        backwards.offsets,
        backwards.neighbours,
        lengths.back_first,
        lengths.back_second,
        closed,
        barred,
        source,
        target,
    )
    return route, int(first), int(second)
