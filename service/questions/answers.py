"""The questions a user can ask, one function each; command line and HTTP call these and nothing else, so they agree.

A ``Scope`` says which part of the network the question is about. It is cut out of what the viewer may see, so a scope
can only ever narrow an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from graph.access import Viewer
from graph.errors import Finding, InvalidInput, NotFound
from graph.networks.network import Node, StakeholderNetwork
from graph.text import search_form
from graph.vocabulary import CATEGORIES, TIE_KINDS
from service.questions.networks import Networks

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer
    from graph.analysis.answers.ranked_row import Ranked
    from graph.analysis.brokerage.answer import Brokerage
    from graph.analysis.centrality.tie_betweenness import Carrier
    from graph.analysis.communities.answer import Communities
    from graph.analysis.gaps import Gap
    from graph.analysis.groups.key_players import KeySet
    from graph.analysis.groups.team import Team
    from graph.analysis.intermediaries.answer import Intermediary
    from graph.analysis.paths.answer import InfluencePath

Answered = TypeVar("Answered", bound="Answer[Any]")


def _known_words(asked: Iterable[tuple[str, str, tuple[str, ...], Mapping[str, object]]]) -> None:
    """Refuse words that the vocabulary does not have. Raises ``InvalidInput`` naming each."""
    findings = [
        Finding(pointer, f"{word[:60]!r} is no {name}", f"Use one of: {', '.join(registry)}.")
        for name, pointer, words, registry in asked
        for word in words
        if word not in registry
    ]
    if findings:
        raise InvalidInput(" ".join(f"{f.detail}." for f in findings), cure=findings[0].cure, findings=findings)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the network, and when. Empty means all; areas count with everything inside them."""

    area: str = ""
    categories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    as_of: date | None = None
    known_at: datetime | None = None
    without_mission: bool = False

    def __post_init__(self) -> None:
        """Refuse words that the vocabulary does not have. Raises ``InvalidInput`` naming each."""
        _known_words(
            (
                ("category", "/category", self.categories, CATEGORIES),
                ("kind", "/kind", self.kinds, TIE_KINDS),
            )
        )

    def parameters(self) -> dict[str, object]:
        """Return the scope as the answer's parameters state it."""
        return {
            "area": self.area or None,
            "categories": self.categories,
            "kinds": self.kinds or None,
            "as_of": self.as_of,
            "known_at": self.known_at,
            "without_mission": self.without_mission,
        }


@dataclass(frozen=True, slots=True)
class Ends:
    """Between whom: stakeholders by id or exact name, and all of some categories. Empty on one side means everybody."""

    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    source_categories: tuple[str, ...] = ()
    target_categories: tuple[str, ...] = ()


def intermediaries(
    networks: Networks, viewer: Viewer, scope: Scope, *, ends: Ends | None = None, limit: int = 20
) -> "Answer[Intermediary]":
    """Who holds the network together, or stands between the ``ends``: ``limit`` profiles, strongest first."""
    from graph.analysis.intermediaries.answer import key_intermediaries

    network, ends = network_in(networks, viewer, scope), ends or Ends()
    answer = key_intermediaries(
        network,
        limit=limit,
        origins=_chosen(network, ends.sources, ends.source_categories, pointer="/from"),
        targets=_chosen(network, ends.targets, ends.target_categories, pointer="/to"),
    )
    asked = {
        "from": ends.sources,
        "to": ends.targets,
        "from_category": ends.source_categories,
        "to_category": ends.target_categories,
    }
    return _scoped(replace(answer, parameters={**asked, **answer.parameters}), scope)


def centrality(networks: Networks, viewer: Viewer, scope: Scope, *, measure: str, limit: int = 20) -> "Answer[Ranked]":
    """Everybody by one measure: ``limit`` rows, the best first."""
    from graph.analysis.centrality import one_measure as analysis

    return _scoped(analysis.centrality(network_in(networks, viewer, scope), measure=measure, limit=limit), scope)


def tie_betweenness(
    networks: Networks, viewer: Viewer, scope: Scope, *, by: str = "reliability", limit: int = 20
) -> "Answer[Carrier]":
    """Which relation carries the traffic: ``limit`` tied pairs, those that most routes cross first."""
    from graph.analysis.centrality.tie_betweenness import carriers

    return _scoped(carriers(network_in(networks, viewer, scope), by=by, limit=limit), scope)


def team(
    networks: Networks, viewer: Viewer, scope: Scope, *, members: tuple[str, ...], within: int = 2
) -> "Answer[Team]":
    """What these stakeholders, by id or exact name, do together."""
    from graph.analysis.groups import team as analysis

    network = network_in(networks, viewer, scope)
    keys = {stakeholder_called(network, name, pointer="/member") for name in members}
    return _scoped(analysis.team(network, keys, within=within), scope)


def key_players(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    k: int = 2,
    criterion: str = "reach",
    within: int = 2,
    purpose: str = "",
    limit: int = 5,
) -> "Answer[KeySet]":
    """Which ``k`` together reach most, or which channels to back up: up to ``limit`` sets, the best first."""
    from graph.analysis.groups import key_players as analysis

    network = network_in(networks, viewer, scope)
    answer = analysis.key_players(network, k=k, criterion=criterion, within=within, purpose=purpose, limit=limit)
    return _scoped(answer, scope)


def brokerage(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    role: str | None = None,
    groups: str = "category",
    limit: int = 20,
) -> "Answer[Brokerage]":
    """Who goes between groups, in which role, and whether more than chance: ``limit`` rows, the most first."""
    from graph.analysis.brokerage.answer import brokers

    return _scoped(brokers(network_in(networks, viewer, scope), role=role, groups=groups, limit=limit), scope)


def communities(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    resolution: float = 1.0,
    compared_to: date | None = None,
    limit: int = 100,
) -> "Communities":
    """Who keeps company with whom: ``limit`` communities, the largest first, and what each was on another day."""
    from graph.analysis.communities.answer import company

    network = network_in(networks, viewer, scope)
    before = network_in(networks, viewer, replace(scope, as_of=compared_to)) if compared_to else None
    return _scoped(company(network, resolution=resolution, limit=limit, before=before), scope)


def gaps(
    networks: Networks, viewer: Viewer, scope: Scope, *, limit: int = 100, types: tuple[str, ...] = ()
) -> "Answer[Gap]":
    """Where ties that should be there are missing, sectors unserved or stakeholders out of reach.

    ``types`` picks among the types of gap; none means all.
    """
    from graph.analysis.gaps.answer import TYPES, partnership_gaps

    store = networks.store
    network = network_in(networks, viewer, scope)
    answer = partnership_gaps(
        network,
        areas=store.all_areas(viewer),
        sectors=store.all_sectors(viewer),
        presence=store.presence(viewer),
        types=types or tuple(TYPES),
        limit=limit,
    )
    return _scoped(answer, scope)


def paths(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    source: str,
    target: str,
    k: int = 3,
    direction: str = "either",
    avoid: tuple[str, ...] = (),
) -> "Answer[InfluencePath]":
    """How influence can travel from ``source`` to ``target``; each is an id or an exact name, as is each to avoid."""
    from graph.analysis.paths.answer import influence_paths

    network = network_in(networks, viewer, scope)
    answer = influence_paths(
        network,
        source=stakeholder_called(network, source, pointer="/from"),
        target=stakeholder_called(network, target, pointer="/to"),
        k=k,
        direction=direction,
        avoid=tuple(stakeholder_called(network, name, pointer="/avoid") for name in avoid),
    )
    return _scoped(answer, scope)


def network_map(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    focus: str = "",
    depth: int = 2,
    title: str = "Stakeholder network",
) -> str:
    """Draw the network, or with ``focus`` (id or exact name) what lies within ``depth`` steps of one stakeholder.

    Returns a complete HTML page that loads nothing. Raises ``NotFound`` for an unknown focus, ``TooLarge`` past
    what a map can hold.
    """
    from graph.analysis.centrality.betweenness import betweenness
    from visualisations.network_map import check_size, render

    network = network_in(networks, viewer, scope)
    centre = stakeholder_called(network, focus, pointer="") if focus else None
    if centre:
        from graph.networks.ego import ego

        network = ego(network, centre, depth=depth)
        title = network.nodes[centre].name
    check_size(network, focus=centre)  # before scores are worked out
    scores = betweenness(network)
    names = {area.id: area.name for area in networks.store.all_areas(viewer)}
    return render(network, title=title, scores=scores, focus=centre, area_names=names)


def network_in(networks: Networks, viewer: Viewer, scope: Scope) -> StakeholderNetwork:
    """Return the part of the viewer's network that the scope names. Raises ``NotFound`` for an unknown area.

    ``InvalidInput`` where several areas bear the name.
    """
    network = networks.get(viewer, as_of=scope.as_of, known_at=scope.known_at, kinds=scope.kinds or None)
    if not (scope.area or scope.categories or scope.without_mission):
        return network
    there = _in_area(networks, viewer, scope.area) if scope.area else None

    def keep(node: Node) -> bool:
        return (
            (there is None or node.id in there or node.area_id in there)
            and (not scope.categories or node.category in scope.categories)
            and not (scope.without_mission and node.category == "mission_unit")
        )

    return network.within(keep)


def stakeholder_called(network: StakeholderNetwork, text: str, *, pointer: str) -> str:
    """Return the id of the stakeholder with that id, exact name or else exact alias (case and accents aside).

    ``pointer`` says where in the question it stands; empty where it is what the question is about.
    Raises ``NotFound`` with the nearest names, and ``InvalidInput`` where several bear the name.
    """
    if text in network.nodes:
        return text
    if _is_id(text):
        raise _unknown(
            f"There is no stakeholder with the id {text[:80]}.", "Look the id up in the stakeholders.", pointer
        )
    wanted = search_form(text)
    nodes = network.nodes.values()
    named = [node for node in nodes if search_form(node.name) == wanted]
    # Acronyms are how tables and people call an organisation, and they are kept as aliases.
    called = named or [node for node in nodes if wanted in map(search_form, node.aliases)]
    exact = [node for node in called if node.name == text]
    if len(called) == 1 or len(exact) == 1:
        return (exact or called)[0].id
    if called:
        raise _ambiguous("stakeholders", text, [node.id for node in called], pointer)
    near = _nearest(network, wanted)
    cure = f"Did you mean {' or '.join(near)}?" if near else "Look the name up in the stakeholders."
    raise _unknown(f"There is no stakeholder called {text[:80]!r}.", cure, pointer)


def _chosen(
    network: StakeholderNetwork, names: tuple[str, ...], categories: tuple[str, ...], *, pointer: str
) -> frozenset[str] | None:
    """Return the ids of those named and of all of the categories; ``None`` where neither says anything."""
    if not names and not categories:
        return None
    _known_words((("category", f"{pointer}_category", categories, CATEGORIES),))
    called = {stakeholder_called(network, name, pointer=pointer) for name in names}
    return frozenset(called | {node.id for node in network.nodes.values() if node.category in categories})


def _unknown(detail: str, cure: str, pointer: str) -> NotFound:
    return NotFound(detail, cure=cure, findings=[Finding(pointer, detail, cure)] if pointer else ())


def _ambiguous(what: str, text: str, ids: list[str], pointer: str) -> InvalidInput:
    some = ", ".join(ids[:5])
    return InvalidInput(
        f"{len(ids)} {what} are called {text[:80]!r}.",
        cure=f"Give the id of the one you mean: {some}.",
        findings=[Finding(pointer, "is ambiguous", f"Use one of {some}.")],
    )


def _nearest(network: StakeholderNetwork, wanted: str) -> list[str]:
    from rapidfuzz import process  # lazy: needed only to help somebody who mistyped

    names = {node.id: search_form(node.name) for node in network.nodes.values()}
    # 60 of 100 keeps two letters wrong in a short name and drops the unrelated.
    found = process.extract(wanted, names, limit=3, score_cutoff=60)
    return [network.nodes[key].name for _, _, key in found]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _in_area(networks: Networks, viewer: Viewer, area: str) -> frozenset[str]:
    """Ids of an area (by id, p-code or exact name), of all areas inside it, and of who has a part in activities there.

    An area and one inside it often share a name; then it is the outer one. Raises ``InvalidInput`` where several that
    lie apart bear the name.
    """
    from graph.analysis.gaps.places import Places

    places = Places(networks.store.all_areas(viewer))
    wanted = search_form(area)
    called = {a.id for a in places.areas.values() if wanted and wanted in (search_form(a.pcode), search_form(a.name))}
    outer = [area] if area in places.areas else sorted(key for key in called if called.isdisjoint(places.above(key)))
    if not outer:
        raise _unknown(f"There is no area {area[:80]!r}.", "Give an area's id, p-code or exact name.", "/area")
    if len(outer) > 1:
        raise _ambiguous("areas", area, outer, "/area")
    inside = places.within(outer[0])
    return inside | {row.stakeholder_id for row in networks.store.presence(viewer) if row.area_id in inside}


def _scoped(answer: Answered, scope: Scope) -> Answered:
    """State the scope among the answer's parameters, without repeating what the method itself says."""
    return replace(answer, parameters={**scope.parameters(), **answer.parameters})
