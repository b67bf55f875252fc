"""Betweenness: who lies on the shortest routes between others.

    C_B(v) = Σ_{s < t, s ≠ v ≠ t} σ_st(v) / σ_st        (Freeman 1977)

where σ_st counts the shortest routes between s and t and σ_st(v) those through v. The sums are built by Brandes'
accumulation of dependencies (Brandes 2001). Routes are on the undirected projection: either in hops, or in distance
d = −ln r, where the shortest route is the most reliable one.

Unlike a comparison of bare floating-point sums, routes whose lengths differ by less than ``LEVEL`` count as level: the
same ties added in another order are the same length, so neither the order of ids nor the direction walked decides.
"""

from collections.abc import Mapping
from heapq import heappop, heappush
from math import inf

from graph.analysis.ranking import DECIMALS
from graph.analysis.sampling import Sources, sources
from graph.network import StakeholderNetwork

LEVEL = 1e-9
"""Routes closer in length than this are level. Far above rounding noise (1e-15 a tie), far below the shortest tie,
which has −ln(1 − 1e-6) = 1e-6."""

Neighbours = Mapping[str, tuple[tuple[str, float], ...]]
Routes = tuple[list[str], dict[str, list[str]], dict[str, float]]


def betweenness(
    network: StakeholderNetwork, *, distance: str | None = None, start: Sources | None = None
) -> dict[str, float]:
    """Return the raw betweenness of every stakeholder: a number of pairs of others, from 0 to (n − 1)(n − 2) / 2.

    ``distance`` names the edge attribute (> 0) that is a tie's length; ``None`` counts hops. ``start`` says
    whom to follow routes from, by default as many as the budget of ``sampling`` allows.
    """
    graph = network.undirected
    start = start or sources(network)
    neighbours = {
        node: tuple((other, 1.0 if distance is None else float(data[distance])) for other, data in around.items())
        for node, around in graph.adjacency()
    }
    follow = _by_hops if distance is None else _by_length
    total = dict.fromkeys(graph, 0.0)
    for source in start.ids:
        order, before, count = follow(neighbours, source)
        depends = dict.fromkeys(order, 0.0)
        for node in reversed(order):
            share = (1.0 + depends[node]) / count[node]
            for previous in before[node]:
                depends[previous] += count[previous] * share
            if node != source:
                total[node] += depends[node]
    # Every pair was met from both its ends, hence the half.
    return {node: round(value * start.scale / 2, DECIMALS) for node, value in total.items()}


def normalised(value: float, stakeholders: int) -> float | None:
    """Return raw betweenness as a share of the pairs of others, (n − 1)(n − 2) / 2; ``None`` where there are none."""
    pairs = (stakeholders - 1) * (stakeholders - 2) / 2
    return min(1.0, value / pairs) if pairs > 0 else None


def _by_hops(neighbours: Neighbours, source: str) -> Routes:
    """Return nodes in order of distance, who comes just before each on shortest routes, and the number of routes."""
    hops = {source: 0}
    before: dict[str, list[str]] = {source: []}
    count = {source: 1.0}
    order = [source]
    for node in order:  # grows while it is walked: a queue
        next_hop = hops[node] + 1
        routes = count[node]
        for other, _ in neighbours[node]:
            known = hops.get(other)
            if known is None:
                hops[other] = next_hop
                before[other] = [node]
                count[other] = routes
                order.append(other)
            elif known == next_hop:
                before[other].append(node)
                count[other] += routes
    return order, before, count


def _by_length(neighbours: Neighbours, source: str) -> Routes:
    """Do the same with lengths instead of hops (Dijkstra 1959)."""
    best = {source: 0.0}
    before: dict[str, list[str]] = {source: []}
    count = {source: 1.0}
    order: list[str] = []
    settled: set[str] = set()
    queue = [(0.0, source)]
    while queue:
        length, node = heappop(queue)
        if node in settled:
            continue
        settled.add(node)
        order.append(node)
        routes = count[node]
        for other, step in neighbours[node]:
            longer = length + step
            difference = longer - best.get(other, inf)
            if difference < -LEVEL:
                best[other] = longer
                before[other] = [node]
                count[other] = routes
                heappush(queue, (longer, other))
            elif difference <= LEVEL:
                before[other].append(node)
                count[other] += routes
    return order, before, count
