"""Routes between two stakeholders: the k shortest without loops, in hops or by reliability.

    most reliable   max Π r_e = min Σ −ln r_e                   (Dijkstra 1959)
    fewest hops     lexicographic (hops, Σ −ln r_e)
    k best          k shortest loopless routes                  (Yen 1971)

Lengths are whole numbers: −ln r in units of 1e-12, put together with the hop count into one integer. So sums are exact
in any order, and of equally reliable routes the one with fewer hops comes first.
"""

from collections.abc import Iterable
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Route = tuple[str, ...]

UNIT = 10**12
"""Steps of −ln r: 1e-12, a million to the shortest tie there can be (r = 1 − 1e-6)."""

MOST_HOPS = 10**9
"""More hops than any route has; keeps hop count and length apart in one integer."""

LONGEST = 10**24
"""Longer than any route: MOST_HOPS ties of the least reliability are 14e9 · 1e12."""


WORK = 2_000_000
"""Budget of (hops × ties) over the routes of one search: each hop of a route found costs one more search. The ten best
of 1,000 stakeholders with 3,000 ties take some 200,000."""


class Routes:
    """The routes of one graph, some stakeholders left out of it."""

    def __init__(self, graph: "nx.Graph[str]", *, avoid: Iterable[str] = ()) -> None:
        """Copy what is left of a directed or undirected graph with the two integer lengths on each tie."""
        self.unfinished = False
        left_out = frozenset(avoid)
        self.graph = graph.__class__()
        self.graph.add_nodes_from(node for node in graph if node not in left_out)
        for start, end, data in graph.edges(data=True):
            if start not in left_out and end not in left_out:
                length = round(data["distance"] * UNIT)
                self.graph.add_edge(start, end, by_reliability=length * MOST_HOPS + 1, by_hops=LONGEST + length)

    def best(self, source: str, target: str, *, by: str, most: int) -> tuple[Route, ...]:
        """Return up to ``most`` loopless routes, the best first by ``reliability`` or ``hops``; empty if there is none.

        Sets ``unfinished`` where the budget of work was spent before as many were found.
        """
        import networkx as nx

        found: list[Route] = []
        steps = WORK
        try:
            for route in nx.shortest_simple_paths(self.graph, source, target, weight=f"by_{by}"):
                found.append(tuple(route))
                steps -= (len(route) - 1) * max(1, self.graph.number_of_edges())
                if len(found) == most:
                    break
                if steps <= 0:
                    self.unfinished = True
                    break
        except nx.NetworkXNoPath:
            return ()
        return tuple(found)

    def order(self, route: Route) -> tuple[int, Route]:
        """Sort key: more reliable first, then fewer hops, then the smaller ids."""
        return sum(self.graph.edges[step]["by_reliability"] for step in pairwise(route)), route

    def reached_from(self, source: str) -> dict[str, float]:
        """Return the reliability of the best route from ``source`` to everybody it reaches, itself (1.0) included."""
        import networkx as nx

        lengths = nx.single_source_dijkstra_path_length(self.graph, source, weight="by_reliability")
        return {node: exp(-(length // MOST_HOPS) / UNIT) for node, length in lengths.items()}
