"""Structural holes: constraint, effective size and hierarchy of all nodes in one pass (Burt 1992)."""

from dataclasses import dataclass

import numpy as np

from graph.kernels.adjacency import Adjacency, Floats


@dataclass(frozen=True, slots=True)
class Holes:
    """Burt's measures by node; nan without a tie of positive weight to another."""

    constraint: Floats
    effective_size: Floats
    hierarchy: Floats


def structural_holes(rows: Adjacency, *, weight: str | None = None) -> Holes:
    """Measure structural holes; of directed rows the weights of both directions are added up first.

    With p_ij = a_ij / Σ_k a_ik and m_jq = a_jq / max_k a_jk over the mutual weights a, N_i the contacts of i:

        c_ij = (p_ij + Σ_{q ≠ i,j} p_iq p_qj)²,  constraint C_i = Σ_j c_ij
        effective size = Σ_j (1 − Σ_{q ≠ i,j} p_iq m_jq)
        hierarchy = Σ_j (c_ij / (C_i / N_i)) ln(c_ij / (C_i / N_i)) / (N_i ln N_i), 1 for a single contact

    ``weight`` names the strength (≥ 0); ``None`` counts every tie as 1. A tie of weight 0 is none, a tie to oneself
    is left out. ``ValueError`` for a negative or infinite weight.
    """
    from graph.kernels.compiled import contacts

    plain = Adjacency(rows.offsets, rows.neighbours, {"a": _amounts(rows, weight)}, rows.directed).unlooped.mutual
    amount = plain.weights["a"]
    if not (amount.min(initial=0.0) >= 0 and np.isfinite(amount).all()):
        raise ValueError("A strength must be a number from 0 up.")
    return Holes(*contacts.structural_holes(plain.offsets, plain.neighbours, amount))


def _amounts(rows: Adjacency, weight: str | None) -> Floats:
    return np.ones(rows.neighbours.size) if weight is None else rows.weights[weight]
