"""Structural holes: how far a stakeholder's contacts are not tied to one another (Burt 1992).

With a_ij the weight of the tie between i and j (0 where there is none), over the contacts j of i:

    p_ij = a_ij / Σ_k a_ik                                     share of i's effort that goes to j
    m_jq = a_jq / max_k a_jk                                   how near q is to j, j's nearest contact being 1
    constraint      C_i  = Σ_j (p_ij + Σ_{q ≠ i,j} p_iq p_qj)²
    effective size  ES_i = Σ_j (1 − Σ_{q ≠ i,j} p_iq m_jq)
    efficiency      ES_i / n_i,  n_i the number of contacts
    hierarchy       H_i  = Σ_j x_j ln x_j / (n_i ln n_i),  x_j = c_ij / (C_i / n_i), c_ij the j-th term of constraint

Weights are strengths, never distances. Only ratios matter: all weights times a constant change nothing. Low constraint
means free to broker; with two contacts who know each other it can exceed 1 and is left so (Everett & Borgatti 2020).
Hierarchy is 0 where all contacts constrain alike and 1 where one does it all, as with a single contact.
"""

from dataclasses import dataclass

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import defined
from graph.kernels import structural_holes as kernel
from graph.networks.network import StakeholderNetwork


@dataclass(frozen=True, slots=True)
class StructuralHoles:
    """Burt's four measures of one stakeholder; ``None`` where it has no tie of any weight."""

    constraint: float | None
    effective_size: float | None
    efficiency: float | None
    hierarchy: float | None


@memoised
def structural_holes(network: StakeholderNetwork, *, weight: str | None = None) -> dict[str, StructuralHoles]:
    """Return Burt's measures for every stakeholder on the undirected projection.

    ``weight`` names the edge attribute (≥ 0) that is a tie's strength; ``None`` counts every tie as 1. A tie of weight
    0 is none. Costs, for each tie, the contacts of the end that has fewer.
    """
    import numpy as np

    rows = network.edges
    holes = kernel.structural_holes(rows, weight=weight)
    counts = np.ones(len(rows.neighbours)) if weight is None else rows.weights[weight] > 0
    contacts = np.bincount(rows.row, counts, minlength=len(rows))
    efficiency = np.divide(holes.effective_size, contacts, out=np.full(len(rows), np.nan), where=contacts > 0)
    columns = (holes.constraint, holes.effective_size, efficiency, holes.hierarchy)
    by_measure = zip(*(defined(network, column).values() for column in columns), strict=True)
    return {key: StructuralHoles(*values) for key, values in zip(network.nodes, by_measure, strict=True)}
