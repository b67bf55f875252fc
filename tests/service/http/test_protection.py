"""Without a login, other web sites are kept out by the host a request names and the origin of a change."""

import pytest

from tests.service.conformance import CheckedClient

SECTOR = {"code": "PRO", "name": "Protection"}


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
def test_the_service_answers_to_its_own_names(client: CheckedClient, host: str) -> None:
    assert client.get("/livez", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8000",
        "[::1",
        "a b",
        "127.0.0.2",
    ],
)
@pytest.mark.parametrize("address", ["/livez", "/", "/api/v1/stakeholders", "/static/style.css", "/nothing"])
def test_a_request_for_another_host_is_refused(client: CheckedClient, address: str, host: str) -> None:
    response = client.get(address, headers={"Host": host})
    assert (response.status_code, response.json["code"]) == (400, "untrusted_host")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "nonsense"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "https://localhost"},
        {"Origin": "null"},
    ],
)
def test_a_change_from_another_site_s_page_is_refused(client: CheckedClient, headers: dict[str, str]) -> None:
    for address, method in (
        ("/api/v1/sectors", "POST"),
        ("/api/v1/sectors/x", "PATCH"),
        ("/api/v1/sectors/x", "DELETE"),
        ("/api/v1/imports", "POST"),
        ("/import", "POST"),
        ("/import/confirm", "POST"),
    ):
        response = client.open(address, method=method, json=SECTOR, headers=headers)
        assert (response.status_code, response.json["code"]) == (403, "cross_site_request"), address
    assert client.get("/api/v1/sectors").json["items"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {},  # a program
        {"Origin": "http://localhost"},  # an older browser
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},  # a form of ours: it sends no referrer, so no origin
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_change_from_our_own_pages_or_a_program_is_accepted(client: CheckedClient, headers: dict[str, str]) -> None:
    assert client.post("/api/v1/sectors", json=SECTOR, headers=headers).status_code == 201


@pytest.mark.parametrize(
    "address", ["/", "/docs", "/api/v1/stakeholders", "/api/v1/nothing", "/livez", "/static/style.css"]
)
def test_every_response_carries_the_headers_that_protect_it(client: CheckedClient, address: str) -> None:
    with client.get(address) as response:
        headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Cache-Control"] == ("no-cache" if address.startswith("/static") else "no-store")


def test_a_map_runs_only_its_own_scripts_isolated_from_the_service(client: CheckedClient) -> None:
    response = client.get("/api/v1/maps/network")
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy
    assert "script-src &#39;sha256-" in response.text or "script-src 'sha256-" in response.text
    assert response.headers["Content-Disposition"] == 'inline; filename="network-map.html"'


def test_no_cross_origin_read_is_allowed(client: CheckedClient) -> None:
    preflight = client.options(
        "/api/v1/stakeholders", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert not [name for name in preflight.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118 - not a dict
