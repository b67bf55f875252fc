"""Closeness: sums over sources of distance and of its inverse (Marchiori & Latora 2000)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency, Floats
from graph.kernels.compiling import in_threads

BATCHES = 16
"""Fixed, so that sums are the same for any number of threads."""


@dataclass(frozen=True, slots=True)
class Reach:
    """By node: Σ 1/d and Σ d over the sources that reach it, and their number; the node itself is not among them."""

    near: Floats
    far: Floats
    reached: Floats


def reach(
    rows: Adjacency, *, length: str | None = None, sources: npt.ArrayLike | None = None, threads: int | None = None
) -> Reach:
    """Measure how near each node is to the sources (by default all), towards the node where rows are directed.

    ``length`` names the weight (> 0) that is a tie's length; ``None`` counts hops. ``ValueError`` for others.
    """
    from graph.kernels.compiled import reach as kernels

    begin = np.arange(len(rows), dtype=np.int32) if sources is None else np.asarray(sources, np.int32).ravel()
    if length is not None and not rows.weights[length].min(initial=np.inf) > 0:
        raise ValueError("Every tie must be longer than 0.")
    backwards = rows.reversed

    def batch(mine: npt.NDArray[np.int32]) -> Reach:
        sums = Reach(np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows)))
        mine = np.ascontiguousarray(mine)
        if length is None:
            kernels.add_hops(backwards.offsets, backwards.neighbours, mine, sums.near, sums.far, sums.reached)
        else:
            kernels.add_lengths(
                rows.offsets, rows.neighbours, rows.weights[length], mine, sums.near, sums.far, sums.reached
            )
        return sums

    # Multiples of 64, as the kernel follows 64 sources at once.
    width = 64 * max(1, -(-begin.size // (64 * BATCHES)))
    parts = in_threads(batch, [begin[at : at + width] for at in range(0, begin.size, width)], threads=threads)
    total = Reach(np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows)))
    for sums in parts:
        for whole, part in ((total.near, sums.near), (total.far, sums.far), (total.reached, sums.reached)):
            np.add(whole, part, out=whole)
    return total
