"""Routes of the analyses. Command line and HTTP call the same functions, so they give the same numbers."""

from http import HTTPStatus
from typing import Any

from flask import Response, jsonify

from graph.analysis.answers.answer import Answer, as_json
from graph.analysis.answers.ranked_row import Ranked
from graph.analysis.brokerage.answer import Brokerage
from graph.analysis.centrality.one_measure import MEASURES
from graph.analysis.centrality.tie_betweenness import RankedTie
from graph.analysis.communities.answer import Communities, CommunityRow
from graph.analysis.gaps import Gap
from graph.analysis.groups.key_players import KeySet
from graph.analysis.groups.team import Team
from graph.analysis.intermediaries.answer import Intermediary
from graph.analysis.paths.answer import InfluencePath
from service import questions
from service.http.current import actor, networks
from service.http.json_schema import json_schema
from service.http.smorest import Blueprint
from service.resources.analysis.schemas import (
    BrokerageQuery,
    CentralityQuery,
    CommunitiesQuery,
    GapsQuery,
    IntermediariesQuery,
    KeyPlayersQuery,
    PathsQuery,
    TeamQuery,
    TieBetweennessQuery,
    take_ends,
    take_scope,
)


def blueprint() -> Blueprint:
    """Return the routes."""
    analysis = Blueprint(
        "analysis",
        __name__,
        url_prefix="/api/v1/analysis",
        description="Questions about the network. Every answer states its method, its data and a sentence a row.",
    )

    @analysis.route("/intermediaries")
    @analysis.doc(summary="Who holds the network together", operationId="intermediaries")
    @analysis.arguments(IntermediariesQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=Intermediary))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def intermediaries(query: dict[str, Any]) -> Response:
        scope, ends = take_scope(query), take_ends(query)
        return _json_response(questions.intermediaries.intermediaries(networks(), actor(), scope, ends=ends, **query))

    @analysis.route("/centrality/<string:measure>")
    @analysis.doc(summary="Stakeholders ranked by one measure", operationId="centrality", description=_measures())
    @analysis.arguments(CentralityQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=Ranked))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def centrality(query: dict[str, Any], measure: str) -> Response:
        return _json_response(
            questions.centrality.centrality(networks(), actor(), take_scope(query), measure=measure, **query)
        )

    @analysis.route("/key-players")
    @analysis.doc(summary="Which few together reach most, or which channels to back up", operationId="keyPlayers")
    @analysis.arguments(KeyPlayersQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=KeySet))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def key_players(query: dict[str, Any]) -> Response:
        return _json_response(questions.groups.key_players(networks(), actor(), take_scope(query), **query))

    @analysis.route("/tie-betweenness")
    @analysis.doc(summary="Which ties most shortest routes cross", operationId="tieBetweenness")
    @analysis.arguments(TieBetweennessQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=RankedTie))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def tie_betweenness(query: dict[str, Any]) -> Response:
        return _json_response(questions.centrality.tie_betweenness(networks(), actor(), take_scope(query), **query))

    @analysis.route("/team")
    @analysis.doc(summary="What given stakeholders achieve together", operationId="team")
    @analysis.arguments(TeamQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=Team))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def team(query: dict[str, Any]) -> Response:
        return _json_response(questions.groups.team(networks(), actor(), take_scope(query), **query))

    @analysis.route("/brokerage")
    @analysis.doc(summary="Who brokers between groups, and in which role", operationId="brokerage")
    @analysis.arguments(BrokerageQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=Brokerage))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def brokerage(query: dict[str, Any]) -> Response:
        return _json_response(questions.brokerage.brokerage(networks(), actor(), take_scope(query), **query))

    @analysis.route("/communities")
    @analysis.doc(summary="Who is in the same community", operationId="communities")
    @analysis.arguments(CommunitiesQuery, location="query")
    @analysis.response(200, json_schema(Communities, Item=CommunityRow))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def communities(query: dict[str, Any]) -> Response:
        return _json_response(questions.communities.communities(networks(), actor(), take_scope(query), **query))

    @analysis.route("/gaps")
    @analysis.doc(summary="Where partnerships are missing", operationId="gaps")
    @analysis.arguments(GapsQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=Gap))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def gaps(query: dict[str, Any]) -> Response:
        return _json_response(questions.gaps.gaps(networks(), actor(), take_scope(query), **query))

    @analysis.route("/paths")
    @analysis.doc(summary="How to reach somebody", operationId="paths")
    @analysis.arguments(PathsQuery, location="query")
    @analysis.response(200, json_schema(Answer, Item=InfluencePath))
    @analysis.alt_response(404, HTTPStatus(404).name)
    def paths(query: dict[str, Any]) -> Response:
        return _json_response(questions.paths.paths(networks(), actor(), take_scope(query), **query))

    return analysis


def _measures() -> str:
    return "Measures: " + "; ".join(f"`{word}`: {measure.method}" for word, measure in MEASURES.items()) + "."


def _json_response(answer: Answer[Any]) -> Response:
    return jsonify(as_json(answer))
