"""Structural holes: who stands between contacts that do not know one another (Burt 1992).

With a_ij the weight of the tie between i and j (0 where there is none), over the contacts j of i:

    p_ij = a_ij / Σ_k a_ik                                     share of i's effort that goes to j
    m_jq = a_jq / max_k a_jk                                   how near q is to j, j's nearest contact being 1
    constraint      C_i  = Σ_j (p_ij + Σ_{q ≠ i,j} p_iq p_qj)²
    effective size  ES_i = Σ_j (1 − Σ_{q ≠ i,j} p_iq m_jq)
    efficiency      ES_i / n_i,  n_i the number of contacts

Weights are strengths, never distances. Only ratios matter: all weights times a constant change nothing. Low constraint
means free to broker; with two contacts who know each other it can exceed 1 and is left so (Everett & Borgatti 2020).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.ranking import DECIMALS
from graph.network import StakeholderNetwork


@dataclass(frozen=True, slots=True)
class StructuralHoles:
    """Burt's three measures of one stakeholder; ``None`` where it has no tie of any weight."""

    constraint: float | None
    effective_size: float | None
    efficiency: float | None


def structural_holes(network: StakeholderNetwork, *, weight: str | None = None) -> dict[str, StructuralHoles]:
    """Return Burt's measures for every stakeholder on the undirected projection.

    ``weight`` names the edge attribute (≥ 0) that is a tie's strength; ``None`` counts every tie as 1. A tie of weight
    0 is none. Costs, for each tie, the contacts of the end that has fewer.
    """
    tied = {
        node: {
            other: amount
            for other, data in around.items()
            if (amount := 1.0 if weight is None else float(data[weight])) > 0
        }
        for node, around in network.undirected.adjacency()
    }
    total = {node: sum(contacts.values()) for node, contacts in tied.items()}
    most = {node: max(contacts.values(), default=0.0) for node, contacts in tied.items()}
    return {node: _measures(node, tied, total, most) for node in tied}


def _measures(
    node: str, tied: Mapping[str, Mapping[str, float]], total: Mapping[str, float], most: Mapping[str, float]
) -> StructuralHoles:
    contacts = tied[node]
    if not contacts:
        return StructuralHoles(None, None, None)
    constraint = 0.0
    redundancy = 0.0
    for contact, amount in contacts.items():
        around = tied[contact]
        fewer, other = (contacts, around) if len(contacts) <= len(around) else (around, contacts)
        through = 0.0
        for shared in fewer:
            if shared in other:
                share = contacts[shared] / total[node]
                through += share * tied[shared][contact] / total[shared]
                redundancy += share * around[shared] / most[contact]
        constraint += (amount / total[node] + through) ** 2
    size = len(contacts) - redundancy
    return StructuralHoles(round(constraint, DECIMALS), round(size, DECIMALS), round(size / len(contacts), DECIMALS))
