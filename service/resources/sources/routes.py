"""Routes of the sources."""

from graph.model import Source
from service.http.smorest import Blueprint
from service.resources.records import Resource, record_blueprint
from service.resources.sources.schemas import SourceQuery, SourceSchema


def blueprint() -> Blueprint:
    """Return the routes."""
    return record_blueprint(
        Resource(
            record=Source,
            name="sources",
            one="source",
            description="Where reports come from: interviews, meetings, patrol reports, data sets …",
            schema=SourceSchema,
            example={"name": "Patrol report 12, Sandrine", "kind": "patrol_report", "reliability": "B"},
            filters=SourceQuery,
            deletion="Refused while tie reports name it.",
        )
    )
