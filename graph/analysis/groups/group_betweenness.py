"""Group betweenness: how many pairs of others depend on a group of go-betweens (Everett & Borgatti 1999).

    C_B(S) = Σ_{s < t, s, t ∉ S} σ_st(S) / σ_st

where σ_st(S) counts the shortest routes, in hops on the undirected projection, that meet any member of S. It is
not the sum over the members: routes that meet two of them count once.
"""

from collections.abc import Collection
from dataclasses import dataclass

from graph.networks.network import StakeholderNetwork


@dataclass(frozen=True, slots=True)
class GroupBetweenness:
    """Pairs outside the group whose shortest routes meet it, counted by share, and the number of all such pairs."""

    met: float
    pairs: int

    @property
    def share(self) -> float | None:
        """``met`` / ``pairs``; ``None`` where there is no pair outside the group."""
        return self.met / self.pairs if self.pairs else None


def group_betweenness(network: StakeholderNetwork, members: Collection[str]) -> GroupBetweenness:
    """Return the betweenness of a group. Raises ``KeyError`` for a member the network does not hold."""
    import numpy as np

    from graph.analysis.answers.ranking import rounded
    from graph.kernels.compiled import groups

    rows = network.edges
    inside = np.zeros(len(rows), np.bool_)
    inside[[network.positions[key] for key in sorted(set(members))]] = True
    outside = len(rows) - int(inside.sum())
    met = rounded(np.array([groups.pairs_met(rows.offsets, rows.neighbours, inside)]))[0]
    return GroupBetweenness(met, outside * (outside - 1) // 2)
