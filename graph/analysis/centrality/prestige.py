"""Prestige: being tied to those who are well tied themselves.

    PageRank     x = α Pᵀ x + (1 − α)/n, P the shares of strength that each gives, α = 0.85     (Brin & Page 1998)
    Katz         x = Σ_k (β/λ)^k A^k 1, β = 0.85                                               (Katz 1953)
    eigenvector  A x = λ x                                                                    (Bonacich 1987)

PageRank follows the arcs in their direction; a node without outgoing arcs gives to all alike. A holds the strengths of
the undirected projection and λ is its largest eigenvalue. An eigenvector says nothing outside one component,
so it is computed in the largest, with the highest value 1.
"""

from typing import TYPE_CHECKING

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import by_stakeholder, defined
from graph.networks.network import StakeholderNetwork

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from graph.kernels.adjacency import Floats

DAMPING = 0.85
"""α and β: the customary share of prestige that comes from others."""

CLOSE = 1e-13
"""Iterations end when no value changes by more than this share: below what ranks are rounded to."""

MOST_STEPS = 1_000
"""More than are ever needed: 0.85^200 is already below ``CLOSE``."""

FEW = 50
"""Below this many a full matrix is faster, and ARPACK needs a few more than it is asked for."""


@memoised
def pagerank(network: StakeholderNetwork) -> dict[str, float]:
    """Return the PageRank of every stakeholder, > 0; they sum to 1."""
    import numpy as np

    rows = network.arcs
    n, strength = len(rows), rows.weights["strength"]
    given = np.bincount(rows.row, strength, minlength=n)
    share = np.divide(strength, given[rows.row], out=np.zeros(len(strength)), where=given[rows.row] > 0)
    onwards = rows.matrix(share).T.tocsr()
    value = np.full(n, 1 / max(n, 1))
    for _ in range(MOST_STEPS):
        before = value
        value = DAMPING * (onwards @ value + value[given == 0].sum() / max(n, 1)) + (1 - DAMPING) / max(n, 1)
        if np.abs(value - before).max(initial=0.0) < CLOSE / max(n, 1):
            break
    return by_stakeholder(network, value)


@memoised
def katz_centrality(network: StakeholderNetwork) -> dict[str, float]:
    """Return Katz centrality of every stakeholder, ≥ 1: one without ties has 1."""
    import numpy as np

    matrix = network.edges.matrix(network.edges.weights["strength"])
    n = len(network.nodes)
    value = term = np.ones(n)
    if matrix.sum() > 0:
        largest, _ = _leading(matrix)
        for _ in range(MOST_STEPS):
            term = (DAMPING / largest) * (matrix @ term)
            value = value + term
            if (term < CLOSE * value).all():
                break
    return by_stakeholder(network, value)


@memoised
def eigenvector_centrality(network: StakeholderNetwork) -> dict[str, float | None]:
    """Return eigenvector centrality from 0 to 1 in the largest component; ``None`` for all others.

    ``None`` for all where no component with ties is larger than every other.
    """
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    rows = network.edges
    tied = rows.where(rows.weights["strength"] > 0)
    matrix = tied.matrix(tied.weights["strength"])
    values = np.full(len(rows), np.nan)
    if len(rows):
        _, label = connected_components(matrix, directed=False)
        sizes = np.bincount(label)
        members = np.flatnonzero(label == sizes.argmax())
        if sizes.max() > 1 and (sizes == sizes.max()).sum() == 1:
            _, vector = _leading(matrix[members][:, members])
            values[members] = vector / vector.max()
    return defined(network, values)


def _leading(matrix: "csr_array") -> "tuple[float, Floats]":
    """Return the largest eigenvalue of a symmetric matrix of numbers ≥ 0, and its vector, all of one sign."""
    import numpy as np
    from scipy.sparse.linalg import eigsh

    if matrix.shape[0] < FEW:
        values, vectors = np.linalg.eigh(matrix.toarray())
    else:
        values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(matrix.shape[0]))
    return float(values[-1]), np.abs(vectors[:, -1])
