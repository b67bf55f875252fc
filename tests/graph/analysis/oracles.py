"""The measures once more, as slowly and as literally as their definitions read, to check the real ones against."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise, permutations
from math import inf, log, prod

import networkx as nx
import numpy as np

from graph.analysis.brokerage.roles import ROLES
from graph.networks.network import StakeholderNetwork
from tests.graph.networkx_views import directed, undirected

TOLERANCE = 1e-9

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
    graph = undirected(network)
    total = dict.fromkeys(graph, 0.0)
    for source, target in combinations(graph, 2):
        routes = [(length(graph, route, distance), route) for route in simple_routes(graph, source, target)]
        shortest = min((long for long, _ in routes), default=inf)
        equal = [route for long, route in routes if long <= shortest + TOLERANCE]
        for route in equal:
            for node in route[1:-1]:
                total[node] += 1 / len(equal)
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
    graph = directed(network)
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


def role_of(giver: str, broker: str, taker: str) -> str:
    """The words of the design's table."""
    if giver == broker == taker:
        return "coordinator"
    if giver == taker:
        return "itinerant"
    if broker == taker:
        return "gatekeeper"
    return "representative" if giver == broker else "liaison"


def role_moments(network: StakeholderNetwork, groups: Mapping[str, str]) -> dict[tuple[str, str], tuple[float, float]]:
    """Mean and variance of each role count of each broker over every different deal of the same groups."""
    graph = directed(network)
    keys = sorted(graph)
    triads = [
        (a, b, c)
        for a, b, c in permutations(keys, 3)
        if graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c)
    ]
    deals = set(permutations(groups[key] for key in keys))
    sums: Counter[tuple[str, str]] = Counter()
    squares: Counter[tuple[str, str]] = Counter()
    for deal in deals:
        dealt = dict(zip(keys, deal, strict=True))
        counts = Counter((b, role_of(dealt[a], dealt[b], dealt[c])) for a, b, c in triads)
        for which, count in counts.items():
            sums[which] += count
            squares[which] += count * count
    return {
        which: (sums[which] / len(deals), squares[which] / len(deals) - (sums[which] / len(deals)) ** 2)
        for which in ((key, role) for key in keys for role in ROLES)
    }


def shortest(graph: "nx.Graph[str]", source: str, target: str) -> list[tuple[str, ...]]:
    """All routes of fewest hops."""
    return (
        [tuple(route) for route in nx.all_shortest_paths(graph, source, target)]
        if nx.has_path(graph, source, target)
        else []
    )


def through(network: StakeholderNetwork, pairs: Iterable[tuple[str, str]], inside: frozenset[str]) -> float:
    """How many of the pairs have their routes of fewest hops through anybody inside, by their share."""
    total = 0.0
    for source, target in pairs:
        routes = shortest(undirected(network), source, target)
        total += sum(bool(inside & set(route[1:-1])) for route in routes) / max(len(routes), 1)
    return total


def reach(network: StakeholderNetwork, members: Iterable[str]) -> float:
    """D_R of Borgatti 2006, from all distances."""
    near = [_near(network, set(members), key) for key in network.nodes]
    return sum(1 / (hops or 1) for hops in near if hops is not None) / len(near)


def m_reach(network: StakeholderNetwork, members: Iterable[str], within: int) -> int:
    """How many are within so many hops."""
    near = [_near(network, set(members), key) for key in network.nodes]
    return sum(hops is not None and hops <= within for hops in near)


def _near(network: StakeholderNetwork, members: set[str], key: str) -> int | None:
    lengths = nx.single_source_shortest_path_length(undirected(network), key)
    return min((hops for other, hops in lengths.items() if other in members), default=None)


def fragmentation(network: StakeholderNetwork, gone: Iterable[str]) -> tuple[float, float]:
    """D_F and F of Borgatti 2006 of what is left."""
    graph = undirected(network).copy()
    graph.remove_nodes_from(gone)
    n = len(graph)
    near = sum(1 / hops for _, lengths in nx.all_pairs_shortest_path_length(graph) for hops in lengths.values() if hops)
    whole = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    return 1 - near / (n * (n - 1)), 1 - whole / (n * (n - 1))


def current_flow(network: StakeholderNetwork) -> dict[str, float]:
    """Newman 2005: put one unit through each pair of each component and add up half of what flows at each other."""
    graph: nx.Graph[str] = nx.Graph(undirected(network))
    graph.remove_edges_from([(a, b) for a, b, data in graph.edges(data=True) if not data["strength"]])
    total = dict.fromkeys(graph, 0.0)
    for part in nx.connected_components(graph):
        keys = sorted(part)
        voltage = np.linalg.pinv(nx.laplacian_matrix(graph.subgraph(keys), keys, weight="strength").toarray())
        place = {key: at for at, key in enumerate(keys)}
        for s, t in combinations(range(len(keys)), 2):
            drop = voltage[:, s] - voltage[:, t]
            for key in keys:
                if place[key] not in (s, t):
                    total[key] += sum(
                        data["strength"] * abs(drop[place[key]] - drop[place[other]]) / 2
                        for other, data in graph.adj[key].items()
                    )
    return total
