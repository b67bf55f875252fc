"""Harmonic closeness: in how few hops a stakeholder reaches the others, defined also where some are unreachable.

    H(v) = 1/(n − 1) · Σ_{u ≠ v} 1 / d(v, u)        (Marchiori & Latora 2000; Boldi & Vigna 2014)

with d in hops on the undirected projection and 1/∞ = 0. It is 1 for one tied to everyone and 0 for an isolate.
"""

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import defined
from graph.analysis.answers.sampling import SampledSources, sampled_sources
from graph.kernels.closeness import reach
from graph.networks.network import StakeholderNetwork


@memoised
def harmonic_closeness(network: StakeholderNetwork, *, start: SampledSources | None = None) -> dict[str, float | None]:
    """Return H of every stakeholder, from 0 to 1; ``None`` where there is nobody else (n < 2).

    ``start`` holds the sources to measure from, by default as many as ``sampling`` allows; with fewer than all, each
    value is the mean over those.
    """
    import numpy as np

    sources = (start or sampled_sources(network)).positions(network)
    near = reach(network.edges, sources=sources).near
    others = np.full(len(near), float(len(sources)))
    others[sources] -= 1
    return defined(network, np.divide(near, others, out=np.full(len(near), np.nan), where=others > 0))
