"""Core numbers: how deep a stakeholder lies in the dense part of the network (Seidman 1983).

The k-core is the largest part in which each has k or more contacts within it; the core number of a stakeholder is the
highest k for which it is in the k-core, on the undirected projection.
"""

from graph.analysis.answers.memo import memoised
from graph.networks.network import StakeholderNetwork


@memoised
def core_numbers(network: StakeholderNetwork) -> dict[str, float]:
    """Return the core number of every stakeholder, from 0 (nobody tied) up."""
    from graph.kernels.compiled import cores

    numbers = cores.core_numbers(network.edges.offsets, network.edges.neighbours)
    return dict(zip(network.nodes, numbers.astype(float).tolist(), strict=True))
