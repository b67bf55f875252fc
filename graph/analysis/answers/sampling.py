"""The sources that shortest routes are followed from: everybody, or a seeded sample where that is too much work.

Exact shortest-route measures cost (sources × ties). Beyond a budget they start from k stakeholders drawn without
replacement and the sums are scaled by n/k, which estimates the exact value without bias (Brandes & Pich 2007). The
draw depends on a fixed seed and the sorted ids alone, so the same network gives the same answer.
"""

import random
from bisect import bisect_left
from dataclasses import dataclass
from math import log, sqrt

from graph.errors import TooLarge
from graph.networks.network import StakeholderNetwork

WORK = 200_000_000
"""Budget of (sources × directed ties). 4,000 stakeholders with 18,000 ties take 160 million and stay exact; at 10 to 30
ns a step, the two betweenness measures together then end within some ten seconds of one core on any network."""

SEED = 20_071_009
"""Any fixed number does: it makes the sample repeatable, nothing else."""

DOUBT = 0.1
"""How likely the bound stated on an estimate may fail: the usual one in ten."""


@dataclass(frozen=True, slots=True)
class SampledSources:
    """The stakeholders that shortest routes are followed from. ``scale`` is n/k, 1.0 where none was left out."""

    ids: tuple[str, ...]
    scale: float

    @property
    def exact(self) -> bool:
        """Whether every stakeholder is among the sources."""
        return self.scale == 1.0

    def positions(self, network: StakeholderNetwork) -> list[int]:
        """Return the positions of the sources among the nodes of the network."""
        node_ids = network.ties.node_ids
        return [bisect_left(node_ids, key) for key in self.ids]

    def error(self) -> float:
        """Return how far a normalised betweenness can be off: all at once, with a probability of 1 − ``DOUBT``.

        What one source adds, as a share of the pairs of others, lies in [0, n / (n − 1)], so by Hoeffding (1963, whose
        section 6 holds without replacement) and the union bound |error| ≤ n / (n − 1) · √(ln(2n / δ) / 2k).
        """
        nodes = round(self.scale * len(self.ids))
        if self.exact or nodes < 2:
            return 0.0
        return nodes / (nodes - 1) * sqrt(log(2 * nodes / DOUBT) / (2 * len(self.ids)))


def check_work(network: StakeholderNetwork, sources: int | None = None) -> None:
    """Raise ``TooLarge`` where following routes from so many sources, by default all, exceeds the budget."""
    cost = len(network.edges.neighbours) + len(network.nodes)
    count = len(network.nodes) if sources is None else sources
    if count * cost > WORK:
        raise TooLarge(
            f"Following routes from {count:,} of {len(network.nodes):,} stakeholders is past {WORK:,} steps.",
            cure="Narrow the question to an area or to some categories.",
        )


def sampled_sources(network: StakeholderNetwork, *, work: int | None = None) -> SampledSources:
    """Choose the sources for a network within a budget of (sources × directed ties), by default ``WORK``."""
    ids = network.ties.node_ids
    cost = max(1, len(network.edges.neighbours) + len(ids))
    count = max(1, (WORK if work is None else work) // cost)
    if count >= len(ids):
        return SampledSources(ids, 1.0)
    return SampledSources(tuple(sorted(random.Random(SEED).sample(ids, count))), len(ids) / count)  # noqa: S311 - no secret
