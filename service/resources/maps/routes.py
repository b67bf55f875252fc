"""Routes of the maps: complete HTML pages that load nothing else."""

from http import HTTPStatus
from typing import Any

from flask import Response

from service import questions
from service.http.current import actor, networks
from service.http.protection import SELF_CONTAINED, allow
from service.http.smorest import Blueprint
from service.resources.analysis.schemas import take_scope
from service.resources.maps.schemas import EgoMapQuery, MapQuery

PAGE = {"content_type": "text/html", "description": "A complete page that loads nothing from elsewhere."}


def blueprint() -> Blueprint:
    """Return the routes."""
    maps = Blueprint(
        "maps",
        __name__,
        url_prefix="/api/v1/maps",
        description="The network as a page that can be saved and opened offline.",
    )

    @maps.route("/network")
    @maps.doc(summary="Map of the network", operationId="mapNetwork")
    @maps.arguments(MapQuery, location="query")
    @maps.response(200, {"type": "string"}, **PAGE)
    @maps.alt_response(404, HTTPStatus(404).name)
    @maps.alt_response(413, HTTPStatus(413).name)
    def network(query: dict[str, Any]) -> Response:
        return _page(questions.network_map.network_map(networks(), actor(), take_scope(query)), "network")

    @maps.route("/stakeholders/<string(maxlength=100):record_id>")
    @maps.doc(summary="Map of the surroundings of one stakeholder", operationId="mapStakeholder")
    @maps.arguments(EgoMapQuery, location="query")
    @maps.response(200, {"type": "string"}, **PAGE)
    @maps.alt_response(404, HTTPStatus(404).name)
    @maps.alt_response(413, HTTPStatus(413).name)
    def ego(query: dict[str, Any], record_id: str) -> Response:
        scope = take_scope(query)
        return _page(
            questions.network_map.network_map(networks(), actor(), scope, focus=record_id, **query), "stakeholder"
        )

    return maps


def _page(html: str, name: str) -> Response:
    response = Response(html, mimetype="text/html")
    # A fixed name: a stakeholder's would end up in download folders and their backups.
    response.headers["Content-Disposition"] = f'inline; filename="{name}-map.html"'
    return allow(response, SELF_CONTAINED)
