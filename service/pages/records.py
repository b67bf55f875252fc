"""Tables of stakeholders and ties, and a page for each stakeholder."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template

from graph.errors import NotFound
from graph.model import Area, Record, Sector, Stakeholder
from graph.networks.network import StakeholderNetwork
from graph.ties import Tie
from graph.vocabulary import TIE_KINDS
from service.http.current import actor, networks, store
from service.pages.query import address_with, read_query
from service.pages.tie_cursor import TiePageQuery, tie_cursor
from service.resources.schemas import cursor
from service.resources.stakeholders.schemas import StakeholderQuery

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROWS = 50
"""Rows on a page: two screens; beyond that, readers search instead."""


@dataclass(frozen=True, slots=True)
class NamedTie:
    """A tie with the names of its ends."""

    tie: Tie
    from_name: str
    to_name: str

    @property
    def kind(self) -> Any:  # noqa: ANN401 - read by a template
        """The kind's entry in the vocabulary."""
        return TIE_KINDS[self.tie.kind]


def add_routes(blueprint: Blueprint) -> None:
    """Add the routes of this module."""

    @blueprint.get("/stakeholders")
    def stakeholders() -> str:
        query = read_query(StakeholderQuery) | {"limit": ROWS}
        page = store().list(Stakeholder, actor(), **query)
        return render_template(
            "stakeholders.html",
            stakeholders=page.items,
            following=address_with(after=cursor(page.next)) if page.next else None,
            query=query,
        )

    @blueprint.get("/stakeholders/<string(maxlength=100):record_id>")
    def stakeholder(record_id: str) -> str:
        record = store().get(Stakeholder, record_id, actor())
        network = networks().get(actor())
        ties = _rows(network, network.ties.matching(stakeholder_id=record_id))
        return render_template(
            "stakeholder.html",
            stakeholder=record,
            area=_name_of(Area, record.area_id),
            sectors=[name for name in (_name_of(Sector, sector_id) for sector_id in record.sector_ids) if name],
            ties=sorted(ties, key=lambda row: (-row.tie.existence, row.tie.id)),
        )

    @blueprint.get("/ties")
    def ties() -> str:
        query = read_query(TiePageQuery)
        network = networks().get(actor(), as_of=query.get("as_of"), known_at=query.get("known_at"))
        words = {name: query.get(name) for name in ("kind", "status", "stakeholder_id")}
        positions = network.ties.matching(**words)
        if "after" in query:
            positions = positions[positions >= network.ties.first_after(*query["after"].split(" "))]
        shown = _rows(network, positions[:ROWS])
        return render_template(
            "ties.html",
            ties=shown,
            following=address_with(after=tie_cursor(shown[-1].tie)) if len(positions) > ROWS else None,
            query=query,
            as_of=network.as_of,
        )


def _rows(network: StakeholderNetwork, positions: "NDArray[np.intp]") -> list[NamedTie]:
    """Return the rows of the ties at these positions; no other tie is built, as a network has many more than a page."""
    nodes = network.nodes
    return [
        NamedTie(tie, nodes[tie.from_id].name, nodes[tie.to_id].name) for tie in network.ties.at(positions.tolist())
    ]


def _name_of(kind: type[Record], record_id: str | None) -> str | None:
    """Return the name of an area or sector, ``None`` where there is none or it may not be seen."""
    if record_id is None:
        return None
    try:
        record: Any = store().get(kind, record_id, actor())
    except NotFound:
        return None
    return str(record.name)
