"""Participation: how a stakeholder's ties spread over groups (Guimerà & Amaral 2005).

    participation       P_v = 1 − Σ_s (k_vs / k_v)²
    within-group z      z_v = (k_vg − mean_g) / sd_g

with k_vs the contacts of v in group s, g the group of v, and mean and standard deviation those of k_ug over the
members u of g. P is 0 with all contacts in one group and nears 1 when they spread evenly over many; z says how well
connected a stakeholder is within its group. Groups may be declared (categories) or found (communities).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.answers.ranking import defined
from graph.networks.network import StakeholderNetwork


@dataclass(frozen=True, slots=True)
class Participation:
    """Both measures of one stakeholder: ``None`` without ties, and z also where all of a group are equal."""

    participation: float | None
    within_z: float | None


def participation(network: StakeholderNetwork, *, groups: Mapping[str, str]) -> dict[str, Participation]:
    """Return how every stakeholder's ties spread over groups. Raises ``KeyError`` for one without a group."""
    import numpy as np
    from scipy import sparse

    number: dict[str, int] = {}
    group = np.array([number.setdefault(groups[key], len(number)) for key in network.nodes], np.int64)
    rows = network.edges
    n, k = len(rows), max(len(number), 1)
    into = rows.matrix(np.ones(len(rows.neighbours))) @ sparse.csr_array(
        (np.ones(n), (np.arange(n), group)), shape=(n, k)
    )
    contacts = np.diff(rows.offsets).astype(np.float64)
    squares = np.asarray((into * into).sum(axis=1)).ravel()
    spread = np.divide(squares, contacts**2, out=np.full(n, np.nan), where=contacts > 0)
    inside = np.bincount(rows.row, group[rows.row] == group[rows.neighbours], minlength=n)
    size = np.maximum(np.bincount(group, minlength=k), 1)
    mean = np.bincount(group, inside, minlength=k) / size
    deviation = np.sqrt(np.bincount(group, (inside - mean[group]) ** 2, minlength=k) / size)[group]
    z = np.divide(inside - mean[group], deviation, out=np.full(n, np.nan), where=(deviation > 0) & (contacts > 0))
    columns = zip(defined(network, 1 - spread).values(), defined(network, z).values(), strict=True)
    return {key: Participation(*values) for key, values in zip(network.nodes, columns, strict=True)}
