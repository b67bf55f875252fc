"""What an import adds to a record that is kept already: never anything instead of what is there.

Aliases, external ids and empty fields are filled; sensitivity stays. Where table and record contradict each other the
record stands, and the contradiction is said.
"""

from collections.abc import Iterator
from dataclasses import replace

from graph.model import Area, Sector, Stakeholder
from service.exchange.threew.place_names import same_place
from service.exchange.threew.records import MAX_ALIASES

Contradiction = tuple[str, str]
"""What the table says, and what stands."""


def stakeholder(kept: Stakeholder, told: Stakeholder) -> Stakeholder:
    """Return the kept stakeholder with the spellings it lacked."""
    spellings = dict.fromkeys((*kept.aliases, told.name, *told.aliases))
    aliases = tuple(spelling for spelling in spellings if spelling != kept.name or spelling in kept.aliases)
    return replace(
        kept,
        aliases=aliases[: max(MAX_ALIASES, len(kept.aliases))],
        external_ids=_external_ids(kept.external_ids, told.external_ids),
    )


def area(kept: Area, told: Area) -> Area:
    """Return the kept area with the place, parent and p-code it lacked."""
    placed = kept.latitude is not None
    # Levels that disagree could close a ring of parents; then the hierarchy is for a person to mend.
    fits = kept.level == told.level and told.parent_id != kept.id
    return replace(
        kept,
        pcode=kept.pcode or told.pcode,
        parent_id=kept.parent_id or (told.parent_id if fits else None),
        latitude=kept.latitude if placed else told.latitude,
        longitude=kept.longitude if placed else told.longitude,
        external_ids=_external_ids(kept.external_ids, told.external_ids),
    )


def sector(kept: Sector, told: Sector) -> Sector:
    """Return the kept sector, known by the table's external id as well."""
    return replace(kept, external_ids=_external_ids(kept.external_ids, told.external_ids))


def stakeholder_contradictions(kept: Stakeholder, told: Stakeholder) -> Iterator[Contradiction]:
    """Yield where table and stakeholder contradict each other. ``other`` only says that the table does not know."""
    if told.category not in {kept.category, "other"}:
        yield f"category {told.category}", f"category {kept.category}"


def area_contradictions(kept: Area, told: Area) -> Iterator[Contradiction]:
    """Yield where table and area contradict each other."""
    if same_place(told.name) != same_place(kept.name):
        yield f"name {told.name}", f"name {kept.name}"
    if told.level != kept.level:
        yield f"level {told.level}", f"level {kept.level}"
    if told.parent_id and kept.parent_id and told.parent_id != kept.parent_id:
        yield "another parent", "the parent it has"


def _external_ids(kept: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kept, *told)))
