"""Cores: how deep somebody is in the thick of the network (Seidman 1983).

The k-core is the largest part in which everybody has k contacts or more within it; the core number of a stakeholder is
the highest k for which it is in the k-core, on the undirected projection.
"""

from graph.analysis.answers.memo import kept
from graph.networks.network import StakeholderNetwork


@kept
def core_numbers(network: StakeholderNetwork) -> dict[str, float]:
    """Return the core number of every stakeholder, from 0 (nobody tied) up."""
    import networkx as nx

    return {key: float(number) for key, number in nx.core_number(network.undirected).items()}
