"""Routes of the activities."""

from graph.model import Activity
from service.http.smorest import Blueprint
from service.resources.activities.schemas import ActivityQuery, ActivitySchema
from service.resources.records import Resource, record_blueprint


def blueprint() -> Blueprint:
    """Return the routes."""
    return record_blueprint(
        Resource(
            record=Activity,
            name="activities",
            one="activity",
            description="Who does what, where, when (3W).",
            schema=ActivitySchema,
            example={
                "name": "Mobile clinic",
                "participants": [{"stakeholder_id": "0190a6e4-0000-7000-8000-000000000001", "role": "implements"}],
            },
            filters=ActivityQuery,
            deletion="Deletes the activity alone; its stakeholders, area and sector stay.",
        )
    )
