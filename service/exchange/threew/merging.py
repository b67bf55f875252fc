"""Merge an imported record into a stored one: an import adds and never overwrites.

Aliases, external ids and empty fields are filled; sensitivity stays. Where table and record contradict each other, the
record stays as it is and a finding names the contradiction.
"""

from collections.abc import Iterator
from dataclasses import replace

from graph.model import Area, Sector, Stakeholder
from service.exchange.threew.area_names import area_name_form
from service.exchange.threew.records import MAX_ALIASES

Contradiction = tuple[str, str]
"""What the table says, and what the record says."""


def stakeholder(stored: Stakeholder, imported: Stakeholder) -> Stakeholder:
    """Return the stored stakeholder with the spellings that it lacked added as aliases."""
    spellings = dict.fromkeys((*stored.aliases, imported.name, *imported.aliases))
    aliases = tuple(spelling for spelling in spellings if spelling != stored.name or spelling in stored.aliases)
    return replace(
        stored,
        aliases=aliases[: max(MAX_ALIASES, len(stored.aliases))],
        external_ids=_external_ids(stored.external_ids, imported.external_ids),
    )


def area(stored: Area, imported: Area) -> Area:
    """Return the stored area with the coordinates, parent and p-code that it lacked."""
    has_point = stored.latitude is not None
    # If levels disagree, the parents could form a cycle; then a person has to correct the hierarchy.
    fits = stored.level == imported.level and imported.parent_id != stored.id
    return replace(
        stored,
        pcode=stored.pcode or imported.pcode,
        parent_id=stored.parent_id or (imported.parent_id if fits else None),
        latitude=stored.latitude if has_point else imported.latitude,
        longitude=stored.longitude if has_point else imported.longitude,
        external_ids=_external_ids(stored.external_ids, imported.external_ids),
    )


def sector(stored: Sector, imported: Sector) -> Sector:
    """Return the stored sector with the table's external id added."""
    return replace(stored, external_ids=_external_ids(stored.external_ids, imported.external_ids))


def stakeholder_contradictions(stored: Stakeholder, imported: Stakeholder) -> Iterator[Contradiction]:
    """Yield where table and stakeholder contradict each other. ``other`` only means that the table does not say."""
    if imported.category not in {stored.category, "other"}:
        yield f"category {imported.category}", f"category {stored.category}"


def area_contradictions(stored: Area, imported: Area) -> Iterator[Contradiction]:
    """Yield where table and area contradict each other."""
    if area_name_form(imported.name) != area_name_form(stored.name):
        yield f"name {imported.name}", f"name {stored.name}"
    if imported.level != stored.level:
        yield f"level {imported.level}", f"level {stored.level}"
    if imported.parent_id and stored.parent_id and imported.parent_id != stored.parent_id:
        yield "another parent", "the parent it has"


def _external_ids(stored: tuple[str, ...], imported: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*stored, *imported)))
