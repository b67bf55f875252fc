"""The Pareto front: those whom nobody beats in all measures, instead of a sum with hidden weights.

One is beaten by another that is at least as good in every measure and better in one (Pareto 1906). More is
better in each; one with an undefined measure is not compared.
"""

from collections.abc import Iterable, Mapping

from graph.networks.network import StakeholderNetwork


def pareto_front(measures: Mapping[str, tuple[float | None, ...]]) -> frozenset[str]:
    """Return the keys whose values no others beat; equal values are on the front together or not at all."""
    known = {key: tuple(values) for key, values in measures.items() if None not in values}
    front: list[tuple[float | None, ...]] = []
    # From the best of the first measure on, nobody is beaten by one who comes later, so only the front is looked at.
    for values in sorted(set(known.values()), reverse=True):
        if not any(_at_least(better, values) for better in front):
            front.append(values)
    chosen = set(front)
    return frozenset(key for key, values in known.items() if values in chosen)


def mean_trust(network: StakeholderNetwork) -> dict[str, float | None]:
    """Return how far each stakeholder's ties are trusted: the mean of trust weighted by strength, from 0 to 1.

    ``None`` for one without a tie of positive strength. Where no report states trust, the assumed value counts.
    """
    import numpy as np

    from graph.analysis.answers.ranking import defined

    rows = network.edges
    strength, trust = rows.weights["strength"], rows.weights["trust"]
    whole = np.bincount(rows.row, strength, minlength=len(rows))
    sums = np.bincount(rows.row, strength * trust, minlength=len(rows))
    return defined(network, np.divide(sums, whole, out=np.full(len(rows), np.nan), where=whole > 0))


def _at_least(one: Iterable[float | None], other: Iterable[float | None]) -> bool:
    return all(a is not None and b is not None and a >= b for a, b in zip(one, other, strict=True))
