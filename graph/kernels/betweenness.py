"""Betweenness of nodes and ties on shortest routes (Freeman 1977; Brandes 2001, 2008): exact, by subset, sampled.

    C_B(v) = Σ_{s ∈ S, t ∈ T, s ≠ v ≠ t} σ_st(v) / σ_st

raw: over pairs {s, t} where rows are undirected, over ordered pairs where they are directed. Exact values of an
undirected network are counted block by block (see ``blocks``): pendants and chains cost nothing, and values stay exact.
"""

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency, Floats
from graph.kernels.blocks import Apart, Blocks, take_apart
from graph.kernels.dependencies import TOLERANCE, Sums, follow, reverse_edges

__all__ = ["TOLERANCE", "Estimate", "betweenness", "sampled_betweenness", "tie_betweenness"]


def betweenness(
    rows: Adjacency,
    *,
    length: str | None = None,
    sources: npt.ArrayLike | None = None,
    targets: npt.ArrayLike | None = None,
    tolerance: float = TOLERANCE,
    threads: int | None = None,
) -> Floats:
    """Return raw betweenness by node.

    ``length`` names the weight (> ``tolerance``) that is a tie's length; ``None`` counts hops. With ``sources`` or
    ``targets`` only routes from the one to the other count; undirected routes that are met from both ends then count
    half from each, as in NetworkX. Raises ``ValueError`` for a length that is not above ``tolerance``, or not finite.
    """
    half = 1.0 if rows.directed else 0.5
    if sources is not None or targets is not None or rows.directed:
        return (
            half
            * follow(rows, length=length, sources=sources, targets=targets, tolerance=tolerance, threads=threads).nodes
        )
    blocks = Blocks.of(rows)
    apart = take_apart(blocks)
    sums = _follow_within(apart, length=length, tolerance=tolerance, threads=threads)
    return blocks.separated + half * np.bincount(apart.node, sums.nodes, minlength=len(rows))


def tie_betweenness(
    rows: Adjacency,
    *,
    length: str | None = None,
    sources: npt.ArrayLike | None = None,
    targets: npt.ArrayLike | None = None,
    tolerance: float = TOLERANCE,
    threads: int | None = None,
) -> Floats:
    """Return raw betweenness by edge index, the same at both of an undirected tie (Girvan & Newman 2002).

    Options and errors as in ``betweenness``. A tie to oneself has 0.
    """
    plain = rows.unlooped
    if sources is not None or targets is not None or rows.directed:
        values = follow(
            plain, length=length, sources=sources, targets=targets, tolerance=tolerance, threads=threads, ties=True
        ).ties
    else:
        apart = take_apart(Blocks.of(rows))
        within = _follow_within(apart, length=length, tolerance=tolerance, threads=threads, ties=True).ties
        bridge = apart.members[apart.rows.row] == 2
        within[bridge] = (apart.count[apart.rows.row] * apart.count[apart.rows.neighbours])[bridge]
        values = np.empty_like(within)
        values[apart.edge] = within
    if not rows.directed:
        values = (values + values[reverse_edges(plain)]) / 2
    if plain is rows:
        return values
    whole = np.zeros(rows.neighbours.size)
    whole[rows.row != rows.neighbours] = values
    return whole


def _follow_within(
    apart: Apart, *, length: str | None, tolerance: float, threads: int | None, ties: bool = False
) -> Sums:
    """Follow routes within each block of three or more, each node counting for all it stands for."""
    inner = np.flatnonzero(apart.members > 2)
    return follow(
        apart.rows,
        length=length,
        sources=inner,
        factors=apart.count[inner],
        counts=apart.count,
        tolerance=tolerance,
        threads=threads,
        ties=ties,
    )


@dataclass(frozen=True, slots=True)
class Estimate:
    """Betweenness from a sample, as a share of the pairs of others, and how far off it can be.

    All values are within ``error`` of the exact ones at once, with probability 1 − ``doubt``. ``errors`` bounds each
    value by its own sums, again all at once.
    """

    values: Floats
    errors: Floats
    error: float
    doubt: float
    sources: int


def sampled_betweenness(
    rows: Adjacency,
    *,
    count: int,
    length: str | None = None,
    doubt: float = 0.1,
    seed: int = 1,
    tolerance: float = TOLERANCE,
    threads: int | None = None,
) -> Estimate:
    """Estimate betweenness / number of pairs of others from ``count`` sources drawn with replacement.

    What a source gives a node, divided by n − 2 and scaled by n / (n − 1), lies in [0, n / (n − 1)] and has the exact
    share as its mean (Brandes & Pich 2007). So |estimate − exact| ≤ b √(ln(2n/δ) / 2k) for all n nodes with probability
    1 − δ (Hoeffding 1963 and the union bound); and with s² the variance seen, ≤ √(2 s² ln(4n/δ) / k) + 7 b ln(4n/δ) /
    3 (k − 1) (Maurer & Pontil 2009). Half of ``doubt`` goes to each; ``errors`` is the smaller of the two by node.
    Raises ``ValueError`` for fewer than 3 nodes, 2 sources, or a doubt outside (0, 1).
    """
    nodes = len(rows)
    if nodes < 3 or count < 2 or not 0 < doubt < 1:
        raise ValueError("A sample needs at least 3 nodes and 2 sources, and a doubt between 0 and 1.")
    drawn = np.random.default_rng(seed).integers(0, nodes, count)
    sums = follow(rows, length=length, sources=drawn, tolerance=tolerance, threads=threads, squares=True)
    most = nodes / (nodes - 1)
    scale = most / (nodes - 2)
    mean = sums.nodes * (scale / count)
    variance = np.maximum(0.0, (sums.squares * scale**2 - count * mean**2) / (count - 1))
    error = most * sqrt(log(4 * nodes / doubt) / (2 * count))
    doubts = log(8 * nodes / doubt)
    each = np.sqrt(2 * variance * doubts / count) + 7 * most * doubts / (3 * (count - 1))
    return Estimate(mean, np.minimum(error, each), error, doubt, count)
