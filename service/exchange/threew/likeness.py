"""Findings about spellings: which were merged as equal, and which are similar and left to a person.

Two similar names may be a misspelling or two organisations: the Danish and the Swedish Development Agency are 93.7 %
similar, Imam Sadr and Imam Sader Foundation 97.6 %. No limit separates the two cases, so a person decides.
"""

from collections import Counter
from collections.abc import Mapping

from graph.text import search_form
from service.exchange.findings import Findings
from service.exchange.threew.area_names import are_near, area_name_form
from service.exchange.threew.areas import TableArea
from service.exchange.threew.categories import known_type
from service.exchange.threew.columns import Columns
from service.exchange.threew.counted import by_frequency, listed
from service.exchange.threew.fields import ChainRole, area_field, code_field
from service.exchange.threew.organisations import Organisation

NEAR = 93
"""Similarity of two names of organisations, in per cent, from which it is reported."""

MAX_COMPARED = 1_000
"""Most names compared with each other: the work grows with their square."""


def report_organisations(organisations: Mapping[str, Organisation], columns: Columns, findings: Findings) -> None:
    """Report which spellings were merged, which names are shared or similar, and which types are not known."""
    for organisation in organisations.values():
        _report_spellings(organisation, columns, findings)
        _report_types(organisation, columns, findings)
    _report_shared_names(organisations, columns, findings)
    _report_near_names(organisations, columns, findings)


def report_areas(areas: Mapping[str, TableArea], columns: Columns, findings: Findings) -> None:
    """Report which areas have several spellings, parents or points, and which have similar names."""
    for area in areas.values():
        if len(area.names) > 1:
            names = listed(area.names)
            _report_area(area, f"written in {len(area.names)} ways: {names}; merged into one area", columns, findings)
        if len(area.parents) > 1:
            parents = Counter({f"{areas[key].name}": times for key, times in area.parents.items()})
            reason = f"is placed in {len(area.parents)} areas: {listed(parents)}; the most frequent is used"
            _report_area(area, reason, columns, findings)
        if len(area.points) > 1:
            reason = f"has {len(area.points)} points on the map; the most frequent is used"
            _report_area(area, reason, columns, findings)
    _report_near_areas(areas, columns, findings)


def _report_spellings(organisation: Organisation, columns: Columns, findings: Findings) -> None:
    merged = f"merged into one stakeholder, named {organisation.name}"
    if len(organisation.names) > 1 and organisation.acronyms:
        findings.add(
            f"this acronym has {len(organisation.names)} spellings: {listed(organisation.names)}; {merged}",
            "If these are different organisations, give each an acronym of its own.",
            row=organisation.second_spelling,
            column=_column_of(organisation, columns),
            value=by_frequency(organisation.acronyms)[0],
        )
        return
    for spellings in (organisation.names, organisation.acronyms):
        if len(spellings) > 1:
            findings.add(
                f"written in {len(spellings)} ways: {listed(spellings)}; {merged}",
                "Write it one way.",
                row=organisation.first_row,
                column=_column_of(organisation, columns),
                value=organisation.name,
            )


def _report_types(organisation: Organisation, columns: Columns, findings: Findings) -> None:
    column = next((columns.heading(role.type) for role in sorted(organisation.roles) if columns.has(role.type)), "")
    for kind in organisation.types:
        if known_type(kind) is None:
            findings.add(
                "this type of organisation is not known; the category is other",
                "Set the category of these stakeholders by hand.",
                row=organisation.first_row,
                column=column,
                value=kind,
            )
    if len({known_type(kind) for kind in organisation.types}) > 1:
        findings.add(
            f"has several types: {listed(organisation.types)}; the most frequent is used",
            "Give it one type.",
            row=organisation.first_row,
            column=column,
            value=organisation.name,
        )


def _report_shared_names(organisations: Mapping[str, Organisation], columns: Columns, findings: Findings) -> None:
    """Report names that several organisations have; an acronym spelled like a name counts as one."""
    owners: dict[str, dict[str, None]] = {}
    for organisation in organisations.values():
        for name in (*organisation.names, *organisation.acronyms):
            owners.setdefault(name.casefold(), {})[organisation.key] = None
    for keys in owners.values():
        if len(keys) > 1:
            shared = [organisations[key] for key in keys]
            acronyms = ", ".join(by_frequency(item.acronyms or item.names)[0] for item in shared)
            findings.add(
                f"may be one organisation under {len(keys)} acronyms: {acronyms}; not merged",
                "If they are the same, give them one acronym and import again.",
                row=max(item.first_row for item in shared),
                column=_column_of(shared[0], columns),
                value=shared[0].name,
            )


def _report_near_names(organisations: Mapping[str, Organisation], columns: Columns, findings: Findings) -> None:
    """Report organisations whose name is similar to that of one named more often."""
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
                f"may be the same organisation as {', '.join(near[:5])}; not merged",
                "If they are the same, write them one way and import again.",
                row=organisation.first_row,
                column=_column_of(organisation, columns),
                value=organisation.name,
            )


def _report_near_areas(areas: Mapping[str, TableArea], columns: Columns, findings: Findings) -> None:
    """Report areas without p-code whose name is similar to that of one of the same parent named more often."""
    ranked = sorted(areas.values(), key=lambda area: (not area.pcode, -area.names.total(), area.key))
    siblings: dict[tuple[str | None, int], list[TableArea]] = {}
    compared = 0
    for area in ranked:
        others = siblings.setdefault((area.parent, area.level), [])
        if not area.pcode and (compared := compared + len(others)) <= MAX_COMPARED**2:
            form = area_name_form(area.name)
            near = [other.name for other in others if are_near(form, area_name_form(other.name))]
            if near:
                _report_area(area, f"may be the same area as {', '.join(near[:5])}; not merged", columns, findings)
        others.append(area)


def _column_of(organisation: Organisation, columns: Columns) -> str:
    """Return the heading of the first column that names the organisation, of full names if it has any."""
    role = min(organisation.roles, key=list(ChainRole).index)
    fields = (str(role), role.acronym) if organisation.names else (role.acronym, str(role))
    return columns.heading(fields[0]) or columns.heading(fields[1])


def _report_area(area: TableArea, reason: str, columns: Columns, findings: Findings) -> None:
    findings.add(
        reason,
        "Write each area one way, if possible with its p-code.",
        row=area.first_row,
        column=columns.heading(area_field(area.level)) or columns.heading(code_field(area.level)),
        value=area.pcode or area.name,
    )
