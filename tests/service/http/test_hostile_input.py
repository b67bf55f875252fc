"""No body, query or header gives a 5xx, and what is refused changes nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import Schema

from service.resources.activities.schemas import ActivitySchema
from service.resources.areas.schemas import AreaSchema
from service.resources.sectors.schemas import SectorSchema
from service.resources.sources.schemas import SourceSchema
from service.resources.stakeholders.schemas import StakeholderSchema
from service.resources.tie_reports.schemas import TieReportSchema
from tests.service.conformance import CheckedClient
from tests.service.http.test_strict_json import HOSTILE
from tests.service.servers.test_life_cycle import KINDS, MERGE_PATCH, Kind, every_kind

SCHEMAS: dict[str, type[Schema]] = {
    "stakeholders": StakeholderSchema,
    "sources": SourceSchema,
    "areas": AreaSchema,
    "sectors": SectorSchema,
    "activities": ActivitySchema,
    "tie-reports": TieReportSchema,
}

WRONG_TYPES = (
    None,
    "text/plain",
    "application/xml",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/vnd.api+json",
    "*/*",
    "nonsense",
)

# Well-formed JSON that no field should accept, or only a field meant for it.
VALUES: tuple[Any, ...] = (
    True, 0, -1, 7, 2**53, 1e308, 1e-320, 0.5, "", " ", "x", "x" * 20_000, "\x00", "a\x1bb", "a\u202eb", "٣", "1e5",
    "2026-02-30", "20260101", "0001-01-01", "9999-12-31", "2026-01-01T00:00:00", [], [[]], ["x"] * 5000, [None], {},
    {"$gt": ""}, {"stakeholder_id": "x"}, [{"stakeholder_id": "x", "role": "implements"}], "' OR 1=1 //",
    "`}) DETACH DELETE n //", "public", "absent", "ngo",
)  # fmt: skip


def contents(client: CheckedClient) -> dict[str, Any]:
    """All records, as the API lists them."""
    return {name: client.get(f"/api/v1/{name}?limit=500").json["items"] for name in (*SCHEMAS, "ties")}


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind of record."""
    found: Kind = request.param
    return found


@pytest.fixture
def routes(client: CheckedClient, kind: Kind) -> list[tuple[str, str, dict[str, str], str]]:
    """The two routes that take a body of this kind: method, address, headers, media type. One record is there."""
    created = client.post(f"/api/v1/{kind.name}", json=kind.body(client))
    return [
        ("POST", f"/api/v1/{kind.name}", {}, "application/json"),
        ("PATCH", created.headers["Location"], {"If-Match": created.headers["ETag"]}, MERGE_PATCH),
    ]


def test_a_hostile_body_is_refused_and_changes_nothing(client: CheckedClient, routes: Any) -> None:
    before = contents(client)
    for method, address, headers, media_type in routes:
        for what, body in HOSTILE.items():
            response = client.open(address, method=method, headers=headers, data=body, content_type=media_type)
            assert response.status_code == 400, (what, response.json)
            assert response.json["code"] == "malformed_body"
    assert contents(client) == before


def test_a_body_of_another_media_type_is_never_read_as_an_empty_one(client: CheckedClient, routes: Any) -> None:
    before = contents(client)
    for method, address, headers, right in routes:
        for media_type in (*WRONG_TYPES, "application/json" if right == MERGE_PATCH else MERGE_PATCH):
            for body in (b"", b"{}", b'{"name":"B"}', b"name=B"):
                response = client.open(address, method=method, headers=headers, data=body, content_type=media_type)
                assert response.status_code == 415, (media_type, body, response.json)
    assert contents(client) == before


@pytest.mark.parametrize("body", [[], "text", 1, None, True, [{}], {"nonsense": 1}, {"id": "x"}, {"version": 9}])
def test_a_body_that_is_no_record_is_refused(client: CheckedClient, kind: Kind, routes: Any, body: Any) -> None:
    before = contents(client)
    for method, address, headers, media_type in routes:
        data = json.dumps(body)  # Flask's client sends None as no body at all
        response = client.open(address, method=method, headers=headers, data=data, content_type=media_type)
        assert response.status_code == 422, response.json
    assert contents(client) == before


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.long)])
def test_no_value_of_any_field_gives_a_server_error(client: CheckedClient, kind: Kind, routes: Any, every: int) -> None:
    """A usual run tries each value on every fourth field by each method; six kinds have fields enough for all."""
    (post, where, headers, media_type), (patch, one, tag, merge_patch) = routes
    body = kind.body(client)
    for field, name in enumerate(SCHEMAS[kind.name]().fields):
        for number, value in enumerate(VALUES):
            if (field + number) % every == 0:
                created = client.open(
                    where, method=post, headers=headers, json=body | {name: value}, content_type=media_type
                )
                assert created.status_code in (201, 409, 422), (name, value, created.json)
            if (field + number + every // 2) % every:
                continue
            changed = client.open(one, method=patch, headers=tag, json={name: value}, content_type=merge_patch)
            assert changed.status_code in (200, 409, 412, 422), (name, value, changed.json)
            if changed.status_code == 200:
                tag = {"If-Match": changed.headers["ETag"]}
    assert client.get(one).status_code == 200


def test_each_refused_field_is_named_by_its_pointer(client: CheckedClient) -> None:
    response = client.post(
        "/api/v1/activities",
        json={
            "name": "A\u202eB",
            "participants": [{"stakeholder_id": "x", "role": "pays"}],
            "colour": "red",
            "valid_from": "1",
        },
    )
    places = {error["pointer"]: error["cure"] for error in response.json["errors"]}
    assert places.keys() == {"/name", "/participants/0/role", "/colour", "/valid_from"}
    assert places["/participants/0/role"] == "Use one of: implements, funds, partners."
    assert places["/valid_from"] == "Give a day as YYYY-MM-DD."


def test_names_are_normalised(client: CheckedClient) -> None:
    """NFC (é as one character), trimmed, white space collapsed; joiners that Persian spelling needs stay."""
    response = client.post(
        "/api/v1/stakeholders",
        json={"name": " Comite\u0301\u00a0 des\tsages ", "category": "ngo", "aliases": ["می\u200cخواهم"]},
    )
    assert (response.json["name"], response.json["aliases"]) == ("Comité des sages", ["می\u200cخواهم"])


QUERIES = (
    "limit=0", "limit=-1", "limit=501", "limit=1000000000000000000000000", "limit=1e2", "limit=٣", "limit=",
    "limit=5&limit=6", "after=", "after=!", "after=AAAA", "after=%00", "after=w6k%3D", "page=1000000000000000000000000",
    "nonsense=1", "q=%00", "q=&q=",
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_is_not_documented_is_refused(client: CheckedClient, query: str) -> None:
    for address in (*(f"/api/v1/{name}" for name in SCHEMAS), "/api/v1/ties"):
        response = client.get(f"{address}?{query}")
        assert (response.status_code, response.json["code"]) == (422, "invalid_query"), (address, response.json)
        assert {error["in"] for error in response.json["errors"]} == {"query"}


ANALYSES = (
    "as_of=2026-02-30", "as_of=tomorrow", "known_at=2026-01-01T00:00:00", "known_at=0001-01-01T00:00:00%2B14:00",
    "k=11", "category=king", "kind=loves", "without_mission=yes", "direction=up", "limit=1001", "avoid=" + "x" * 501,
    "&".join(f"avoid=a{n}" for n in range(51)), "depth=5", "depth=0",
)  # fmt: skip


@pytest.mark.parametrize("query", ANALYSES)
@pytest.mark.parametrize(
    "address",
    [
        *("analysis/intermediaries", "analysis/gaps", "analysis/paths", "analysis/key-players", "analysis/brokerage"),
        *("analysis/communities", "analysis/centrality/katz", "maps/network", "analysis/tie-betweenness"),
        "analysis/team",
    ],
)
def test_a_question_out_of_range_is_refused(client: CheckedClient, address: str, query: str) -> None:
    ends = "&from=a&to=b" if address == "analysis/paths" else ""
    response = client.get(f"/api/v1/{address}?{query}{ends}")
    assert (response.status_code, response.json["code"]) == (422, "invalid_query"), response.json


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("query", ["x=1", "limit=5"])
def test_a_route_without_parameters_takes_none(client: CheckedClient, method: str, query: str) -> None:
    response = client.open(f"/api/v1/sources/1?{query}", method=method, json={}, headers={"If-Match": '"1"'})
    if method == "POST":
        assert response.status_code == 405
    else:
        assert (response.status_code, response.json["code"]) == (422, "invalid_query")


@pytest.mark.parametrize(
    "address", ["%00", "%F0%9F%92%A9", "%ED%A0%80", "..%2f..", "'%20OR%201=1", "x" * 100, "%F0%9F"]
)
@every_kind
def test_no_address_gives_a_server_error(client: CheckedClient, kind: Kind, address: str) -> None:
    for prefix in (f"/api/v1/{kind.name}", "/api/v1/ties", "/api/v1/maps/stakeholders", "/stakeholders"):
        assert client.get(f"{prefix}/{address}").status_code == 404


@pytest.mark.parametrize("key", ["", '""', "a b", "x" * 256, "é", "\t"])
def test_an_idempotency_key_out_of_range_is_refused(client: CheckedClient, key: str) -> None:
    response = client.post(
        "/api/v1/sectors", json={"code": "A", "name": "A"}, headers={"Idempotency-Key": key.encode().decode("latin-1")}
    )
    assert (response.status_code, response.json["code"]) == (422, "invalid_header")
    assert response.json["errors"][0]["in"] == "header"


@pytest.mark.parametrize("tag", ["", '"', "W/", "1", '"x", "y"', '"\x7f"', "," * 5000])
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_an_invalid_tag_changes_nothing(client: CheckedClient, method: str, tag: str) -> None:
    where = client.post("/api/v1/sectors", json={"code": "A", "name": "A"}).headers["Location"]
    body = {"json": {"name": "B"}, "content_type": MERGE_PATCH} if method == "PATCH" else {}
    response = client.open(where, method=method, headers={"If-Match": tag}, **body)
    assert response.status_code in (412, 428), response.json
    assert client.get(where).json["name"] == "A"


def test_a_body_over_the_cap_is_refused_unread(client: CheckedClient) -> None:
    for address in ("/api/v1/stakeholders", "/api/v1/imports"):
        response = client.post(
            address,
            content_type="application/json" if "stake" in address else "text/csv",
            environ_overrides={"wsgi.input": Unreadable(), "CONTENT_LENGTH": str(10**10)},
        )
        assert (response.status_code, response.json["code"]) == (413, "too_large")


class Unreadable:
    """A body that must not be read."""

    def read(self, *_: Any) -> bytes:
        """Fail."""
        raise AssertionError("It was read.")

    readline = read

    def __iter__(self) -> Iterator[bytes]:
        raise AssertionError("It was read.")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(body=st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode(errors="surrogatepass")))
def test_any_bytes_are_refused_with_a_problem(client: CheckedClient, body: bytes) -> None:
    response = client.post("/api/v1/stakeholders", data=body, content_type="application/json")
    assert response.status_code in (400, 422)


FIELD = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.dictionaries(st.sampled_from([*StakeholderSchema().fields, "x"]), FIELD, max_size=6))
def test_any_stakeholder_is_stored_or_refused(client: CheckedClient, body: dict[str, Any]) -> None:
    response = client.post("/api/v1/stakeholders", json=body)
    assert response.status_code in (201, 400, 409, 422), response.json
