"""How near the pairs of two sides come to the tie a rule expects."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graph.analysis.gaps.rules import Rule
from graph.model import Tie
from graph.networks.network import ASSUMED_STRENGTH, StakeholderNetwork, collapse, is_there
from graph.vocabulary import TIE_KINDS, GapStatus

NEARNESS = (None, GapStatus.WEAK, GapStatus.STALE, GapStatus.HOSTILE, GapStatus.ABSENT)
"""From what meets a rule (``None``) to what is furthest from it; the nearest tie speaks for a pair."""

Side = frozenset[str]


class Ties:
    """The ties of a network by the pair they join, whichever way they run."""

    def __init__(self, network: StakeholderNetwork) -> None:
        """Index every tie, the strained and the absent ones included."""
        self._between: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
        for tie in network.ties:
            self._between[tie.from_id][tie.to_id].append(tie)
            self._between[tie.to_id][tie.from_id].append(tie)

    def of(self, stakeholder_id: str) -> Mapping[str, list[Tie]]:
        """Return the ties of one stakeholder by the other end."""
        return self._between.get(stakeholder_id, {})

    def across(self, first: Side, second: Side) -> dict[tuple[str, str], list[Tie]]:
        """Return the ties between two sides by pair, each pair once and with its smaller id first."""
        fewer, more = (first, second) if len(first) <= len(second) else (second, first)
        return {
            (min(one, other), max(one, other)): ties
            for one in sorted(fewer)
            for other, ties in sorted(self.of(one).items())
            if other in more
        }


@dataclass(frozen=True, slots=True)
class Pair:
    """Two stakeholders somebody has reported on: how near they come to the rule, and by which tie.

    ``chance`` is the probability that they are tied as the rule asks.
    """

    verdict: GapStatus | None
    tie: Tie
    chance: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of the pairs of two sides under one rule. ``assessed`` come nearest first."""

    possible: int
    assessed: tuple[Pair, ...]

    @property
    def observed(self) -> int:
        """How many pairs meet the rule."""
        return sum(pair.verdict is None for pair in self.assessed)

    @property
    def unassessed(self) -> int:
        """How many pairs no report speaks of."""
        return self.possible - len(self.assessed)

    @property
    def near_misses(self) -> tuple[Pair, ...]:
        """The pairs that were looked into and do not meet the rule, the nearest first."""
        return tuple(pair for pair in self.assessed if pair.verdict is not None)

    @property
    def status(self) -> GapStatus:
        """What stands closest to a missing tie; ``absent`` only where every pair that is not tied was looked into."""
        if not self.possible:
            return GapStatus.NO_COUNTERPART
        nearest = next((pair.verdict for pair in self.near_misses if pair.verdict is not GapStatus.ABSENT), None)
        return nearest or (GapStatus.UNKNOWN if self.unassessed or not self.near_misses else GapStatus.ABSENT)

    def probability(self, count: int) -> float:
        """Return P(fewer than ``count`` of the assessed pairs are tied as the rule asks), pairs being independent."""
        return fewer_than(count, (pair.chance for pair in self.assessed))


def assess(rule: Rule, ties: Ties, first: Side, second: Side, *, as_of: date) -> Assessment:
    """Judge each pair of two sides that a report speaks of; ties of other kinds say nothing unless they strain."""
    assessed = []
    for among in ties.across(first, second).values():
        telling = sorted(
            (NEARNESS.index(_fault(rule, tie, as_of)), tie.id, tie) for tie in among if bears_on(rule, tie)
        )
        if telling:
            nearness, _, nearest = telling[0]
            verdict = NEARNESS[nearness]
            same = [tie for place, _, tie in telling if place == nearness]
            # A tie whose only fault is that reports speak against it may be there after all; other faults stay.
            chance = collapse(same).existence if verdict in (None, GapStatus.ABSENT) else 0.0
            assessed.append((nearness, nearest.id, Pair(verdict, nearest, chance)))
    both = len(first & second)
    possible = len(first) * len(second) - both - both * (both - 1) // 2
    return Assessment(possible, tuple(pair for _, _, pair in sorted(assessed, key=lambda item: item[:2])))


def fewer_than(count: int, chances: Iterable[float]) -> float:
    """Return P(fewer than ``count`` of independent events happen), the lower tail of the Poisson-binomial."""
    exactly = [1.0] + [0.0] * (count - 1)
    for chance in chances:
        for happened in range(count - 1, 0, -1):
            exactly[happened] = exactly[happened] * (1 - chance) + exactly[happened - 1] * chance
        exactly[0] *= 1 - chance
    return min(1.0, sum(exactly))


def bears_on(rule: Rule, tie: Tie) -> bool:
    """Tell whether a tie says anything about a rule: it is of one of its kinds, or it strains."""
    return is_there(tie) if tie.sign < 0 else tie.kind in rule.kinds


def _fault(rule: Rule, tie: Tie, as_of: date) -> GapStatus | None:
    if tie.sign < 0:
        return GapStatus.HOSTILE
    if not is_there(tie):
        return GapStatus.ABSENT
    strength = ASSUMED_STRENGTH if tie.strength is None else tie.strength
    if strength < rule.min_strength or tie.existence < rule.min_existence:
        return GapStatus.WEAK
    most = TIE_KINDS[tie.kind].half_life_days if rule.max_age_days is None else rule.max_age_days
    return GapStatus.STALE if (as_of - tie.last_confirmed).days > most else None
