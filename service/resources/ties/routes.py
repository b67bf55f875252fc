"""Routes of the ties: read-only, as a tie changes only with its reports."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask import Response

from service.http.current import actor, store
from service.http.smorest import Blueprint
from service.resources.etags import represented
from service.resources.records import ETAG, LINK, page_of
from service.resources.schemas import MomentQuery, page_schema
from service.resources.ties.schemas import TieQuery, TieSchema


def blueprint() -> Blueprint:
    """Return the routes."""
    ties = Blueprint(
        "ties", __name__, url_prefix="/api/v1/ties", description="Ties as computed from their reports. Read-only."
    )
    schema = TieSchema()

    @ties.route("")
    @ties.doc(summary="List ties, sorted by id", operationId="listTie")
    @ties.arguments(TieQuery, location="query")
    @ties.response(200, page_schema(TieSchema, "TiePage"), headers=LINK)
    def list_ties(query: dict[str, Any]) -> Response:
        page = store().ties(actor(), **_on_a_day(query))
        return page_of([schema.dump(tie) for tie in page.items], page.next)

    @ties.route("/<string(maxlength=100):tie_id>")
    @ties.doc(summary="Read one tie", operationId="getTie")
    @ties.arguments(MomentQuery, location="query")
    @ties.response(200, TieSchema, headers=ETAG)
    @ties.alt_response(304, HTTPStatus(304).name)
    @ties.alt_response(404, HTTPStatus(404).name)
    def get_tie(query: dict[str, Any], tie_id: str) -> Response:
        return represented(schema.dump(store().tie(tie_id, actor(), **_on_a_day(query))))

    return ties


def _on_a_day(query: dict[str, Any]) -> dict[str, Any]:
    return {"as_of": datetime.now(UTC).date(), "known_at": None} | query
