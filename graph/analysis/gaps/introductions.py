"""Ways to close a gap: whom to bring together, who could introduce them, and cautions."""

from collections.abc import Collection, Iterator
from heapq import merge
from itertools import islice

import numpy as np

from graph.analysis.answers.answer import refer
from graph.analysis.answers.wording import listed
from graph.analysis.gaps.gap import Candidate
from graph.analysis.gaps.pairs import Side
from graph.kernels import introductions as kernel
from graph.networks.network import StakeholderNetwork

CANDIDATES_SHOWN = 3
"""How many ways to close a gap are offered: a choice, not a catalogue."""

NEVER_ASKED = frozenset({"armed_actor"})
"""Categories never asked to introduce anybody: one led in by an armed actor is taken for theirs."""

SIDE_EFFECTS_SHOWN = 3
"""How many cautions a gap carries at most."""


def introductions(network: StakeholderNetwork, first: Side, second: Side) -> tuple[Candidate, ...]:
    """Return the best pairs to bring together: those already tied, then by the most reliable introduction, then by id.

    One marked do-not-contact is neither proposed nor asked to introduce, no armed actor introduces, and nobody is
    led to, or by, one they are in tension with. Where nobody can introduce, pairs of the same area come first.
    """
    return Introductions(network).between(first, second)


class Introductions:
    """Finds introductions for many gaps of one network; sides that several gaps share are sorted once."""

    def __init__(self, network: StakeholderNetwork) -> None:
        self._network = network
        self._ids = network.ties.node_ids
        may_introduce = [
            not node.do_not_contact and node.category not in NEVER_ASKED for node in network.nodes.values()
        ]
        self._kernel = kernel.IntroductionSearch(network.edges, network.in_tension, np.array(may_introduce, np.bool_))
        self._sides: dict[Side, _Contactable] = {}

    def between(self, first: Side, second: Side) -> tuple[Candidate, ...]:
        """Return the best pairs of two sides, as ``introductions`` does."""
        one, other = self._contactable(first), self._contactable(second)
        best = self._kernel.best(one.side, other.side, most=CANDIDATES_SHOWN)
        if len(best) < CANDIDATES_SHOWN:
            known = {frozenset(pair[:2]) for pair, _ in best}
            strangers = {frozenset(pair): pair for pair in islice(self._strangers(one, other), CANDIDATES_SHOWN)}
            best += [(pair, 0.0) for both, pair in strangers.items() if both not in known]
        return tuple(self._candidate(pair, reliability) for pair, reliability in best[:CANDIDATES_SHOWN])

    def _contactable(self, side: Side) -> "_Contactable":
        if side not in self._sides:
            self._sides[side] = _Contactable(self._network, side)
        return self._sides[side]

    def _strangers(self, first: "_Contactable", second: "_Contactable") -> "Iterator[tuple[int, int]]":
        """Yield pairs with perhaps nobody to introduce them, those of the same area first, each once."""
        seen = set()
        few = ((a, b) for a in first.first_two for b in second.first_two)
        for pair in (*islice(self._neighbouring(first, second), CANDIDATES_SHOWN), *few):
            if pair not in seen and self._may_meet(pair):
                seen.add(pair)
                yield pair

    def _neighbouring(self, first: "_Contactable", second: "_Contactable") -> "Iterator[tuple[int, int]]":
        shared = first.by_area.keys() & second.by_area.keys()
        for one, area in merge(*([(one, area) for one in first.by_area[area]] for area in shared)):
            yield from (
                pair for other in second.by_area[area][:CANDIDATES_SHOWN] if self._may_meet(pair := (one, other))
            )

    def _may_meet(self, pair: tuple[int, int]) -> bool:
        return pair[0] != pair[1] and self._network.in_tension.edge_index(*pair) < 0

    def _candidate(self, pair: tuple[int, ...], reliability: float) -> Candidate:
        one, other, *between = (refer(self._network, self._ids[position]) for position in pair)
        if not reliability:
            sentence = f"Nobody on record could introduce {one.name} to {other.name}."
        elif not between:
            sentence = (
                f"{one.name} and {other.name} are tied already (reliability {reliability:.2f}): reconfirm or deepen it."
            )
        else:
            sentence = f"{between[0].name} could introduce {one.name} to {other.name} (reliability {reliability:.2f})."
        return Candidate(one, other, between[0] if between else None, reliability or None, sentence)


class _Contactable:
    """The members of a side who may be contacted, as positions in rising order, which is that of their ids."""

    def __init__(self, network: StakeholderNetwork, side: Side) -> None:
        members = sorted(key for key in side if not network.nodes[key].do_not_contact)
        positions = [network.positions[key] for key in members]
        self.first_two = positions[:2]
        self.side = kernel.Side.of(np.array(positions, np.int32), network.edges)
        self.by_area: dict[str, list[int]] = {}
        for key, position in zip(members, positions, strict=True):
            if area := network.nodes[key].area_id:
                self.by_area.setdefault(area, []).append(position)


def side_effects(network: StakeholderNetwork, candidates: Collection[Candidate]) -> tuple[str, ...]:
    """Return how those in tension with a candidate may take it."""
    cautions = []
    for key in sorted({ref.id for item in candidates for ref in (item.source, item.target) if ref}):
        if rivals := network.in_tension_with(key):
            names = listed([network.nodes[rival].name for rival in rivals])
            name = network.nodes[key].name
            cautions.append(f"{name} is in tension with {names}; coming closer to {name} may be taken as taking sides.")
    return tuple(cautions[:SIDE_EFFECTS_SHOWN])
