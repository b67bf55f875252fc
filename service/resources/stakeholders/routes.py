"""Routes of the stakeholders."""

from typing import Any

from graph.access import Actor
from graph.model import Stakeholder
from graph.vocabulary import CATEGORIES
from queries.store import Store
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
            complete=_protected_by_category,
            deletion="Refused while ties or activities name it; set its status to inactive instead.",
        )
    )


def _protected_by_category(values: dict[str, Any], _store: Store, _actor: Actor) -> dict[str, Any]:
    """Give a stakeholder the sensitivity of its category, unless the writer chose one."""
    return {"sensitivity": CATEGORIES[values["category"]].default_sensitivity} | values
