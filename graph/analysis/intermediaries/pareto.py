"""The Pareto front: whom nobody beats in everything, instead of a sum that hides what it weighs.

One is beaten by another who is at least as good in every measure and better in one (Pareto 1906). All measures are such
that more is better; somebody with an undefined one is not compared.
"""

from collections.abc import Iterable, Mapping

from graph.networks.network import StakeholderNetwork


def pareto_front(measures: Mapping[str, tuple[float | None, ...]]) -> frozenset[str]:
    """Return the keys whose values nobody else's beat; equal values are on the front together or not at all."""
    known = {key: tuple(values) for key, values in measures.items() if None not in values}
    front: list[tuple[float | None, ...]] = []
    # From the best of the first measure on, nobody is beaten by one who comes later, so only the front is looked at.
    for values in sorted(set(known.values()), reverse=True):
        if not any(_at_least(better, values) for better in front):
            front.append(values)
    chosen = set(front)
    return frozenset(key for key, values in known.items() if values in chosen)


def mean_trust(network: StakeholderNetwork) -> dict[str, float | None]:
    """Return how far everybody's ties are trusted: the mean of trust weighted by strength, from 0 to 1.

    ``None`` for somebody without a tie of any strength. Where nobody reported trust the assumed value counts.
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
