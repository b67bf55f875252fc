"""What a table spells in several ways, and what it spells alike: merged where equal, said where near.

A name that is nearly another may be a slip or a neighbour: the Danish and the Swedish Development Agency are 93.7 %
alike, Imam Sadr and Imam Sader Foundation 97.6 %. No limit parts the two, so a person judges.
"""

from collections import Counter
from collections.abc import Mapping

from graph.text import search_form
from service.exchange.findings import Findings
from service.exchange.threew.categories import known_type
from service.exchange.threew.columns import Columns
from service.exchange.threew.counted import by_frequency, listed
from service.exchange.threew.fields import Part, area_field, code_field
from service.exchange.threew.organisations import Organisation
from service.exchange.threew.place_names import are_near, same_place
from service.exchange.threew.places import Place

NEAR = 93
"""Similarity of names of organisations, in per cent, from which it is said."""

MAX_COMPARED = 1_000
"""Most names compared with each other: the work grows with their square."""


def report_organisations(organisations: Mapping[str, Organisation], columns: Columns, findings: Findings) -> None:
    """Say which spellings were merged, which names are shared or near, and which types are not known."""
    for organisation in organisations.values():
        _say_spellings(organisation, columns, findings)
        _say_types(organisation, columns, findings)
    _say_shared_names(organisations, columns, findings)
    _say_near_names(organisations, columns, findings)


def report_places(places: Mapping[str, Place], columns: Columns, findings: Findings) -> None:
    """Say which areas have several spellings, parents or points, and which are spelled nearly alike."""
    for place in places.values():
        if len(place.names) > 1:
            names = listed(place.names)
            _say_place(place, f"written in {len(place.names)} ways: {names}; kept as one area", columns, findings)
        if len(place.parents) > 1:
            parents = Counter({f"{places[key].name}": times for key, times in place.parents.items()})
            reason = f"stands in {len(place.parents)} areas: {listed(parents)}; kept in the most frequent"
            _say_place(place, reason, columns, findings)
        if len(place.points) > 1:
            reason = f"has {len(place.points)} points on the map; the most frequent is kept"
            _say_place(place, reason, columns, findings)
    _say_near_places(places, columns, findings)


def _say_spellings(organisation: Organisation, columns: Columns, findings: Findings) -> None:
    kept = f"kept as one stakeholder, named {organisation.name}"
    if len(organisation.names) > 1 and organisation.acronyms:
        findings.add(
            f"this acronym has {len(organisation.names)} spellings: {listed(organisation.names)}; {kept}",
            "If these are different organisations, give each an acronym of its own.",
            row=organisation.second_spelling,
            column=_spelled_in(organisation, columns),
            value=by_frequency(organisation.acronyms)[0],
        )
        return
    for spellings in (organisation.names, organisation.acronyms):
        if len(spellings) > 1:
            findings.add(
                f"written in {len(spellings)} ways: {listed(spellings)}; {kept}",
                "Write it one way.",
                row=organisation.first_row,
                column=_spelled_in(organisation, columns),
                value=organisation.name,
            )


def _say_types(organisation: Organisation, columns: Columns, findings: Findings) -> None:
    column = next((columns.heading(part.type) for part in sorted(organisation.parts) if columns.has(part.type)), "")
    for kind in organisation.types:
        if known_type(kind) is None:
            findings.add(
                "this type of organisation is not known; category other",
                "Set the category of these stakeholders by hand.",
                row=organisation.first_row,
                column=column,
                value=kind,
            )
    if len({known_type(kind) for kind in organisation.types}) > 1:
        findings.add(
            f"has several types: {listed(organisation.types)}; the most frequent is taken",
            "Give it one type.",
            row=organisation.first_row,
            column=column,
            value=organisation.name,
        )


def _say_shared_names(organisations: Mapping[str, Organisation], columns: Columns, findings: Findings) -> None:
    """Say which names stand for several organisations, counting acronyms that are spelled like a name."""
    owners: dict[str, dict[str, None]] = {}
    for organisation in organisations.values():
        for name in (*organisation.names, *organisation.acronyms):
            owners.setdefault(name.casefold(), {})[organisation.key] = None
    for keys in owners.values():
        if len(keys) > 1:
            shared = [organisations[key] for key in keys]
            acronyms = ", ".join(by_frequency(item.acronyms or item.names)[0] for item in shared)
            findings.add(
                f"perhaps one organisation under {len(keys)} acronyms: {acronyms}; kept apart",
                "If they are the same, give them one acronym and import again.",
                row=max(item.first_row for item in shared),
                column=_spelled_in(shared[0], columns),
                value=shared[0].name,
            )


def _say_near_names(organisations: Mapping[str, Organisation], columns: Columns, findings: Findings) -> None:
    """Say which organisations are spelled nearly like one that is named more often."""
    from rapidfuzz import fuzz  # lazy: only imports compare names

    ranked = sorted(organisations.values(), key=lambda item: (-item.mentions, item.key))[:MAX_COMPARED]
    forms = [search_form(organisation.name) for organisation in ranked]
    for rank, organisation in enumerate(ranked):
        near = [
            ranked[other].name
            for other in range(rank)
            if forms[other] != forms[rank] and fuzz.ratio(forms[rank], forms[other]) >= NEAR
        ]
        if near:
            findings.add(
                f"perhaps the same organisation as {', '.join(near[:5])}; kept apart",
                "If they are the same, write them one way and import again.",
                row=organisation.first_row,
                column=_spelled_in(organisation, columns),
                value=organisation.name,
            )


def _say_near_places(places: Mapping[str, Place], columns: Columns, findings: Findings) -> None:
    """Say which areas without p-code are spelled nearly like one of the same parent that is named more often."""
    ranked = sorted(places.values(), key=lambda place: (not place.pcode, -place.names.total(), place.key))
    siblings: dict[tuple[str | None, int], list[Place]] = {}
    compared = 0
    for place in ranked:
        others = siblings.setdefault((place.parent, place.level), [])
        if not place.pcode and (compared := compared + len(others)) <= MAX_COMPARED**2:
            form = same_place(place.name)
            near = [other.name for other in others if are_near(form, same_place(other.name))]
            if near:
                _say_place(place, f"perhaps the same area as {', '.join(near[:5])}; kept apart", columns, findings)
        others.append(place)


def _spelled_in(organisation: Organisation, columns: Columns) -> str:
    """Return the heading of the first column the organisation stands in, that of its names if it has any."""
    part = min(organisation.parts, key=list(Part).index)
    fields = (str(part), part.acronym) if organisation.names else (part.acronym, str(part))
    return columns.heading(fields[0]) or columns.heading(fields[1])


def _say_place(place: Place, reason: str, columns: Columns, findings: Findings) -> None:
    findings.add(
        reason,
        "Write each area one way, best with its p-code.",
        row=place.first_row,
        column=columns.heading(area_field(place.level)) or columns.heading(code_field(place.level)),
        value=place.pcode or place.name,
    )
