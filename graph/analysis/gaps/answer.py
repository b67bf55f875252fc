"""Partnership gaps of every type in one list."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from graph.analysis.answers.answer import Answer, check_limit, graph_seen
from graph.analysis.answers.wording import counted
from graph.analysis.gaps import expected_ties, unreached, unserved
from graph.analysis.gaps.area_hierarchy import AreaHierarchy
from graph.analysis.gaps.gap import FoundGap, Gap, order
from graph.analysis.gaps.introductions import Introductions, side_effects
from graph.analysis.gaps.rules import DEFAULT_RULES, Rule
from graph.analysis.gaps.unserved import PresenceRow
from graph.errors import InvalidInput
from graph.model import Area, Sector
from graph.networks.network import StakeholderNetwork

TYPES = {
    expected_ties.TYPE: "expected ties by rule, with the Poisson-binomial probability of too few existing",
    unserved.TYPE: "presence of sectors against sibling areas (OCHA 3W)",
    unreached.TYPE: "isolated or unreachable, by the most reliable route from a mission unit (Dijkstra 1959)",
}

MOST_ORGANISATIONS = 1_000
"""More than any area has in one sector."""

ORDERED_BY = ("severity, unknown last", "status", "type", "order within the type")


def partnership_gaps(
    network: StakeholderNetwork,
    *,
    rules: Collection[Rule] = DEFAULT_RULES,
    areas: Iterable[Area] = (),
    sectors: Iterable[Sector] = (),
    presence: Iterable[PresenceRow] = (),
    types: Collection[str] = tuple(TYPES),
    min_organisations: int = 1,
    least_reach: float = unreached.LEAST_REACH,
    limit: int | None = None,
) -> Answer[Gap]:
    """Return what is expected of the network and missing, the most severe first.

    ``areas``, ``sectors`` and ``presence`` are what the viewer of the network may see of them. ``types`` picks among
    ``TYPES``. ``min_organisations`` is how many a sector needs in an area, ``least_reach`` in (0, 1] the reliability
    below which a stakeholder counts as poorly reached. Raises ``InvalidInput`` for an unknown type or a number out of
    range.
    """
    check_limit(limit)
    check_limit(min_organisations, most=MOST_ORGANISATIONS, name="min_organisations")
    if unknown := sorted(set(types) - TYPES.keys()):
        raise InvalidInput(f"{unknown[0]!r} is no type of gap; use some of: {', '.join(TYPES)}.")
    if not 0 < least_reach <= 1:
        raise InvalidInput(f"least_reach {least_reach} is not above 0 and at most 1.")
    places, known_sectors = AreaHierarchy(areas), tuple(sectors)
    gaps: list[FoundGap] = []
    warnings = list(network.notes())
    left_out = 0
    if expected_ties.TYPE in types:
        by_code = {sector.code: sector for sector in known_sectors}
        gaps += expected_ties.expected_ties(network, rules=rules, places=places, sectors=by_code)
        warnings += expected_ties.place_notes(network, rules=rules, places=places)
    if unserved.TYPE in types:
        presences = unserved.presences(presence, places=places, as_of=network.as_of)
        cells = unserved.unserved_cells(
            presences, places=places, sectors=known_sectors, min_organisations=min_organisations
        )
        gaps += unserved.unserved(
            network, cells[: unserved.MOST_CELLS], seen=presences, places=places, min_organisations=min_organisations
        )
        left_out = max(0, len(cells) - unserved.MOST_CELLS)
        warnings += _presence_warnings(presences, left_out)
    if unreached.TYPE in types:
        gaps += unreached.unreached(network, places=places, least_reach=least_reach)
        warnings += unreached.notes(network)
    gaps.sort(key=order)
    introductions = Introductions(network)
    items = tuple(_with_candidates(network, gap, introductions) for gap in gaps[:limit])
    return Answer(
        method="; ".join(f"{code}: {words}" for code, words in TYPES.items() if code in types),
        parameters={
            "types": tuple(code for code in TYPES if code in types),
            "rules": tuple(rules),
            "min_organisations": min_organisations,
            "least_reach": least_reach,
            "sibling_share": unserved.SIBLING_SHARE,
            "kinds": network.kinds,
            "limit": limit,
            "ordered_by": ORDERED_BY,
        },
        graph=graph_seen(network),
        items=items,
        warnings=tuple(warnings),
        truncated=len(items) < len(gaps) + left_out,
    )


def _with_candidates(network: StakeholderNetwork, found: FoundGap, introductions: Introductions) -> Gap:
    """Add ways to close the gap; done only for those that are shown."""
    candidates = found.gap.candidates or introductions.between(*found.sides)
    return replace(found.gap, candidates=candidates, side_effects=side_effects(network, candidates))


def _presence_warnings(seen: unserved.Presences, left_out: int) -> list[str]:
    warnings = []
    if seen.unplaced:
        level = "any level" if seen.level is None else f"level {seen.level}"
        warnings.append(
            f"{counted(seen.unplaced, 'record')} of presence could not be counted: without a sector, or without an "
            f"area at or beneath {level}."
        )
    if left_out:
        warnings.append(
            f"{counted(left_out, 'more cell')} of area and sector without presence could be named; take a smaller area."
        )
    return warnings
