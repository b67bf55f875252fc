"""G1: ties that a rule expects and that are missing or not good enough.

    deficit = max(0, m − #{pairs (x, y) in X_a × Y_a with a tie that meets the rule})

X_a and Y_a are responsible for area a: those of the category based in it or beneath, else in the nearest area around
it, else those elsewhere with a report on a tie to the other side. The status says what is closest to a tie: one too
weak, one too long unconfirmed, one in tension, pairs that were looked into and found untied (``absent`` only if all
were), pairs never looked into (``unknown``), or nobody on one side (``no_counterpart``).

The probability of the gap is that of fewer than m pairs being tied well enough, pairs being independent (a
Poisson-binomial tail). It is undefined while a pair has never been looked into, and where one side is empty.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from graph.analysis.answers.wording import category_noun, category_plural, counted, listed
from graph.analysis.gaps.area_hierarchy import AreaHierarchy
from graph.analysis.gaps.gap import FoundGap, Gap, GapEvidence, GapScope, Named
from graph.analysis.gaps.pairs import Assessment, Judge, Pair, Side, Ties
from graph.analysis.gaps.rules import Rule
from graph.model import Sector
from graph.networks.network import StakeholderNetwork
from graph.vocabulary import TIE_KINDS, GapStatus, GapType

TYPE = GapType.EXPECTED_TIE.value

EVIDENCE_SHOWN = 5
"""How many near misses a gap lists, the nearest first."""

Based = Mapping[str, Side]


def expected_ties(
    network: StakeholderNetwork, *, rules: Collection[Rule], places: AreaHierarchy, sectors: Mapping[str, Sector]
) -> Iterator[FoundGap]:
    """Yield the gaps each rule finds, area by area in the order of their ids. ``sectors`` is by code.

    Nothing is expected where neither side is known, nor by a rule on a sector that is not in ``sectors``.
    """
    ties = Ties(network)
    for rule in rules:
        sector = sectors.get(rule.sector) if rule.sector else None
        if rule.sector and sector is None:
            continue
        judge = Judge(rule, ties, as_of=network.as_of)
        one = _based(network, rule.from_category, sector, places)
        other = _based(network, rule.to_category, sector, places)
        everybody = _all(one), _all(other)
        for area_id in _areas(rule, places, one, other):
            sides = everybody
            if area_id:
                sides = places.responsible(area_id, one), places.responsible(area_id, other)
            if any(sides) and not all(sides):
                sides = _from_elsewhere(judge, ties, sides, everybody)
            seen = judge.assess(*sides)
            if any(sides) and seen.observed < rule.min_count:
                scope = GapScope(
                    places.named(area_id) if area_id else None,
                    Named(sector.id, sector.name, sector.code) if sector else None,
                    (rule.from_category, rule.to_category),
                )
                to_introduce = sides[0] or everybody[0], sides[1] or everybody[1]
                yield FoundGap(_gap(network, _UnmetRule(rule, scope, sides, seen)), to_introduce)


def place_notes(network: StakeholderNetwork, *, rules: Collection[Rule], places: AreaHierarchy) -> Iterator[str]:
    """Yield notes on how rules per area were applied where areas are not known."""
    unplaced: set[str] = set()
    everywhere: list[str] = []
    for rule in (rule for rule in rules if rule.per_area):
        judged = [node for node in network.nodes.values() if node.category in (rule.from_category, rule.to_category)]
        missing = {node.id for node in judged if node.area_id not in places.areas}
        if judged and len(missing) == len(judged):
            everywhere.append(rule.id)
        else:
            unplaced |= missing
    if unplaced:
        yield f"{counted(len(unplaced), 'stakeholder')} with no known area could not be counted by rules per area."
    if everywhere:
        yield f"No area is known for either side of {listed(everywhere)}: applied to the network as a whole."


def _based(network: StakeholderNetwork, category: str, sector: Sector | None, places: AreaHierarchy) -> Based:
    """Return the stakeholders of a category by the area they are based in, ``""`` for none known."""
    based: dict[str, set[str]] = defaultdict(set)
    for node in network.nodes.values():
        if node.category == category and (sector is None or sector.id in node.sector_ids):
            based[node.area_id if node.area_id in places.areas and node.area_id else ""].add(node.id)
    return {area: frozenset(members) for area, members in based.items()}


def _areas(rule: Rule, places: AreaHierarchy, one: Based, other: Based) -> list[str]:
    """Return the areas a rule applies to; ``""`` alone is the network as a whole, also where no area is known."""
    occupied = sorted({*one, *other} - {""})
    if not rule.per_area or not occupied:
        return [""]
    return occupied if rule.level is None else [a.id for a in places.areas.values() if a.level == rule.level]


def _all(based: Based) -> Side:
    return frozenset().union(*based.values())


def _from_elsewhere(
    judge: Judge, ties: Ties, sides: tuple[Side, Side], everybody: tuple[Side, Side]
) -> tuple[Side, Side]:
    """Fill the empty side with those of its category, wherever based, who have a reported tie to the other side."""
    present, missing = sides[0] or sides[1], everybody[not sides[1]]
    across = ties.across(missing, present)
    table = ties.network.ties
    joined = table.take(across[judge.bearing[across]])
    members = {table.node_ids[at] for ends in (joined.start, joined.end) for at in ends.tolist()}
    serving = frozenset(members & missing)
    return (sides[0] or serving, sides[1] or serving)


@dataclass(frozen=True, slots=True)
class _UnmetRule:
    """A rule that is not met in an area or the network, and what is known of the pairs."""

    rule: Rule
    scope: GapScope
    sides: tuple[Side, Side]
    seen: Assessment

    @property
    def where(self) -> str:
        return f"in {self.scope.area.name}" if self.scope.area else "in the network"


def _gap(network: StakeholderNetwork, unmet: _UnmetRule) -> Gap:
    rule, scope, seen = unmet.rule, unmet.scope, unmet.seen
    deficit = rule.min_count - seen.observed
    unsure = ""
    if seen.status is GapStatus.NO_COUNTERPART:
        unsure = "one side is empty, and whether an actor is missing from the records cannot be told"
    elif seen.unassessed:
        unsure = _never_looked_into(seen)
    return Gap(
        id="/".join((TYPE, rule.id, scope.area.id if scope.area else "network")),
        type=TYPE,
        scope=scope,
        expected=rule.min_count,
        observed=seen.observed,
        deficit=deficit,
        status=seen.status,
        probability=None if unsure else seen.probability(rule.min_count),
        severity=deficit / rule.min_count,
        evidence=tuple(_evidence(network, pair) for pair in seen.near_misses[:EVIDENCE_SHOWN]),
        closes_if=(_closes_if(unmet),),
        undefined={"probability": unsure} if unsure else {},
        sentence=_sentence(network, unmet),
    )


def _evidence(network: StakeholderNetwork, pair: Pair) -> GapEvidence:
    tie = pair.tie
    first, second = network.nodes[tie.from_id].name, network.nodes[tie.to_id].name
    finding = f"{first} {TIE_KINDS[tie.kind].verb} {second}: {_fault(pair)}"
    return GapEvidence(
        "tie",
        tie.id,
        f"{finding}; last confirmed on {tie.last_confirmed.isoformat()}, {counted(tie.reports, 'report')}.",
    )


_FAULTS = {
    GapStatus.WEAK: "weaker or less certain than the rule asks",
    GapStatus.STALE: "too long unconfirmed",
    GapStatus.HOSTILE: "in tension",
    GapStatus.ABSENT: "looked into, and the balance of reports is against it",
}


def _fault(pair: Pair) -> str:
    return _FAULTS[pair.verdict] if pair.verdict else "good enough"


def _never_looked_into(seen: Assessment) -> str:
    were = "was" if seen.unassessed == 1 else "were"
    return f"{seen.unassessed:,} of {counted(seen.possible, 'pair')} {were} never looked into"


def _closes_if(unmet: _UnmetRule) -> str:
    rule, where = unmet.rule, unmet.where
    one, other = category_noun(rule.from_category), category_noun(rule.to_category)
    if unmet.seen.status is GapStatus.NO_COUNTERPART:
        missing, present = (other, one) if unmet.sides[0] else (one, other)
        return f"A {missing} that serves it is found or named, and tied to a {present} {where}."
    asks = [f"of strength {rule.min_strength:g} or more"] if rule.min_strength else []
    asks.append(
        "confirmed within the half-life of its kind"
        if rule.max_age_days is None
        else f"confirmed within {counted(rule.max_age_days, 'day')}"
    )
    pairs = f"{counted(rule.min_count, 'pair')} of a {one} and a {other}"
    return f"{pairs} {where} {'has' if rule.min_count == 1 else 'have'} a tie {' and '.join(asks)}."


def _sentence(network: StakeholderNetwork, unmet: _UnmetRule) -> str:
    rule, where, seen = unmet.rule, unmet.where, unmet.seen
    one, other = category_plural(rule.from_category), category_plural(rule.to_category)
    expects = f"{counted(rule.min_count, 'tie')} between {one} and {other} {'is' if rule.min_count == 1 else 'are'}"
    because = f" It matters because {rule.reason}." if rule.reason else ""
    if seen.status is GapStatus.NO_COUNTERPART:
        present, missing = (one, rule.to_category) if unmet.sides[0] else (other, rule.from_category)
        area = unmet.scope.area
        serves, place = (f"known to serve {area.name}", " there") if area else ("on record", "")
        return f"No {category_noun(missing)} is {serves}, so the {present}{place} have none to be tied to.{because}"
    lead = f"{expects} expected {where}, {seen.observed or 'none'} is good enough"
    if seen.status is GapStatus.UNKNOWN:
        return f"{lead}; {_never_looked_into(seen)}.{because}"
    if seen.status is GapStatus.ABSENT:
        return f"{lead}; every pair was looked into and found untied.{because}"
    nearest = next(pair for pair in seen.near_misses if pair.verdict is seen.status)
    names = f"{network.nodes[nearest.tie.from_id].name} and {network.nodes[nearest.tie.to_id].name}"
    return f"{lead}; the nearest is that of {names}, {_fault(nearest)}.{because}"
