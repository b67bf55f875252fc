"""Routes between two stakeholders: the k shortest without loops, in hops or by reliability.

    most reliable   max Π r_e = min Σ −ln r_e                   (Dijkstra 1959)
    fewest hops     lexicographic (hops, Σ −ln r_e)
    k best          k shortest loopless routes                  (Yen 1971)

Lengths are whole numbers: −ln r in units of 1e-12, and hops. So sums are exact in any order, and of equally reliable
routes the one with fewer hops comes first.
"""

from collections.abc import Iterable
from functools import cached_property
from math import exp

import numpy as np

from graph.kernels.routes import Lengths, Steps, best_routes, lengths_from
from graph.networks.network import StakeholderNetwork

Route = tuple[str, ...]

UNIT = 10**12
"""Steps of −ln r: 1e-12, a million to the shortest tie there can be (r = 1 − 1e-6). A route of the least reliable ties
there can be has room in 64 bits for 600,000 hops."""

WORK = 2_000_000
"""Budget of (hops × ties) over the routes of one search: each hop of a found route costs one more search. The ten best
of 1,000 stakeholders with 3,000 ties take some 200,000."""


class Routes:
    """The routes of a network along its arcs or, regardless of direction, its edges, without those in ``avoid``."""

    def __init__(self, network: StakeholderNetwork, *, directed: bool, avoid: Iterable[str] = ()) -> None:
        self.unfinished = False
        self._positions, self._ids = network.positions, network.ties.node_ids
        self._rows = network.arcs if directed else network.edges
        self._avoid = np.zeros(len(self._rows), np.bool_)
        self._avoid[[self._positions[key] for key in set(avoid)]] = True
        self._length = np.rint(self._rows.weights["distance"] * UNIT).astype(np.int64)

    def best(self, source: str, target: str, *, by: str, most: int) -> tuple[Route, ...]:
        """Return up to ``most`` loopless routes, the best first by ``reliability`` or ``hops``; empty if there is none.

        Sets ``unfinished`` where the budget of work ran out first.
        """
        routes: list[Steps] = []
        budget = WORK
        lengths = self._by_reliability if by == "reliability" else self._by_hops
        for route in best_routes(lengths, self._positions[source], self._positions[target], avoid=self._avoid):
            routes.append(route)
            budget -= (len(route) - 1) * max(1, self._ties)
            if len(routes) == most:
                break
            if budget <= 0:
                self.unfinished = True
                break
        return tuple(tuple(self._ids[node] for node in route) for route in routes)

    def order(self, route: Route) -> tuple[tuple[int, int], Route]:
        """Sort key: more reliable first, then fewer hops, then the smaller ids."""
        return self._by_reliability.along(tuple(self._positions[key] for key in route)), route

    def reached_from(self, source: str) -> dict[str, float]:
        """Return the reliability of the best route from ``source`` to each it reaches, itself (1.0) included."""
        lengths = lengths_from(self._rows, self._length, self._positions[source], avoid=self._avoid)
        return {
            key: exp(-length / UNIT) for key, length in zip(self._ids, lengths.tolist(), strict=True) if length >= 0
        }

    @cached_property
    def _ties(self) -> int:
        """The number of ties that may be used, an undirected one counting once."""
        left = int(np.count_nonzero(~(self._avoid[self._rows.row] | self._avoid[self._rows.neighbours])))
        return left if self._rows.directed else left // 2

    @cached_property
    def _by_reliability(self) -> Lengths:
        return Lengths.of(self._rows, self._length, np.ones_like(self._length))

    @cached_property
    def _by_hops(self) -> Lengths:
        return Lengths.of(self._rows, np.ones_like(self._length), self._length)
