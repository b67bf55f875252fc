"""Routes of the stakeholders."""

from graph.model import Stakeholder
from service.http.smorest import Blueprint
from service.resources.records import Resource, record_blueprint
from service.resources.stakeholders.schemas import StakeholderQuery, StakeholderSchema


def blueprint() -> Blueprint:
    """Return the routes."""
    return record_blueprint(
        Resource(
            record=Stakeholder,
            name="stakeholders",
            one="stakeholder",
            description="Actors: persons, organisations and offices that matter to the mission.",
            schema=StakeholderSchema,
            example={"name": "Sandrine Women's Association", "category": "community_group"},
            filters=StakeholderQuery,
            deletion="Refused while ties or activities name it; set its status to inactive instead.",
        )
    )
