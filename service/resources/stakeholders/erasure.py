"""The records that refer to a stakeholder: their list, and the erasure that includes them."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, request

from graph.errors import NotFound, StillReferenced
from graph.model import Stakeholder
from queries.store import Held, Once
from service.http.current import actor, store
from service.http.errors import PreconditionRequired
from service.http.smorest import Blueprint
from service.resources.etags import check_if_match, fingerprint, idempotency_key
from service.resources.records import LINK, page_of
from service.resources.schemas import PageQuery
from service.resources.stakeholders.schemas import HeldSchema, ReferencePageSchema, ReferenceSchema, StakeholderSchema

ADDRESSES = {"TieReport": "/api/v1/tie-reports/", "Activity": "/api/v1/activities/"}


def add_references(blueprint: Blueprint) -> None:
    """Add the route that lists the records that refer to a stakeholder."""
    schema = ReferenceSchema()

    @blueprint.route("/<string(maxlength=100):record_id>/references")
    @blueprint.doc(
        summary="List the records that refer to one stakeholder, sorted by id",
        description="Tie reports, retracted ones too, and activities: what prevents its deletion, and what its erasure "
        "deletes or changes. Only what you may see.",
        operationId="listStakeholderReferences",
    )
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, ReferencePageSchema, headers=LINK)
    @blueprint.alt_response(404, HTTPStatus(404).name)
    def references(query: dict[str, Any], record_id: str) -> Response:
        counts = store().held(record_id, actor())
        page = store().references(record_id, actor(), **query)
        items = [schema.dump({**asdict(item), "address": ADDRESSES[item.kind] + item.id}) for item in page.items]
        return page_of(items, page.next, counts=HeldSchema().dump(counts))


def erase(record_id: str) -> Response:
    """Erase a stakeholder with all reports on it; return the counts of what was erased."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired("The request names no version to change.")
    key = idempotency_key()
    once = Once(key, fingerprint()) if key else None
    version = 0
    try:
        current = store().get(Stakeholder, record_id, actor())
        check_if_match(StakeholderSchema().dump(current))
        version = current.version
    except NotFound:
        if once is None:  # with a key this may repeat a request that has erased it already
            raise
    return jsonify(HeldSchema().dump(store().erase(record_id, actor(), version=version, once=once)))


def explained(record_id: str, error: StillReferenced) -> StillReferenced:
    """Return the refusal with the number of records that refer to the stakeholder, and the address of their list.

    Counts only records the actor may see; where there are none, the refusal is unchanged.
    """
    try:
        counts = store().held(record_id, actor())
    except NotFound:
        return error
    if not counts.references:
        return error
    address = f"/api/v1/stakeholders/{record_id}"
    cure = f"See {address}/references; DELETE {address}?erase=reports erases the reports too."
    return StillReferenced(f"{error.detail} {in_words(counts)}", cure=cure)


def in_words(counts: Held) -> str:
    """Return the counts as a sentence."""
    parts = (
        (counts.tie_reports, "tie reports"),
        (counts.retracted_tie_reports, "retracted tie reports"),
        (counts.activities, "activities"),
    )
    return f"You may see {', '.join(f'{number:,} {what}' for number, what in parts)} that refer to it."
