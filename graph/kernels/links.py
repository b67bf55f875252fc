"""Scores of untied pairs with common contacts: where a tie is likely (Liben-Nowell & Kleinberg 2007).

For i and j with contacts N(i), N(j) and degree k: common |N(i) ∩ N(j)|; Jaccard, common / |N(i) ∪ N(j)|; Adamic-Adar,
Σ 1 / ln k_q; resource allocation, Σ 1 / k_q over the common q (Adamic & Adar 2003; Zhou, Lü & Zhang 2009).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency, Floats, Numbers


@dataclass(frozen=True, slots=True)
class Scores:
    """Pairs and their scores, in the same order."""

    ones: Numbers
    others: Numbers
    common: Floats
    jaccard: Floats
    adamic_adar: Floats
    resource_allocation: Floats


def link_scores(rows: Adjacency, *, ones: npt.ArrayLike | None = None, others: npt.ArrayLike | None = None) -> Scores:
    """Score the pairs given, or every pair that is not tied but has a contact in common.

    A tie to oneself does not count. ``ValueError`` for directed rows, or for one end of the pairs without the other.
    """
    from graph.kernels.compiled import pairs

    if rows.directed or (ones is None) != (others is None):
        raise ValueError("Scores are those of an undirected network; give both ends of each pair, or neither.")
    plain = rows.unlooped
    if ones is None or others is None:
        one, other = pairs.two_apart(plain.offsets, plain.neighbours)
    else:
        one, other = (np.ascontiguousarray(np.asarray(side, np.int32).ravel()) for side in (ones, others))
    return Scores(one, other, *pairs.scores(plain.offsets, plain.neighbours, one, other).T)
