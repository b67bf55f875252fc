"""The measures once more, as slowly and as literally as their definitions read, to check the real ones against."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, pairwise, permutations
from math import inf, log, prod
from typing import TYPE_CHECKING

from graph.network import StakeholderNetwork

if TYPE_CHECKING:
    import networkx as nx

LEVEL = 1e-9

Weight = Callable[[str, str], float]


def simple_routes(graph: "nx.Graph[str]", source: str, target: str) -> Iterator[tuple[str, ...]]:
    """Every route without loops, by trying all orders of all sets of others."""
    others = sorted(set(graph) - {source, target})
    for count in range(len(others) + 1):
        for between in permutations(others, count):
            route = (source, *between, target)
            if all(graph.has_edge(*step) for step in pairwise(route)):
                yield route


def length(graph: "nx.Graph[str]", route: tuple[str, ...], distance: str | None) -> float:
    """How long a route is."""
    steps = pairwise(route)
    return float(sum(1 if distance is None else graph.edges[step][distance] for step in steps))


def reliability(graph: "nx.Graph[str]", route: tuple[str, ...]) -> float:
    """The product of r over a route."""
    return prod(float(graph.edges[step]["reliability"]) for step in pairwise(route))


def betweenness(network: StakeholderNetwork, distance: str | None) -> dict[str, float]:
    """Freeman 1977, by listing every shortest route of every pair."""
    graph = network.undirected
    total = dict.fromkeys(graph, 0.0)
    for source, target in combinations(graph, 2):
        routes = [(length(graph, route, distance), route) for route in simple_routes(graph, source, target)]
        shortest = min((long for long, _ in routes), default=inf)
        level = [route for long, route in routes if long <= shortest + LEVEL]
        for route in level:
            for node in route[1:-1]:
                total[node] += 1 / len(level)
    return total


def constraint(graph: "nx.Graph[str]", node: str, weight: str | None) -> float:
    """Burt 1992, straight from the formula."""
    return sum(_constraints(graph, node, weight))


def hierarchy(graph: "nx.Graph[str]", node: str, weight: str | None) -> float:
    """Burt 1992: Σ x ln x / (n ln n), x the ratio of each contact's constraint to the mean; 1 for a single contact."""
    parts = _constraints(graph, node, weight)
    if len(parts) == 1:
        return 1.0
    ratios = [part / (sum(parts) / len(parts)) for part in parts]
    return sum(ratio * log(ratio) for ratio in ratios) / (len(parts) * log(len(parts)))


def _constraints(graph: "nx.Graph[str]", node: str, weight: str | None) -> list[float]:
    a = _weights(graph, weight)
    contacts = [other for other in graph if a(node, other) > 0]
    p = _shares(graph, weight)
    return [(p(node, j) + sum(p(node, q) * p(q, j) for q in graph if q not in (node, j))) ** 2 for j in contacts]


def effective_size(graph: "nx.Graph[str]", node: str, weight: str | None) -> float:
    """Burt 1992, straight from the formula."""
    a = _weights(graph, weight)
    contacts = [other for other in graph if a(node, other) > 0]
    p = _shares(graph, weight)

    def m(j: str, q: str) -> float:
        most = max(a(j, k) for k in graph)
        return a(j, q) / most

    return sum(1 - sum(p(node, q) * m(j, q) for q in graph if q not in (node, j)) for j in contacts)


def borgatti_effective_size(graph: "nx.Graph[str]", node: str) -> float:
    """Borgatti 1997 for ties that all count alike: n − 2t/n, t the ties among the contacts."""
    contacts = list(graph.adj[node])
    among = sum(graph.has_edge(one, other) for one, other in combinations(contacts, 2))
    return len(contacts) - 2 * among / len(contacts)


def _weights(graph: "nx.Graph[str]", weight: str | None) -> Weight:
    def a(i: str, j: str) -> float:
        if not graph.has_edge(i, j):
            return 0.0
        return 1.0 if weight is None else float(graph.edges[i, j][weight])

    return a


def _shares(graph: "nx.Graph[str]", weight: str | None) -> Weight:
    a = _weights(graph, weight)

    def p(i: str, j: str) -> float:
        total = sum(a(i, k) + a(k, i) for k in graph)
        return (a(i, j) + a(j, i)) / total if total else 0.0

    return p


def roles(network: StakeholderNetwork, groups: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Gould & Fernandez 1989, by looking at every ordered triad; the words are those of the design's table."""
    graph = network.directed
    counts: dict[str, Counter[str]] = {node: Counter() for node in graph}
    for a, b, c in permutations(graph, 3):
        if graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c):
            ga, gb, gc = groups[a], groups[b], groups[c]
            if ga == gb == gc:
                counts[b]["coordinator"] += 1
            elif ga == gc:
                counts[b]["itinerant"] += 1
            elif gb == gc:
                counts[b]["gatekeeper"] += 1
            elif ga == gb:
                counts[b]["representative"] += 1
            else:
                counts[b]["liaison"] += 1
    return counts
