"""Harmonic closeness: who reaches everyone in few hops, also where not everyone can be reached.

    H(v) = 1/(n − 1) · Σ_{u ≠ v} 1 / d(v, u)        (Marchiori & Latora 2000; Boldi & Vigna 2014)

with d in hops on the undirected projection and 1/∞ = 0. It is 1 for somebody tied to everyone and 0 for an isolate.
"""

from graph.analysis.ranking import DECIMALS
from graph.analysis.sampling import Sources, sources
from graph.network import StakeholderNetwork


def harmonic_closeness(network: StakeholderNetwork, *, start: Sources | None = None) -> dict[str, float | None]:
    """Return H of every stakeholder, from 0 to 1; ``None`` where there is nobody else (n < 2).

    ``start`` says whom to measure from, by default as many as the budget of ``sampling`` allows; with fewer than
    all, each value is the mean over those.
    """
    graph = network.undirected
    start = start or sources(network)
    neighbours = {node: frozenset(around) for node, around in graph.adjacency()}
    total = dict.fromkeys(graph, 0.0)
    for source in start.ids:
        unseen = set(graph) - {source}
        ring = {source}
        hops = 0
        while ring:
            hops += 1
            ring = set().union(*(neighbours[node] for node in ring)) & unseen
            unseen -= ring
            for node in ring:
                total[node] += 1 / hops
    begun = frozenset(start.ids)
    values: dict[str, float | None] = {}
    for node, value in total.items():
        others = len(begun) - (node in begun)
        values[node] = round(value / others, DECIMALS) if others else None
    return values
