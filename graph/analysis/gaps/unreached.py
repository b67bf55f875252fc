"""G7: stakeholders tied to nobody, or reached by no mission unit, or only on poor routes.

Reach is by the single most reliable route from any mission unit on the undirected projection, its reliability the
product of r over its ties. That is a lower bound of the probability that any route works.
"""

from collections.abc import Iterator
from math import exp, inf

import numpy as np
import numpy.typing as npt

from graph.analysis.answers.answer import refer
from graph.analysis.answers.wording import category_noun, counted, listed
from graph.analysis.gaps.area_hierarchy import AreaHierarchy
from graph.analysis.gaps.gap import FoundGap, Gap, GapEvidence, GapScope
from graph.analysis.gaps.introductions import CANDIDATES_SHOWN, NEVER_ASKED
from graph.analysis.gaps.pairs import Side, Ties
from graph.networks.network import StakeholderNetwork, exists
from graph.ties import Tie
from graph.vocabulary import TIE_KINDS, GapStatus, GapType

TYPE = GapType.UNREACHED.value

LEAST_REACH = 0.05
"""Below this a route counts as poor. A tie named once by a source that cannot be judged has r = 0.25 (0.5 · 0.5), two
in a row 0.06: two such steps are usable, three are hearsay."""

STAKEHOLDERS_SHOWN = 20
"""How many members of a separate part are named in the scope; the sentence counts them all."""

EVIDENCE_SHOWN = 5
"""How many unusable ties to them are listed."""

NO_MODEL = "how likely an unrecorded tie is cannot be told"


def unreached(
    network: StakeholderNetwork, *, places: AreaHierarchy, least_reach: float = LEAST_REACH
) -> Iterator[FoundGap]:
    """Yield the isolated, the parts no mission unit is in, then those poorly reached; each sorted by id.

    Where the network has no mission unit, only the isolated are found; where it has no tie at all, nobody is.
    """
    if not len(network.included):
        return
    ties = Ties(network)
    units = frozenset(node.id for node in network.nodes.values() if node.category == "mission_unit")
    distances = dict(zip(network.nodes, _distances(network, units).tolist(), strict=True))
    parts = _parts(network)
    alone = {part[0] for part in parts if len(part) == 1}
    reached = {key: distance for key, distance in distances.items() if distance < inf and key not in alone}
    nearby = _Nearby(network, places, reached)

    def around(part: tuple[str, ...]) -> Side:
        """Return who could make the first step: the best reached based in the same areas, else the mission units."""
        return nearby.best(part) or (units if units.isdisjoint(part) else units - frozenset(part))

    for part in parts:
        if len(part) == 1:
            yield FoundGap(_isolated(network, part[0], ties), (around(part), frozenset(part)))
    for part in parts:
        if len(part) > 1 and units and units.isdisjoint(part):
            yield FoundGap(_separate(network, part, ties), (around(part), frozenset(part)))
    for key, distance in reached.items():
        reliability = exp(-distance)
        if reliability < least_reach and key not in units:
            yield FoundGap(_poorly(network, key, reliability, least_reach), (units, frozenset((key,))))


def _distances(network: StakeholderNetwork, units: Side) -> npt.NDArray[np.float64]:
    """Return, by node, the length of the most reliable route from any of the units; infinite where there is none."""
    from scipy.sparse.csgraph import dijkstra

    if not units:
        return np.full(len(network.nodes), inf)
    matrix = network.edges.matrix(network.edges.weights["distance"])
    sources = [network.positions[key] for key in sorted(units)]
    lengths: npt.NDArray[np.float64] = dijkstra(matrix, indices=sources, min_only=True)
    return lengths


def _parts(network: StakeholderNetwork) -> list[tuple[str, ...]]:
    """Return the connected components, each sorted, by smallest id."""
    from scipy.sparse.csgraph import connected_components

    count, label = connected_components(network.edges.matrix(network.edges.weights["distance"]), directed=False)
    members: list[list[str]] = [[] for _ in range(count)]
    for key, part in zip(network.nodes, label.tolist(), strict=True):
        members[part].append(key)
    return sorted(map(tuple, members))


class _Nearby:
    """The best reached in and beneath each area, among those who may be asked to make a first step."""

    def __init__(self, network: StakeholderNetwork, places: AreaHierarchy, reached: dict[str, float]) -> None:
        self._network, self._places = network, places
        self._based: dict[str, list[tuple[float, str]]] = {}
        for key, distance in reached.items():
            node = network.nodes[key]
            if node.area_id and node.category not in NEVER_ASKED and not node.do_not_contact:
                self._based.setdefault(node.area_id, []).append((distance, key))
        self._best: dict[str, list[tuple[float, str]]] = {}

    def best(self, part: tuple[str, ...]) -> Side:
        """Return the best reached of those based in or beneath the areas of a part that is not reached itself."""
        areas = {area for key in part if (area := self._network.nodes[key].area_id)}
        found = {item for area in areas for item in self._in(area)}
        return frozenset(key for _, key in sorted(found)[:CANDIDATES_SHOWN])

    def _in(self, area: str) -> list[tuple[float, str]]:
        if area not in self._best:
            inside = {area} | self._places.within(area)
            self._best[area] = sorted(item for key in inside for item in self._based.get(key, ()))[:CANDIDATES_SHOWN]
        return self._best[area]


def notes(network: StakeholderNetwork) -> Iterator[str]:
    """Yield notes on why reach could not be judged."""
    if network.nodes and not len(network.included):
        yield "There is no usable tie at all, so everybody is isolated and nobody is listed for it."
    elif not any(node.category == "mission_unit" for node in network.nodes.values()):
        yield "There is no mission unit, so whom the mission reaches could not be judged."


def _isolated(network: StakeholderNetwork, key: str, ties: Ties) -> Gap:
    ref = refer(network, key)
    evidence, status = _unusable(network, list(network.ties.at(ties.of((key,)).tolist())))
    known = {
        GapStatus.HOSTILE: "the only ties on record are in tension",
        GapStatus.ABSENT: "the ties looked into were found absent",
        GapStatus.UNKNOWN: "no usable tie was ever reported",
    }
    return Gap(
        id=f"{TYPE}/isolated/{key}",
        type=TYPE,
        scope=GapScope(groups=(ref.category,), stakeholders=(ref,)),
        expected=1,
        observed=0,
        deficit=1,
        status=status,
        probability=None,
        severity=1.0,
        evidence=evidence,
        closes_if=(f"{ref.name} has at least one usable tie.",),
        undefined={"probability": NO_MODEL},
        sentence=f"{ref.name} ({category_noun(ref.category)}) is tied to nobody; {known[status]}.",
    )


def _separate(network: StakeholderNetwork, part: tuple[str, ...], ties: Ties) -> Gap:
    inside = np.zeros(len(network.nodes), np.bool_)
    inside[[network.positions[key] for key in part]] = True
    around = ties.of(part)
    outward = around[inside[network.ties.start[around]] != inside[network.ties.end[around]]]
    evidence, status = _unusable(network, list(network.ties.at(outward.tolist())))
    refs = tuple(refer(network, key) for key in part)
    return Gap(
        id=f"{TYPE}/unreachable/{part[0]}",
        type=TYPE,
        scope=GapScope(groups=tuple(sorted({ref.category for ref in refs})), stakeholders=refs[:STAKEHOLDERS_SHOWN]),
        expected=len(part),
        observed=0,
        deficit=len(part),
        status=status,
        probability=None,
        severity=1.0,
        evidence=evidence,
        closes_if=("One of them is tied to a stakeholder that a mission unit reaches.",),
        undefined={"probability": NO_MODEL},
        sentence=(
            f"No mission unit reaches {listed([ref.name for ref in refs])}: "
            f"{counted(len(part), 'stakeholder')} tied among themselves alone."
        ),
    )


def _poorly(network: StakeholderNetwork, key: str, reliability: float, least_reach: float) -> Gap:
    ref = refer(network, key)
    return Gap(
        id=f"{TYPE}/poor/{key}",
        type=TYPE,
        scope=GapScope(groups=(ref.category,), stakeholders=(ref,)),
        expected=least_reach,
        observed=reliability,
        deficit=least_reach - reliability,
        status=GapStatus.WEAK,
        probability=None,
        severity=1 - reliability / least_reach,
        evidence=(),
        closes_if=(f"A route from a mission unit to {ref.name} has a reliability of {least_reach:g} or more.",),
        undefined={"probability": NO_MODEL},
        sentence=(
            f"Even the best route from a mission unit to {ref.name} ({category_noun(ref.category)}) has a reliability "
            f"of only {reliability:.3f}, less than {least_reach:g}."
        ),
    )


def _unusable(network: StakeholderNetwork, ties: list[Tie]) -> tuple[tuple[GapEvidence, ...], GapStatus]:
    """Return what is on record of ties that cannot be used: those in tension, then absent ones, then unused kinds."""
    in_tension = [tie for tie in ties if tie.sign < 0 and exists(tie)]
    absent = [tie for tie in ties if not exists(tie)]
    unused = [tie for tie in ties if tie.sign >= 0 and exists(tie)]
    evidence = tuple(
        GapEvidence(
            "tie",
            tie.id,
            f"{network.nodes[tie.from_id].name} {TIE_KINDS[tie.kind].verb} {network.nodes[tie.to_id].name}: {words}.",
        )
        for among, words in (
            (in_tension, "in tension"),
            (absent, "looked into, and the balance of reports is against it"),
            (unused, "of a kind that is not in use here"),
        )
        for tie in sorted(among, key=lambda tie: tie.id)
    )[:EVIDENCE_SHOWN]
    return evidence, GapStatus.HOSTILE if in_tension else GapStatus.ABSENT if absent else GapStatus.UNKNOWN
