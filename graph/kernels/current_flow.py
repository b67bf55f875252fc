"""Current-flow (random-walk) betweenness: all routes count, not only the shortest (Newman 2005).

Unit current enters at s and leaves at t, ties conduct by their strength. With T = L⁺ (any inverse of the Laplacian on
vectors that sum to 0), the current in tie (v, u) is a_vu (T_vs − T_vt − T_us + T_ut), and

    C(v) = Σ_{s < t, s ≠ v ≠ t} ½ Σ_u |I_vu|

raw, within each component. For one tie Σ_{s<t} |x_s − x_t| over the n values x = T_v − T_u comes from sorting them
(Brandes & Fleischer 2005), so the whole costs O(n³ + m n log n).
"""

import numpy as np

from graph.kernels.adjacency import Adjacency, Floats
from graph.kernels.compiling import in_threads

LARGEST = 5_000
"""Stakeholders in one component: its inverse is dense, so memory grows with their square and time with their cube."""


def current_flow_betweenness(
    rows: Adjacency, *, strength: str | None = None, largest: int = LARGEST, threads: int | None = None
) -> Floats:
    """Return raw current-flow betweenness by node, from 0 to (n − 1)(n − 2) / 2 of its component's n.

    ``strength`` names the weight that conducts (> 0); ``None`` counts every tie as 1. Pairs in different components
    have no current and add nothing. ``ValueError`` for directed rows, a strength that is not above 0, or a component
    of more than ``largest``.
    """
    from scipy.sparse.csgraph import connected_components

    if rows.directed:
        raise ValueError("Current flows in an undirected network: pass the undirected projection.")
    plain = rows.unlooped
    amount = np.ones(plain.neighbours.size) if strength is None else plain.weights[strength]
    if not (amount.min(initial=np.inf) > 0 and np.isfinite(amount).all()):
        raise ValueError("Every tie must conduct: its strength must be above 0.")
    _, label = connected_components(plain.matrix(np.ones(plain.neighbours.size)), directed=False)
    total = np.zeros(len(plain))
    for component in np.flatnonzero(np.bincount(label) > 2):
        members = np.flatnonzero(label == component)
        if members.size > largest:
            raise ValueError(f"A component has {members.size} stakeholders; current flow is computed up to {largest}.")
        total[members] = _of_component(plain, amount, members, threads)
    return total


def _of_component(rows: Adjacency, amount: Floats, members: np.typing.NDArray[np.int64], threads: int | None) -> Floats:
    from scipy.linalg import cho_factor, cho_solve

    n = members.size
    local = np.full(len(rows), -1, np.int64)
    local[members] = np.arange(n)
    mine = (local[rows.row] >= 0) & (rows.row < rows.neighbours)
    one, other, conducts = local[rows.row[mine]], local[rows.neighbours[mine]], amount[mine]
    laplacian = np.zeros((n, n))
    laplacian[one, other] = laplacian[other, one] = -conducts
    laplacian[np.arange(n), np.arange(n)] = -laplacian.sum(axis=1)
    # Adding a constant to every entry makes it positive definite and changes nothing on vectors that sum to 0; of the
    # size of the entries it keeps the condition as it is.
    laplacian += laplacian.trace() / n**2
    inverse = cho_solve(cho_factor(laplacian, overwrite_a=True, check_finite=False), np.eye(n), check_finite=False)
    rank = 2.0 * np.arange(n) - n + 1

    def through(batch: slice) -> Floats:
        flows = np.zeros(n)
        potential = inverse[one[batch]] - inverse[other[batch]]
        # Σ_{s<t} |x_s − x_t| over all pairs, less those with the node itself as an end: Σ_t |x_v − x_t|.
        whole = np.sort(potential, axis=1) @ rank
        for end in (one[batch], other[batch]):
            own = potential[np.arange(end.size), end]
            flows += np.bincount(
                end, conducts[batch] * (whole - np.abs(potential - own[:, None]).sum(axis=1)), minlength=n
            )
        return flows

    width = max(1, 4_000_000 // n)  # 32 MB a batch
    parts = in_threads(through, [slice(at, at + width) for at in range(0, one.size, width)], threads=threads)
    return np.asarray(sum(parts, np.zeros(n)) / 2, np.float64)
