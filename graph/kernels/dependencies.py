"""Dependencies on shortest routes from many sources, summed by node and tie (Brandes 2001).

Sources are split into batches whose number depends on the work alone, and batches are added in order, so the result is
the same to the last bit for any number of threads.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency, Floats, Numbers
from graph.kernels.compiling import in_threads

TOLERANCE = 1e-9
"""Routes closer in length than this are equal: far above rounding noise, far below the shortest tie of a network."""

BATCHES = 16
"""Enough for as many cores, each with its own sums; more would cost memory (16 × 8 bytes a node and edge)."""

BATCH_WORK = 2_000_000
"""Edge indices visited in a batch, tens of ms: below that a thread costs more than it gains."""

NONE = np.zeros(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of dependencies: by node, by edge index (or empty), squares by node (or empty)."""

    nodes: Floats
    ties: Floats
    squares: Floats


def follow(  # noqa: PLR0913 - the options of all measures; all but the rows are keywords
    rows: Adjacency,
    *,
    length: str | None = None,
    sources: npt.ArrayLike | None = None,
    factors: Floats | None = None,
    targets: npt.ArrayLike | None = None,
    counts: Floats | None = None,
    endpoint: float = 0.0,
    tolerance: float = TOLERANCE,
    threads: int | None = None,
    ties: bool = False,
    squares: bool = False,
) -> Sums:
    """Follow shortest routes from sources to targets (by default all) and sum the dependencies on each node.

    ``factors`` multiplies what a source gives, ``counts`` is the number of targets at a node. Ordered pairs, raw.
    """
    plain = rows.unlooped
    nodes = len(plain)
    begin = np.arange(nodes, dtype=np.int32) if sources is None else np.asarray(sources, np.int32).ravel()
    weights = np.ones(begin.size) if factors is None else factors
    at_node = np.ones(nodes) if counts is None else counts
    if targets is not None:
        at_node = np.zeros(nodes)
        at_node[np.asarray(targets, np.int64)] = 1.0
    kernel = _by_hops if length is None else _by_length(plain.weights[length], tolerance, nodes)
    batches = max(1, min(BATCHES, begin.size, begin.size * plain.neighbours.size // BATCH_WORK))

    def batch(number: int) -> Sums:
        sums = Sums(
            np.zeros(nodes),
            np.zeros(plain.neighbours.size) if ties else NONE,
            np.zeros(nodes) if squares else NONE,
        )
        mine = slice(number, None, batches)
        kernel(plain, np.ascontiguousarray(begin[mine]), np.ascontiguousarray(weights[mine]), at_node, endpoint, sums)
        return sums

    parts = in_threads(batch, range(batches), threads=threads)
    total = parts[0]
    for sums in parts[1:]:
        for whole, part in ((total.nodes, sums.nodes), (total.ties, sums.ties), (total.squares, sums.squares)):
            np.add(whole, part, out=whole)
    return total


def reverse_edges(rows: Adjacency) -> npt.NDArray[np.int64]:
    """Return, by edge index of undirected rows, the edge index of the same tie in the other row."""
    return np.lexsort((rows.row, rows.neighbours))


Kernel = Callable[[Adjacency, Numbers, Floats, Floats, float, Sums], None]


def _by_hops(rows: Adjacency, sources: Numbers, factors: Floats, counts: Floats, endpoint: float, sums: Sums) -> None:  # noqa: PLR0917 - handed on by position
    from graph.kernels.compiled import hops

    hops.add_dependencies(
        rows.offsets, rows.neighbours, sources, factors, counts, endpoint, sums.nodes, sums.ties, sums.squares
    )


def _by_length(length: Floats, tolerance: float, nodes: int) -> Kernel:
    longest = float(length.max(initial=1.0))
    if not (length.min(initial=np.inf) > tolerance and np.isfinite(longest)):
        raise ValueError(f"Every tie must have a finite length above {tolerance}: shorter ones make routes ambiguous.")
    # Buckets: about one a node; below 16 the heap alone would do, above 16,384 the ring no longer stays in the cache.
    ring = 1 << max(4, min(14, nodes.bit_length()))

    def kernel(rows: Adjacency, sources: Numbers, factors: Floats, counts: Floats, endpoint: float, sums: Sums) -> None:  # noqa: PLR0917 - the same
        from graph.kernels.compiled import lengths

        lengths.add_dependencies(
            rows.offsets,
            rows.neighbours,
            length,
            sources,
            factors,
            counts,
            tolerance,
            (ring - 2) / longest,
            ring,
            endpoint,
            sums.nodes,
            sums.ties,
            sums.squares,
        )

    return kernel
