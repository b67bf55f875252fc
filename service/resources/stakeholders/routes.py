"""Routes of the stakeholders."""

from graph.model import Stakeholder
from service.http.smorest import Blueprint
from service.resources.records import Erasure, Resource, record_blueprint
from service.resources.stakeholders.erasure import add_references, erase, explained
from service.resources.stakeholders.schemas import (
    ERASE_PARAMETERS,
    EraseQuery,
    HeldSchema,
    StakeholderQuery,
    StakeholderSchema,
)


def blueprint() -> Blueprint:
    """Return the routes."""
    stakeholders = record_blueprint(
        Resource(
            record=Stakeholder,
            name="stakeholders",
            one="stakeholder",
            description="Actors: persons, organisations and offices that matter to the mission.",
            schema=StakeholderSchema,
            example={"name": "Sandrine Women's Association", "category": "community_group"},
            filters=StakeholderQuery,
            deletion="Refused while tie reports, retracted ones too, or activities name it: erase=reports erases those "
            "too and returns their counts; or set its status to inactive instead.",
            erasure=Erasure(
                query=EraseQuery, parameters=ERASE_PARAMETERS, answer=HeldSchema, run=erase, explain=explained
            ),
        )
    )
    add_references(stakeholders)
    return stakeholders
