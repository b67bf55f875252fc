"""Bridging measures: which stakeholders link dense parts, rather than being central within one.

    bridging centrality  C_B(v) · β(v),  β(v) = (1/k_v) / Σ_{u ∈ N(v)} 1/k_u       (Hwang et al. 2006)
    bridgeness           Σ_{s < t, s, t ∉ N(v)} σ_st(v) / σ_st                     (Jensen et al. 2016)

with k the number of contacts and N(v) the contacts of v; routes are those of fewest hops on the undirected projection.
Bridgeness is betweenness without the pairs that include one's own contact: only links between distant parts count.
"""

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import by_stakeholder, defined
from graph.analysis.centrality.betweenness import betweenness
from graph.networks.network import StakeholderNetwork


@memoised
def bridging_centrality(network: StakeholderNetwork) -> dict[str, float | None]:
    """Return bridging centrality (≥ 0) of every stakeholder; ``None`` for one without ties."""
    import numpy as np

    rows = network.edges
    contacts = np.diff(rows.offsets).astype(np.float64)
    inverse = np.divide(1.0, contacts, out=np.zeros(len(rows)), where=contacts > 0)
    around = np.bincount(rows.row, inverse[rows.neighbours], minlength=len(rows))
    share = np.divide(inverse, around, out=np.full(len(rows), np.nan), where=contacts > 0)
    return defined(network, share * np.fromiter(betweenness(network).values(), np.float64, len(rows)))


@memoised
def bridgeness(network: StakeholderNetwork) -> dict[str, float]:
    """Return bridgeness of every stakeholder: a number of pairs of others, from 0 to its betweenness in hops."""
    from graph.kernels.compiled import groups

    rows = network.edges
    return by_stakeholder(network, groups.bridgeness(rows.offsets, rows.neighbours) / 2)
