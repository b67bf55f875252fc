"""Parallel ties → one arc: the numbers that stand for all ties from one stakeholder to another.

Parallel ties between the same two collapse: p = 1 − Π(1 − p_i) over ties of disjoint origins, else the largest;
strength is the sum, trust the strength-weighted mean. Where values are equal the order of the vocabulary decides, never
an id. ``graph/networks/collapsed.py`` does the same for all pairs of a network at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, prod

from graph.ties import Tie
from graph.vocabulary import TIE_KINDS, TieStatus

ASSUMED_STRENGTH = 0.5
ASSUMED_TRUST = 0.5
"""Where no report states strength or trust, the middle of the scale is assumed; answers count such ties."""

LEAST_RELIABILITY = 1e-6
MOST_RELIABILITY = 1 - 1e-6
"""r is kept within these: r = 1 would be a tie of no length, which makes shortest-path counts silently wrong."""

_NUMBER_OF_KIND = {kind: number for number, kind in enumerate(TIE_KINDS)}


@dataclass(frozen=True, slots=True)
class Arc:
    """All ties from one stakeholder to another, collapsed; ``ties`` are the source ties, most reliable first."""

    existence: float
    strength: float
    trust: float
    ties: tuple[Tie, ...]

    @property
    def reliability(self) -> float:
        """The probability that a message arrives and is acted on: r = p · q, kept within (0, 1)."""
        return min(max(self.existence * self.trust, LEAST_RELIABILITY), MOST_RELIABILITY)

    @property
    def distance(self) -> float:
        """Length for shortest paths: d = −ln r > 0, so that the shortest route is the most reliable one."""
        return -log(self.reliability)


def exists(tie: Tie) -> bool:
    """Return whether a tie counts as existing: reported present, or contested with the balance in favour."""
    return tie.status in (TieStatus.PRESENT, TieStatus.STALE) or (
        tie.status is TieStatus.CONTESTED
        and tie.existence > 0.5  # 0.5 is the prior: evidence for and against in balance
    )


def collapse(ties: Iterable[Tie]) -> Arc:
    """Collapse parallel ties into one arc by the rules of this module's docstring; ``ValueError`` for none."""
    parallel = tuple(sorted(ties, key=_most_reliable_first))
    if not parallel:
        raise ValueError("There is no tie to collapse.")
    independent: list[float] = []
    counted: set[str] = set()
    for tie in sorted(parallel, key=lambda tie: (-tie.existence, *_order(tie))):
        if counted.isdisjoint(tie.origins):
            independent.append(tie.existence)
            counted.update(tie.origins)
    strengths = [ASSUMED_STRENGTH if tie.strength is None else tie.strength for tie in parallel]
    trusts = [ASSUMED_TRUST if tie.trust is None else tie.trust for tie in parallel]
    total = sum(strengths)
    weights = [strength / total for strength in strengths] if total else [1 / len(parallel)] * len(parallel)
    return Arc(
        existence=1 - prod(1 - existence for existence in independent),
        strength=total,
        trust=sum(weight * trust for weight, trust in zip(weights, trusts, strict=True)),
        ties=parallel,
    )


def _most_reliable_first(tie: Tie) -> tuple[float, int, str, str]:
    return -tie.existence * (ASSUMED_TRUST if tie.trust is None else tie.trust), *_order(tie)


def _order(tie: Tie) -> tuple[int, str, str]:
    return _NUMBER_OF_KIND[tie.kind], tie.from_id, tie.to_id
