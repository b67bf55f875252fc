"""Agreement of two groupings of the same stakeholders, such as communities and declared categories."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import comb, log

FEW = 0.3
MUCH = 0.7
"""Adjusted Rand index below which a sentence says little agreement, and from which it says much."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far communities agree with ``groups`` over the number of ``stakeholders`` that have both.

    ``nmi`` is from 0 to 1, ``ari`` at most 1 and 0 on average by chance; ``None`` with the reason in ``undefined``.
    """

    groups: str
    stakeholders: int
    nmi: float | None
    ari: float | None
    undefined: str | None
    sentence: str


def agreement(groups: str, one: Mapping[str, str], other: Mapping[str, str]) -> Agreement:
    """Return how far two groupings agree over the keys that both have.

    Normalised mutual information is 2 I(U; V) / (H(U) + H(V)) (Strehl & Ghosh 2002, with the mean of both entropies);
    the adjusted Rand index is (Σ C(n_ij, 2) − E) / ((A + B) / 2 − E) with A = Σ C(a_i, 2), B = Σ C(b_j, 2) and
    E = A B / C(n, 2) (Hubert & Arabie 1985). Both are undefined where each grouping is one group, or where neither
    puts any two together: there is then nothing to compare.
    """
    shared = sorted(one.keys() & other.keys())
    n = len(shared)
    cells = Counter((one[key], other[key]) for key in shared)
    rows, columns = (Counter(grouping[key] for key in shared) for grouping in (one, other))
    pairs, across, down = (sum(comb(size, 2) for size in sizes.values()) for sizes in (cells, rows, columns))
    chance = across * down / comb(n, 2) if n > 1 else 0.0
    most = (across + down) / 2
    if most == chance:
        why = "Each grouping is a single group, or neither puts any two together: there is nothing to compare."
        return Agreement(groups, n, None, None, why, f"Communities cannot be compared with {groups}. {why}")
    entropy = sum(_entropy(sizes, n) for sizes in (rows, columns))
    nmi = 2 * (1 - _entropy(cells, n) / entropy)
    ari = (pairs - chance) / (most - chance)
    how = "little" if ari < FEW else "much" if ari >= MUCH else "in part"
    figures = f"adjusted Rand index {ari:.2f}, normalised mutual information {nmi:.2f}"
    sentence = f"Communities and {groups} agree {how} ({figures})."
    return Agreement(groups, n, max(nmi, 0.0), ari, None, sentence)


def _entropy(sizes: Counter[str] | Counter[tuple[str, str]], total: int) -> float:
    return -sum(size / total * log(size / total) for size in sizes.values())
