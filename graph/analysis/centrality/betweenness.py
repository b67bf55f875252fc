"""Betweenness: how many pairs of others have a stakeholder on their shortest routes.

    C_B(v) = Σ_{s < t, s ≠ v ≠ t} σ_st(v) / σ_st        (Freeman 1977)

where σ_st counts the shortest routes between s and t and σ_st(v) those through v. The sums are built by Brandes'
accumulation of dependencies (Brandes 2001). Routes are on the undirected projection: either in hops, or in distance
d = −ln r, where the shortest route is the most reliable one.

Routes whose lengths differ by less than ``TOLERANCE`` count as equally short, unlike with bare floating-point sums: the
same ties added in another order are the same length, so neither the order of ids nor the direction walked decides.
"""

from collections.abc import Collection

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import by_stakeholder, rounded
from graph.analysis.answers.sampling import SampledSources, sampled_sources
from graph.kernels import betweenness as kernel
from graph.kernels.betweenness import TOLERANCE
from graph.kernels.dependencies import follow
from graph.networks.network import StakeholderNetwork

__all__ = ["TOLERANCE", "betweenness", "normalised", "subset_betweenness", "tie_betweenness"]


@memoised
def betweenness(
    network: StakeholderNetwork, *, distance: str | None = None, start: SampledSources | None = None
) -> dict[str, float]:
    """Return the raw betweenness of every stakeholder: a number of pairs of others, from 0 to (n − 1)(n − 2) / 2.

    ``distance`` names the edge attribute (> 0) that is a tie's length; ``None`` counts hops. ``start`` holds
    the sources to follow routes from, by default as many as the budget of ``sampling`` allows.
    """
    start = start or sampled_sources(network)
    rows = network.edges
    if start.exact:
        return by_stakeholder(network, kernel.betweenness(rows, length=distance))
    sums = follow(rows, length=distance, sources=start.positions(network)).nodes
    return by_stakeholder(network, sums * (start.scale / 2))  # every pair can be met from both its ends, hence the half


def subset_betweenness(
    network: StakeholderNetwork,
    *,
    sources: Collection[str],
    targets: Collection[str],
    distance: str | None = None,
) -> dict[str, float]:
    """Return, by stakeholder, how many pairs of a source and a target have their shortest routes through it.

        C(v) = Σ_{ {s, t}: s ∈ S, t ∈ T, s ≠ v ≠ t } σ_st(v) / σ_st        (Brandes 2008)

    A pair counts once, also where both of it are in S and in T, so S = T = V gives betweenness; at most |S| · |T|.
    ``distance`` as in ``betweenness``. Raises ``KeyError`` for a stakeholder the network does not hold.
    """
    positions = network.positions
    begin, end = ([positions[key] for key in sorted(set(chosen))] for chosen in (sources, targets))
    rows = network.edges
    sums = follow(rows, length=distance, sources=begin, targets=end).nodes
    if both := sorted(set(begin) & set(end)):
        sums = sums - follow(rows, length=distance, sources=both, targets=both).nodes / 2
    return by_stakeholder(network, sums)


@memoised
def tie_betweenness(network: StakeholderNetwork, *, distance: str | None = None) -> dict[tuple[str, str], float]:
    """Return how many pairs have their shortest routes over each tie, the smaller id of its ends first.

        C_B(e) = Σ_{s < t} σ_st(e) / σ_st        (Girvan & Newman 2002)

    From 0 to n² / 4; a bridge between parts of a and b stakeholders has a · b. ``distance`` as in ``betweenness``.
    """
    rows, ids = network.edges, network.ties.node_ids
    values = rounded(kernel.tie_betweenness(rows, length=distance))
    ends = zip(rows.row.tolist(), rows.neighbours.tolist(), values, strict=True)
    return {(ids[one], ids[other]): value for one, other, value in ends if one < other}


def normalised(value: float, stakeholders: int) -> float | None:
    """Return raw betweenness as a share of the pairs of others, (n − 1)(n − 2) / 2; ``None`` where there are none."""
    pairs = (stakeholders - 1) * (stakeholders - 2) / 2
    return min(1.0, value / pairs) if pairs > 0 else None
