"""Communities: stakeholders closely tied among themselves, by the consensus of many seeded runs.

Each run finds communities of high modularity in the undirected projection, weighed by strength (Leiden: Traag, Waltman
& van Eck 2019), from its own seed. The share of runs that put two tied stakeholders together weighs their tie in a new
network, in which the same is done until all runs agree (consensus: Lancichinetti & Fortunato 2012; on tied pairs alone:
Tandon et al. 2019). The strength of a membership is the share of the first runs that put the member together with the
others of its community, on average. Modularity does not see communities much smaller than the network allows (Fortunato
& Barthélemy 2007).

A community is named after its member of the smallest id. Ids are given in the order of recording, so newcomers do not
rename it; from one day to another ``matched`` carries the names over.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import rounded
from graph.kernels.adjacency import Adjacency, Positions
from graph.networks.network import StakeholderNetwork

RUNS = 50
"""Seeds of each round: the share of runs that put two together is then known to ± 0.14 or better (95 %)."""

ROUNDS = 20
"""Runs agree after two to four rounds; if they never do, the first run of the last round decides."""

TOGETHER = 0.5
"""Ties whose ends are together in a smaller share of runs than this are dropped before the next round."""


@dataclass(frozen=True, slots=True)
class Community:
    """One community: its members by id, sorted, with the strength of each membership, from 0 to 1."""

    id: str
    members: tuple[str, ...]
    strengths: tuple[float, ...]


@memoised
def communities(network: StakeholderNetwork, *, resolution: float = 1.0, runs: int = RUNS) -> tuple[Community, ...]:
    """Return the communities of two or more, the largest first, then by id.

    ``resolution`` (> 0) above 1 gives smaller communities, below 1 larger ones. A stakeholder without a
    tie of positive strength is in none.
    """
    import numpy as np

    rows = network.edges
    tied = rows.where(rows.weights["strength"] > 0)
    tied = Adjacency(tied.offsets, tied.neighbours, {"together": tied.weights["strength"]})
    if not len(tied.neighbours):
        return ()
    first = labels = _runs(tied, resolution, runs)
    for _ in range(ROUNDS):
        together = np.mean(labels[:, tied.row] == labels[:, tied.neighbours], axis=0)
        if np.isin(together, (0.0, 1.0)).all():
            break
        tied = Adjacency(tied.offsets, tied.neighbours, {"together": together}).where(together >= TOGETHER)
        labels = _runs(tied, resolution, runs)
    return _named(network, labels[0], first)


def community_groups(network: StakeholderNetwork, *, resolution: float = 1.0) -> dict[str, str]:
    """Return the community id of every stakeholder; one in none forms a group of its own, named after itself."""
    groups = {key: key for key in network.nodes}
    for community in communities(network, resolution=resolution):
        groups |= dict.fromkeys(community.members, community.id)
    return groups


def matched(before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return, for communities of a later day, the earlier name of each, so that it keeps its colour.

    Pairs are matched by the largest share of members in common, |A ∩ B| / |A ∪ B| (Jaccard 1912), then by name; each
    name is used once, and a community that shares no member with an earlier one is left out.
    """
    shares = sorted(
        (-len(old & new) / len(old | new), was, now)
        for was, old in before.items()
        for now, new in after.items()
        if old & new
    )
    names: dict[str, str] = {}
    for _, was, now in shares:
        if now not in names and was not in names.values():
            names[now] = was
    return names


def _runs(rows: Adjacency, resolution: float, runs: int) -> Positions:
    """Return the community of each node in each run, one row for each run."""
    import numpy as np
    from graspologic_native import leiden_csr

    n = len(rows)
    weight = np.ascontiguousarray(rows.weights["together"])
    labels = np.tile(np.arange(n, 2 * n, dtype=np.int64), (runs, 1))  # a node without ties is alone
    for seed in range(runs):
        if len(rows.neighbours):
            _, found = leiden_csr(
                rows.offsets, rows.neighbours, weight, n, resolution=resolution, iterations=2, seed=seed
            )
            tied = np.array([node for node in found if rows.offsets[node] < rows.offsets[node + 1]], np.int64)
            labels[seed, tied] = [found[node] for node in tied.tolist()]
    return labels


def _named(network: StakeholderNetwork, label: Positions, runs: Positions) -> tuple[Community, ...]:
    import numpy as np

    ids, found = network.ties.node_ids, []
    order = np.argsort(label, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        if len(members) > 1:
            together = np.zeros(len(members))
            for run in runs[:, members]:
                _, which, sizes = np.unique(run, return_inverse=True, return_counts=True)
                together += (sizes[which] - 1) / (len(members) - 1)
            keys = tuple(ids[at] for at in members)
            found.append(Community(keys[0], keys, tuple(rounded(together / len(runs)))))
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.id)))
