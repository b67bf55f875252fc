"""Routes of the analyses. Command line and HTTP call the same functions, so they give the same numbers."""

from http import HTTPStatus
from typing import Any

from flask import Response, jsonify

from graph.analysis.answer import Answer, as_json
from graph.analysis.gaps import Gap
from graph.analysis.intermediaries import Intermediary
from graph.analysis.paths import InfluencePath
from service import answers
from service.current import actor, networks
from service.extensions import Blueprint
from service.json_schema import json_schema
from service.resources.analysis.schemas import GapsQuery, IntermediariesQuery, PathsQuery, take_scope


def blueprint() -> Blueprint:
    """Return the routes."""
    analysis = Blueprint(
        "analysis",
        __name__,
        url_prefix="/api/v1/analysis",
        description="Questions about the network. Every answer says its method, what it was computed from, and why.",
    )

    @analysis.route("/intermediaries")
    @analysis.doc(summary="Who holds the network together", operationId="intermediaries")
    @analysis.arguments(IntermediariesQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=Intermediary))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def intermediaries(query: dict[str, Any]) -> Response:
        return _sent(answers.intermediaries(networks(), actor(), take_scope(query), **query))

    @analysis.route("/gaps")
    @analysis.doc(summary="Where partnerships are missing", operationId="gaps")
    @analysis.arguments(GapsQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=Gap))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def gaps(query: dict[str, Any]) -> Response:
        return _sent(answers.gaps(networks(), actor(), take_scope(query), **query))

    @analysis.route("/paths")
    @analysis.doc(summary="How to reach somebody", operationId="paths")
    @analysis.arguments(PathsQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=InfluencePath))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def paths(query: dict[str, Any]) -> Response:
        return _sent(answers.paths(networks(), actor(), take_scope(query), **query))

    return analysis


def _sent(answer: Answer[Any]) -> Response:
    return jsonify(as_json(answer))
