"""Names and ids → stakeholders and areas: exact, or refused with the nearest names."""

from uuid import UUID

from graph.access import Viewer
from graph.errors import Finding, InvalidInput, NotFound
from graph.networks.network import StakeholderNetwork
from graph.text import search_form
from service.questions.networks import Networks


def stakeholder_called(network: StakeholderNetwork, text: str, *, pointer: str) -> str:
    """Return the id of the stakeholder with that id, exact name or else exact alias (case and accents aside).

    ``pointer`` is where the text stands in the request; empty where it is the record the request itself names.
    Raises ``NotFound`` with the nearest names, and ``InvalidInput`` where several have the name.
    """
    if text in network.nodes:
        return text
    if _is_id(text):
        raise unknown(
            f"There is no stakeholder with the id {text[:80]}.", "Look the id up in the stakeholders.", pointer
        )
    searched = search_form(text)
    nodes = network.nodes.values()
    named = [node for node in nodes if search_form(node.name) == searched]
    # Tables and people name organisations by acronyms, which are stored as aliases.
    matches = named or [node for node in nodes if searched in map(search_form, node.aliases)]
    exact = [node for node in matches if node.name == text]
    if len(matches) == 1 or len(exact) == 1:
        return (exact or matches)[0].id
    if matches:
        raise ambiguous("stakeholders", text, [node.id for node in matches], pointer)
    near = _nearest(network, searched)
    cure = f"Did you mean {' or '.join(near)}?" if near else "Look the name up in the stakeholders."
    raise unknown(f"There is no stakeholder called {text[:80]!r}.", cure, pointer)


def stakeholders_in_area(networks: Networks, viewer: Viewer, area: str) -> frozenset[str]:
    """Return the ids of an area, of all areas inside it, and of stakeholders that take part in activities there.

    ``area`` is an id, p-code or exact name. An area and one inside it often share a name: the outer one is meant.
    Raises ``NotFound`` for an unknown area, ``InvalidInput`` where several separate areas have the name.
    """
    from graph.analysis.gaps.area_hierarchy import AreaHierarchy

    places = AreaHierarchy(networks.store.all_areas(viewer))
    searched = search_form(area)
    matches = {
        a.id for a in places.areas.values() if searched and searched in (search_form(a.pcode), search_form(a.name))
    }
    outer = [area] if area in places.areas else sorted(key for key in matches if matches.isdisjoint(places.above(key)))
    if not outer:
        raise unknown(f"There is no area {area[:80]!r}.", "Give an area's id, p-code or exact name.", "/area")
    if len(outer) > 1:
        raise ambiguous("areas", area, outer, "/area")
    inside = places.within(outer[0])
    return inside | {row.stakeholder_id for row in networks.store.presence(viewer) if row.area_id in inside}


def unknown(detail: str, cure: str, pointer: str) -> NotFound:
    """Return the refusal of a name that nothing has; ``pointer`` is where it stands in the request."""
    return NotFound(detail, cure=cure, findings=[Finding(pointer, detail, cure)] if pointer else ())


def ambiguous(what: str, text: str, ids: list[str], pointer: str) -> InvalidInput:
    """Return the refusal of a name that several have, with the ids to choose from."""
    choices = ", ".join(ids[:5])
    return InvalidInput(
        f"{len(ids)} {what} are called {text[:80]!r}.",
        cure=f"Give the id of the one you mean: {choices}.",
        findings=[Finding(pointer, "is ambiguous", f"Use one of {choices}.")],
    )


def _nearest(network: StakeholderNetwork, searched: str) -> list[str]:
    from rapidfuzz import process  # lazy: needed only after a misspelt name

    names = {node.id: search_form(node.name) for node in network.nodes.values()}
    # 60 of 100 keeps short names with two wrong letters and drops unrelated ones.
    nearest = process.extract(searched, names, limit=3, score_cutoff=60)
    return [network.nodes[key].name for _, _, key in nearest]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
