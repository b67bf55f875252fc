"""How closely the pairs of two sides meet the tie that a rule expects."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.analysis.gaps.rules import Rule
from graph.networks.columns import HALF_LIVES, KINDS
from graph.networks.network import ASSUMED_STRENGTH, StakeholderNetwork, collapse
from graph.ties import Tie
from graph.vocabulary import GapStatus

NEARNESS = (None, GapStatus.WEAK, GapStatus.STALE, GapStatus.HOSTILE, GapStatus.ABSENT)
"""From what meets a rule (``None``) to what is furthest from it; the nearest tie decides for a pair."""

_WEAK, _STALE, _HOSTILE, _ABSENT = range(1, 5)

Side = frozenset[str]
Positions = npt.NDArray[np.int64]


class Ties:
    """The ties of a network by their ends, in either direction, as positions in its table."""

    def __init__(self, network: StakeholderNetwork) -> None:
        """Index every tie, those in tension and the absent ones included."""
        self.network = network
        start, end = network.ties.start.astype(np.int64), network.ties.end.astype(np.int64)
        ends = np.concatenate((start, end))
        order = np.argsort(ends, kind="stable")
        self._ties = np.tile(np.arange(len(start)), 2)[order]
        self._others = np.concatenate((end, start))[order]
        self._offsets = np.searchsorted(ends[order], np.arange(len(network.nodes) + 1))
        self._inside = np.zeros(len(network.nodes), np.bool_)

    def of(self, keys: Iterable[str]) -> Positions:
        """Return the ties of these stakeholders, each once, in order."""
        return np.unique(self._ties[self._around(keys)])

    def across(self, first: Side, second: Side) -> Positions:
        """Return the ties between two sides, each once, in order."""
        fewer, more = (first, second) if len(first) <= len(second) else (second, first)
        around = self._around(fewer)
        members = self._positions(more)
        self._inside[members] = True
        ties = self._ties[around[self._inside[self._others[around]]]]
        self._inside[members] = False
        return np.unique(ties)

    def bear_on(self, rule: Rule) -> npt.NDArray[np.bool_]:
        """Return, for each tie, whether it bears on a rule: it is of one of its kinds, or in tension."""
        ties = self.network.ties
        of_kinds = np.array([kind in rule.kinds for kind in KINDS])[ties.kind]
        return np.where(ties.sign < 0, ties.exists(), of_kinds)

    def nearness(self, rule: Rule, *, as_of: date) -> npt.NDArray[np.int8]:
        """Return, for each tie, how nearly it meets a rule, as positions in ``NEARNESS``."""
        ties = self.network.ties
        strength = np.where(np.isnan(ties.strength), ASSUMED_STRENGTH, ties.strength)
        most = HALF_LIVES[ties.kind] if rule.max_age_days is None else rule.max_age_days
        stale = as_of.toordinal() - ties.last_confirmed.astype(np.int64) > most
        near = np.where(stale, _STALE, 0)
        near[(strength < rule.min_strength) | (ties.existence < rule.min_existence)] = _WEAK
        near[~ties.exists()] = _ABSENT
        near[ties.sign < 0] = _HOSTILE
        return near.astype(np.int8)

    def _positions(self, keys: Collection[str]) -> list[int]:
        return [self.network.positions[key] for key in keys]

    def _around(self, keys: Iterable[str]) -> Positions:
        """Return the positions of these stakeholders' ties in the lists by stakeholder."""
        nodes = np.array(self._positions(tuple(keys)), np.int64)
        begins = self._offsets[nodes]
        counts = self._offsets[nodes + 1] - begins
        before = np.cumsum(counts) - counts
        around: Positions = np.arange(int(counts.sum())) + np.repeat(begins - before, counts)
        return around


@dataclass(frozen=True, slots=True)
class Pair:
    """Two stakeholders with a report: how nearly they meet the rule, and by which tie.

    ``chance`` is the probability that they are tied as the rule asks.
    """

    verdict: GapStatus | None
    tie: Tie
    chance: float


@dataclass(frozen=True)
class Assessment:
    """What is known of the pairs of two sides under one rule.

    ``reported`` holds, for each pair with a report, how nearly it meets the rule (a position in ``NEARNESS``) and the
    ties that do so.
    """

    possible: int
    reported: Sequence[tuple[int, tuple[int, ...]]]
    network: StakeholderNetwork

    @cached_property
    def assessed(self) -> tuple[Pair, ...]:
        """The pairs with a report, the nearest first and then by the id of their nearest tie."""
        pairs = []
        for nearness, positions in self.reported:
            ties = sorted(self.network.ties.at(positions), key=lambda tie: tie.id)
            verdict = NEARNESS[nearness]
            # A tie whose only fault is that reports are against it may exist after all; other faults stay.
            chance = collapse(ties).existence if verdict in (None, GapStatus.ABSENT) else 0.0
            pairs.append((nearness, ties[0].id, Pair(verdict, ties[0], chance)))
        return tuple(pair for _, _, pair in sorted(pairs, key=lambda item: item[:2]))

    @property
    def observed(self) -> int:
        """The number of pairs that meet the rule."""
        return sum(NEARNESS[nearness] is None for nearness, _ in self.reported)

    @property
    def unassessed(self) -> int:
        """The number of pairs without a report."""
        return self.possible - len(self.reported)

    @cached_property
    def near_misses(self) -> tuple[Pair, ...]:
        """The pairs that were looked into and do not meet the rule, the nearest first."""
        return tuple(pair for pair in self.assessed if pair.verdict is not None)

    @property
    def status(self) -> GapStatus:
        """What comes closest to the missing tie; ``absent`` only where every pair that is not tied was looked into."""
        if not self.possible:
            return GapStatus.NO_COUNTERPART
        missed = [nearness for nearness, _ in self.reported if NEARNESS[nearness] is not None]
        nearest = NEARNESS[min(missed, default=_ABSENT)]
        if nearest is not None and nearest is not GapStatus.ABSENT:
            return nearest
        return GapStatus.UNKNOWN if self.unassessed or not missed else GapStatus.ABSENT

    def probability(self, count: int) -> float:
        """Return P(fewer than ``count`` of the assessed pairs are tied as the rule asks), pairs being independent."""
        return fewer_than(count, (pair.chance for pair in self.assessed))


class Judge:
    """Judges the pairs of two sides by one rule; ties of other kinds do not count unless in tension."""

    def __init__(self, rule: Rule, ties: Ties, *, as_of: date) -> None:
        self._ties = ties
        self.bearing = ties.bear_on(rule)
        self._nearness = ties.nearness(rule, as_of=as_of)

    def assess(self, first: Side, second: Side) -> Assessment:
        """Judge each pair of two sides with a report."""
        table = self._ties.network.ties
        found = self._ties.across(first, second)
        found = found[self.bearing[found]]
        one, other = table.start[found].astype(np.int64), table.end[found]
        pair = np.minimum(one, other) * len(table.node_ids) + np.maximum(one, other)
        near = self._nearness[found]
        order = np.lexsort((near, pair))
        found, pair, near = found[order], pair[order], near[order]
        begins = np.flatnonzero(np.diff(pair, prepend=-1))
        ends = np.append(begins[1:], len(pair))[: len(begins)]
        positions, nearness = found.tolist(), near.tolist()
        reported = [
            (nearness[begin], tuple(positions[at] for at in range(begin, end) if nearness[at] == nearness[begin]))
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]
        both = len(first & second)
        possible = len(first) * len(second) - both - both * (both - 1) // 2
        return Assessment(possible, reported, self._ties.network)


def fewer_than(count: int, chances: Iterable[float]) -> float:
    """Return P(fewer than ``count`` of independent events happen), the lower tail of the Poisson-binomial."""
    exactly = [1.0] + [0.0] * (count - 1)
    for chance in chances:
        for happened in range(count - 1, 0, -1):
            exactly[happened] = exactly[happened] * (1 - chance) + exactly[happened - 1] * chance
        exactly[0] *= 1 - chance
    return min(1.0, sum(exactly))
