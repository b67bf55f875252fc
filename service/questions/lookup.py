"""Names and ids → stakeholders and areas: exact, or refused with the nearest names."""

from uuid import UUID

from graph.access import Viewer
from graph.errors import Finding, InvalidInput, NotFound
from graph.networks.network import StakeholderNetwork
from graph.text import search_form
from service.questions.networks import Networks


def stakeholder_called(network: StakeholderNetwork, text: str, *, pointer: str) -> str:
    """Return the id of the stakeholder with that id, exact name or else exact alias (case and accents aside).

    ``pointer`` says where in the question it stands; empty where it is what the question is about.
    Raises ``NotFound`` with the nearest names, and ``InvalidInput`` where several bear the name.
    """
    if text in network.nodes:
        return text
    if _is_id(text):
        raise unknown(
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
        raise ambiguous("stakeholders", text, [node.id for node in called], pointer)
    near = _nearest(network, wanted)
    cure = f"Did you mean {' or '.join(near)}?" if near else "Look the name up in the stakeholders."
    raise unknown(f"There is no stakeholder called {text[:80]!r}.", cure, pointer)


def stakeholders_in_area(networks: Networks, viewer: Viewer, area: str) -> frozenset[str]:
    """Ids of an area (by id, p-code or exact name), of all areas inside it, and of who has a part in activities there.

    An area and one inside it often share a name; then it is the outer one. Raises ``InvalidInput`` where several that
    lie apart bear the name.
    """
    from graph.analysis.gaps.area_hierarchy import AreaHierarchy

    places = AreaHierarchy(networks.store.all_areas(viewer))
    wanted = search_form(area)
    called = {a.id for a in places.areas.values() if wanted and wanted in (search_form(a.pcode), search_form(a.name))}
    outer = [area] if area in places.areas else sorted(key for key in called if called.isdisjoint(places.above(key)))
    if not outer:
        raise unknown(f"There is no area {area[:80]!r}.", "Give an area's id, p-code or exact name.", "/area")
    if len(outer) > 1:
        raise ambiguous("areas", area, outer, "/area")
    inside = places.within(outer[0])
    return inside | {row.stakeholder_id for row in networks.store.presence(viewer) if row.area_id in inside}


def unknown(detail: str, cure: str, pointer: str) -> NotFound:
    """Return the refusal of a name that nothing bears; ``pointer`` says where in the question it stands."""
    return NotFound(detail, cure=cure, findings=[Finding(pointer, detail, cure)] if pointer else ())


def ambiguous(what: str, text: str, ids: list[str], pointer: str) -> InvalidInput:
    """Return the refusal of a name that several bear, with the ids to choose from."""
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
