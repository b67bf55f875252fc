"""Routes of the sectors."""

from graph.model import Sector
from service.http.smorest import Blueprint
from service.resources.records import Resource, record_blueprint
from service.resources.sectors.schemas import SectorQuery, SectorSchema


def blueprint() -> Blueprint:
    """Return the routes."""
    return record_blueprint(
        Resource(
            record=Sector,
            name="sectors",
            one="sector",
            description="Fields of work (clusters, in humanitarian tables).",
            schema=SectorSchema,
            example={"code": "PRO", "name": "Protection"},
            filters=SectorQuery,
        )
    )
