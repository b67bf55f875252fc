"""The published OpenAPI document is valid and complete."""

from dataclasses import fields
from typing import Any

import pytest
from flask_smorest.spec.plugins import FlaskPlugin
from openapi_spec_validator import validate

from graph.model import Activity, Area, Record, Sector, Source, Stakeholder
from graph.ties import Tie, TieReport
from service.http.errors import BY_STATUS, MEANINGS
from tests.service.conformance import CheckedClient

METHODS = {"GET", "POST", "PATCH", "PUT", "DELETE"}


@pytest.fixture
def document(client: CheckedClient) -> dict[str, Any]:
    """What the application publishes."""
    return dict(client.get("/api/v1/openapi.json").json or {})


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_every_route_is_documented_and_every_documented_route_exists(
    client: CheckedClient, document: dict[str, Any]
) -> None:
    """Pages and their files are for people; everything else is in the document."""
    rules = [rule for rule in client.application.url_map.iter_rules() if not rule.endpoint.startswith("pages.")]
    routed = {
        (FlaskPlugin.flaskpath2openapi(rule.rule), method.lower())
        for rule in rules
        for method in METHODS & (rule.methods or set())
    }
    documented = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert {entry for entry in documented if entry[1] != "parameters"} == routed


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        operation
        for methods in document["paths"].values()
        for method, operation in methods.items()
        if method != "parameters"
    ]


def test_every_operation_has_a_summary_a_name_and_its_refusals(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document)]
    assert len(set(names)) == len(names)
    for operation in operations(document):
        assert operation["summary"]
        assert {"400", "406", "422", "500", "503"} <= operation["responses"].keys()
        if "requestBody" in operation:
            assert {"403", "413", "415"} <= operation["responses"].keys()


def test_errors_are_documented_with_the_media_type_they_are_sent_with(document: dict[str, Any]) -> None:
    assert document["components"]["responses"]
    for name, response in document["components"]["responses"].items():
        if name != "NOT_MODIFIED":
            assert list(response["content"]) == ["application/problem+json"], name


@pytest.mark.parametrize("record", [Stakeholder, Source, Area, Sector, Activity, TieReport, Tie])
def test_records_are_published_with_exactly_the_names_of_the_model(
    document: dict[str, Any], record: type[Record] | type[Tie]
) -> None:
    published = document["components"]["schemas"][record.__name__]["properties"]
    assert published.keys() == {field.name for field in fields(record)}


@pytest.mark.parametrize(
    "name",
    [
        "intermediaries",
        "gaps",
        "paths",
        "centrality/{measure}",
        "key-players",
        "brokerage",
        "communities",
        "tie-betweenness",
        "team",
    ],
)
def test_an_answer_is_documented_down_to_its_items(document: dict[str, Any], name: str) -> None:
    answer = document["paths"][f"/api/v1/analysis/{name}"]["get"]["responses"]["200"]["content"]["application/json"]
    properties = answer["schema"]["properties"]
    more = {"agreement"} if name == "communities" else set()
    assert properties.keys() == {"method", "parameters", "graph", "items", "warnings", "truncated"} | more
    assert "sentence" in properties["items"]["items"]["properties"]


def test_examples_can_be_sent_as_they_are(client: CheckedClient, document: dict[str, Any]) -> None:
    """Examples that name other records are valid, but those records do not exist."""
    for path, methods in document["paths"].items():
        content = methods.get("post", {}).get("requestBody", {}).get("content", {})
        if "example" in content.get("application/json", {}):
            response = client.post(path, json=content["application/json"]["example"])
            refers = any("_id" in str(key) for key in str(content["application/json"]["example"]).split("'"))
            assert response.status_code == (422 if refers else 201), response.json
            if refers:
                assert all("_id" in error["pointer"] for error in response.json["errors"]), response.json


def test_every_error_code_is_explained(client: CheckedClient) -> None:
    page = client.get("/problems").text
    for meaning in (*MEANINGS.values(), *BY_STATUS.values()):
        assert f'id="{meaning.code}"' in page
        assert meaning.title
        assert meaning.cure
