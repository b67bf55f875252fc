"""How much of a brokerage role is more than chance: raw counts against random groups (Gould & Fernandez 1989).

All stakeholders keep their ties, and groups of the same sizes are assigned to them at random. The expectation and the
variance of each role count over all such assignments are exact, from formulas, not from a sample:

    E X = T · P(one),    E X² = Σ_kinds N_kind · P(kind),    z = (X − E X) / √(E X² − (E X)²)

where T counts the open triads of the broker and N_kind the ordered pairs of them of each kind: the same triad, its
reverse, a common giver, a common taker, one's taker the other's giver, nobody in common. P is the chance that both
triads of such a pair are of the role; given that the broker is in group g, it follows from how many ways there are to
put the 2, 3 or 4 others in groups (falling factorials of the sizes).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import perm, sqrt

from graph.analysis.answers.ranking import DECIMALS
from graph.analysis.brokerage.roles import ROLES, counted_triads
from graph.networks.network import StakeholderNetwork

NOISE = 1e-9
"""A variance below this share of E X² is rounding: the count is the same whatever the groups."""

Chances = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Chance:
    """By role: the count expected by chance, and how many standard deviations the count is from it.

    ``z`` is ``None`` where no other count is possible: no open triads, or groups that leave no choice.
    """

    expected: Mapping[str, float]
    z: Mapping[str, float | None]


def brokerage_chance(network: StakeholderNetwork, *, groups: Mapping[str, str]) -> dict[str, Chance]:
    """Return the chance of every stakeholder's role counts. Raises ``KeyError`` for one without a group."""
    triads = counted_triads(network, groups=groups)
    chances = pair_chances(list(Counter(groups[key] for key in network.nodes).values()))
    columns = (triads.total, triads.reverse, triads.given, triads.taken, triads.passed)
    table = zip(network.nodes, triads.roles.tolist(), *(column.tolist() for column in columns), strict=True)
    return {key: _chance(counts, kinds_of_pairs(*moments), chances) for key, counts, *moments in table}


def kinds_of_pairs(total: float, reverse: float, given: float, taken: float, passed: float) -> dict[str, float]:  # noqa: PLR0917 - the columns of ``Triads``, in their order
    """Return how many ordered pairs of a broker's open triads there are of each kind; together total²."""
    kinds = {
        "same": total,
        "reverse": reverse,
        "giver": given - total,
        "taker": taken - total,
        "chain": 2 * (passed - reverse),
    }
    return {**kinds, "apart": total**2 - sum(kinds.values())}


def pair_chances(sizes: list[int]) -> Chances:
    """Return, by role and kind of pair, the probability that both triads are of the role, for groups of these sizes."""
    n = sum(sizes)
    chances: Chances = {role: dict.fromkeys(OTHERS, 0.0) for role in ROLES}
    two, three, four = (sum(perm(size, others) for size in sizes) for others in (2, 3, 4))
    square = sum(perm(size, 2) ** 2 for size in sizes)
    for size in sizes:
        own, out = size - 1, n - size
        s2, s3 = two - perm(size, 2), three - perm(size, 3)
        s22 = four - perm(size, 4) + s2**2 - (square - perm(size, 2) ** 2)
        ways = {
            "coordinator": [perm(own, 2), perm(own, 2), *[perm(own, 3)] * 3, perm(own, 4)],
            "itinerant": [s2, s2, s3, s3, s3, s22],
            "gatekeeper": _across(out, own),
            "representative": _across(own, out),
            "liaison": [
                *[perm(out, 2) - s2] * 2,
                *[perm(out, 3) - 2 * s2 * (out - 2) + s3] * 3,
                perm(out, 4) - 2 * s2 * perm(max(out - 2, 0), 2) + s22,
            ],
        }
        for role, numbers in ways.items():
            for (kind, others), number in zip(OTHERS.items(), numbers, strict=True):
                if number:
                    chances[role][kind] += size / n * number / perm(n - 1, others)
    return chances


OTHERS = {"same": 2, "reverse": 2, "giver": 3, "taker": 3, "chain": 3, "apart": 4}
"""The kinds of pairs of triads, and how many stakeholders besides the broker are in one."""


def _across(givers: int, takers: int) -> list[int]:
    """Ways where all givers come from one pool and all takers from another; nobody can be in both."""
    return [
        givers * takers,
        0,
        givers * perm(takers, 2),
        perm(givers, 2) * takers,
        0,
        perm(givers, 2) * perm(takers, 2),
    ]


def _chance(counts: list[int], pairs: Mapping[str, float], chances: Chances) -> Chance:
    expected, z = {}, {}
    for role, count in zip(ROLES, counts, strict=True):
        mean = pairs["same"] * chances[role]["same"]
        square = sum(number * chances[role][kind] for kind, number in pairs.items())
        variance = square - mean**2
        expected[role] = round(mean, DECIMALS)
        varies = variance > NOISE * max(square, 1e-300)
        z[role] = round((count - mean) / sqrt(variance), DECIMALS) if varies else None
    return Chance(expected, z)
