"""G5: sectors present in the sibling areas but, as far as records say, not in this one.

Presence P(a, s) is the number of distinct organisations that carry out or support an activity of sector s in area a or
beneath it on the day of the network; funding alone is no presence. A cell is a gap when P < m while the sector is
present in most of the sibling areas, those of the same level under the same parent. It is ``absent`` where other
sectors are recorded in the area (the records cover it), ``stale`` where activities have ended or were suspended,
``weak`` where P > 0, ``unknown`` where nothing at all is recorded there. Without data on need there is no severity.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graph.analysis.answers.answer import refer
from graph.analysis.answers.wording import counted, listed
from graph.analysis.gaps.area_hierarchy import AreaHierarchy
from graph.analysis.gaps.gap import Candidate, FoundGap, Gap, GapEvidence, GapScope, Named
from graph.model import Area, Sector
from graph.networks.network import StakeholderNetwork
from graph.vocabulary import ActivityRole, ActivityStatus, GapStatus, GapType

TYPE = GapType.UNSERVED.value

SIBLING_SHARE = 0.5
"""A sector is expected where it is present in more than this share of the sibling areas: where most are served, the one
that is not stands out. Data on need would be a better measure."""

CANDIDATES_SHOWN = 3
"""How many organisations that could extend their work are named."""

BOUND_TO_PLACE = frozenset({"local_authority", "community_leader", "community_group", "security_force", "armed_actor"})
"""Categories that cannot be asked to work in another area."""

PresenceRow = tuple[str | None, str | None, str, str, str, date | None, date | None]
"""Area id, sector id, stakeholder id, role, status, valid from, valid to: one participation in one activity."""

NO_NEED = "there is no data on need for the area and sector"
NO_GRADE = "records of activities have no grade to compute with"

MOST_CELLS = 1_000
"""How many unserved cells one answer takes; a country of 400 districts and 12 sectors has 4,800 cells in all."""


@dataclass(frozen=True, slots=True)
class Presences:
    """Organisations by area of one ``level`` and sector; ``unplaced`` rows have no such area or no sector."""

    level: int | None
    present: Mapping[tuple[str, str], frozenset[str]]
    lapsed: frozenset[tuple[str, str]]
    unplaced: int


def presences(
    rows: Iterable[PresenceRow], *, places: AreaHierarchy, as_of: date, level: int | None = None
) -> Presences:
    """Count presence by area of a level, by default the one with most rows (the higher if equal)."""
    all_rows = tuple(rows)
    levels = Counter(places.areas[area].level for area, *_ in all_rows if area is not None and area in places.areas)
    if level is None and levels:
        level = min(levels, key=lambda key: (-levels[key], key))
    present: dict[tuple[str, str], set[str]] = defaultdict(set)
    lapsed: set[tuple[str, str]] = set()
    unplaced = 0
    for area_id, sector_id, stakeholder_id, role, status, since, until in all_rows:
        area = None if area_id is None or level is None else places.at_level(area_id, level)
        if area is None or sector_id is None:
            unplaced += 1
        elif role != ActivityRole.FUNDS and status != ActivityStatus.PLANNED and (since is None or since <= as_of):
            ended = until is not None and until <= as_of
            if ended or status in (ActivityStatus.COMPLETED, ActivityStatus.SUSPENDED):
                lapsed.add((area, sector_id))
            else:
                present[area, sector_id].add(stakeholder_id)
    return Presences(level, {cell: frozenset(who) for cell, who in present.items()}, frozenset(lapsed), unplaced)


@dataclass(frozen=True, slots=True)
class Cell:
    """An area without a sector, the siblings ``around`` where it is present, and the number of all ``siblings``."""

    area: Area
    sector: Sector
    around: tuple[str, ...]
    siblings: int


def unserved_cells(
    seen: Presences,
    *,
    places: AreaHierarchy,
    sectors: Collection[Sector],
    min_organisations: int = 1,
    sibling_share: float = SIBLING_SHARE,
) -> list[Cell]:
    """Return the unserved cells, those with the largest share of served siblings first, then by area and sector id."""
    cells = []
    for family in places.families(seen.level) if seen.level is not None else ():
        siblings = len(family) - 1
        for sector in sectors:
            served = tuple(key for key in family if len(seen.present.get((key, sector.id), ())) >= min_organisations)
            if served and len(served) > sibling_share * siblings:
                without = [key for key in family if len(seen.present.get((key, sector.id), ())) < min_organisations]
                cells += [Cell(places.areas[key], sector, served, siblings) for key in without]
    return sorted(cells, key=lambda cell: (-len(cell.around) / cell.siblings, cell.area.id, cell.sector.id))


def unserved(
    network: StakeholderNetwork,
    cells: Iterable[Cell],
    *,
    seen: Presences,
    places: AreaHierarchy,
    min_organisations: int = 1,
) -> Iterator[FoundGap]:
    """Yield the cells as gaps, in their order."""
    covered = {area for area, _ in seen.present}
    for cell in cells:
        key = cell.area.id, cell.sector.id
        if key in seen.present:
            status = GapStatus.WEAK
        elif key in seen.lapsed:
            status = GapStatus.STALE
        else:
            status = GapStatus.ABSENT if cell.area.id in covered else GapStatus.UNKNOWN
        observed = len(seen.present.get(key, ()))
        yield FoundGap(
            Gap(
                id=f"{TYPE}/{cell.sector.code}/{cell.area.id}",
                type=TYPE,
                scope=GapScope(places.named(cell.area.id), Named(cell.sector.id, cell.sector.name, cell.sector.code)),
                expected=min_organisations,
                observed=observed,
                deficit=min_organisations - observed,
                status=status,
                probability=None,
                severity=None,
                evidence=_evidence(cell, seen, places),
                closes_if=(_closes_if(cell, min_organisations),),
                candidates=_who_could_extend(network, cell, seen),
                undefined={"severity": NO_NEED, "probability": NO_GRADE},
                sentence=_sentence(cell, places, status, observed),
            )
        )


def _sentence(cell: Cell, places: AreaHierarchy, status: GapStatus, observed: int) -> str:
    why = {
        GapStatus.WEAK: f"only {counted(observed, 'organisation')} could be counted here",
        GapStatus.STALE: "what was recorded here has ended or was suspended",
        GapStatus.ABSENT: "only other sectors are recorded here",
        GapStatus.UNKNOWN: "nothing at all is recorded here, which may only mean that nobody reported",
    }
    names = listed([places.areas[key].name for key in cell.around])
    beside = counted(cell.siblings, "area")
    return (
        f"{cell.sector.name} is present in {len(cell.around):,} of the {beside} beside {cell.area.name} ({names}), "
        f"but {why[status]}."
    )


def _closes_if(cell: Cell, expected: int) -> str:
    organisations = counted(expected, "organisation is", "organisations are")
    return f"{organisations} recorded at work for {cell.sector.name} in {cell.area.name}."


def _evidence(cell: Cell, seen: Presences, places: AreaHierarchy) -> tuple[GapEvidence, ...]:
    return tuple(
        GapEvidence(
            "area",
            key,
            f"{counted(len(seen.present[key, cell.sector.id]), 'organisation')} at work for {cell.sector.name} in "
            f"{places.areas[key].name}.",
        )
        for key in cell.around[:CANDIDATES_SHOWN]
    )


def _who_could_extend(network: StakeholderNetwork, cell: Cell, seen: Presences) -> tuple[Candidate, ...]:
    """Return those present for the sector in most areas around, in the network, who may be contacted and can move."""
    works_in = Counter(who for key in cell.around for who in seen.present[key, cell.sector.id])
    known = [
        who
        for who in works_in
        if (node := network.nodes.get(who)) and not node.do_not_contact and node.category not in BOUND_TO_PLACE
    ]
    return tuple(
        Candidate(
            source=refer(network, who),
            target=None,
            introduced_by=None,
            reliability=None,
            sentence=(
                f"{network.nodes[who].name} works for {cell.sector.name} in {counted(works_in[who], 'area')} "
                f"beside {cell.area.name}."
            ),
        )
        for who in sorted(known, key=lambda key: (-works_in[key], key))[:CANDIDATES_SHOWN]
    )
