"""Routes of the areas."""

from graph.model import Area
from service.http.smorest import Blueprint
from service.resources.areas.schemas import AreaQuery, AreaSchema
from service.resources.records import Resource, record_blueprint


def blueprint() -> Blueprint:
    """Return the routes."""
    return record_blueprint(
        Resource(
            record=Area,
            name="areas",
            one="area",
            description="Areas in a hierarchy, with p-codes.",
            schema=AreaSchema,
            example={"name": "Sandrine district", "level": 2},
            filters=AreaQuery,
        )
    )
