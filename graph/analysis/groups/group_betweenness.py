"""Group betweenness: between how many others a team of go-betweens stands (Everett & Borgatti 1999).

    C_B(S) = Σ_{s < t, s, t ∉ S} σ_st(S) / σ_st

where σ_st(S) counts the shortest routes, in hops on the undirected projection, that meet anybody of S. It is not
the sum of what each has: routes that meet two of them count once.
"""

from collections.abc import Collection
from dataclasses import dataclass

from graph.networks.network import StakeholderNetwork


@dataclass(frozen=True, slots=True)
class GroupBetweenness:
    """Pairs outside the group whose shortest routes meet it, by their share, out of how many pairs there are."""

    met: float
    pairs: int

    @property
    def share(self) -> float | None:
        """The one by the other; ``None`` where there is no pair outside the group."""
        return self.met / self.pairs if self.pairs else None


def group_betweenness(network: StakeholderNetwork, members: Collection[str]) -> GroupBetweenness:
    """Return the betweenness of a group. Raises ``KeyError`` for a member the network does not hold."""
    import numpy as np

    from graph.analysis.answers.ranking import rounded
    from graph.kernels.compiled import groups

    rows, place = network.edges, {key: at for at, key in enumerate(network.nodes)}
    inside = np.zeros(len(rows), np.bool_)
    inside[[place[key] for key in sorted(set(members))]] = True
    outside = len(rows) - int(inside.sum())
    met = rounded(np.array([groups.pairs_met(rows.offsets, rows.neighbours, inside)]))[0]
    return GroupBetweenness(met, outside * (outside - 1) // 2)
