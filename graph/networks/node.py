"""A stakeholder as a network holds it: what analyses and maps read of the record."""

from dataclasses import dataclass

from graph.vocabulary import Nature


@dataclass(frozen=True, slots=True)
class Node:
    """What the network knows of a stakeholder."""

    id: str
    name: str
    category: str
    nature: Nature = Nature.ORGANISATION
    area_id: str | None = None
    sector_ids: tuple[str, ...] = ()
    do_not_contact: bool = False
    aliases: tuple[str, ...] = ()
