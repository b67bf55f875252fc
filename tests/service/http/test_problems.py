"""Every failure has one form, with the headers that HTTP requires and no internal detail.

That every body is a complete problem is checked by the client itself (``conformance.py``), here as everywhere.
"""

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StakeholderGraphError
from queries.store import Store
from service import create_app
from service.config import Config
from service.http.errors import MEANINGS, exit_code, meaning_of
from tests.service.conformance import CheckedClient, checked_client

PAGES = ("/", "/stakeholders", "/stakeholders/x", "/ties", "/intermediaries", "/gaps", "/paths?from=a&to=b")
READS = (
    "stakeholders",
    "stakeholders/x",
    "ties",
    "ties/x",
    "areas",
    "analysis/intermediaries",
    "analysis/gaps",
    "analysis/centrality/katz",
    "analysis/key-players",
    "analysis/tie-betweenness",
    "analysis/team?member=a",
    "analysis/brokerage",
    "analysis/communities",
    "maps/network",
)


def test_an_unknown_address_is_a_problem(client: CheckedClient) -> None:
    response = client.get("/api/v1/nothing/here")
    assert (response.status_code, response.json["code"]) == (404, "no_such_address")
    assert response.json["instance"] == "/api/v1/nothing/here"


def test_a_wrong_method_gets_the_allowed_ones(client: CheckedClient) -> None:
    response = client.put("/api/v1/ties")
    assert (response.status_code, response.json["code"]) == (405, "method_not_allowed")
    assert {method.strip() for method in response.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}


def test_a_media_type_that_is_not_sent_is_refused(client: CheckedClient) -> None:
    response = client.get("/api/v1/stakeholders", headers={"Accept": "application/xml"})
    assert (response.status_code, response.json["code"]) == (406, "not_acceptable")
    assert client.get("/api/v1/stakeholders", headers={"Accept": "application/*"}).status_code == 200


def test_a_change_without_a_tag_is_asked_for_one(client: CheckedClient) -> None:
    where = client.post("/api/v1/sectors", json={"code": "A", "name": "A"}).headers["Location"]
    response = client.delete(where)
    assert (response.status_code, response.json["errors"][0]["in"]) == (428, "header")


def test_a_browser_gets_a_page_and_a_program_gets_json(client: CheckedClient) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = client.get("/stakeholders/nobody", headers=browser)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert client.get("/stakeholders/nobody").mimetype == "application/problem+json"
    assert client.get("/api/v1/stakeholders/nobody", headers=browser).mimetype == "application/problem+json"


def test_a_hostile_name_in_an_error_page_is_text(client: CheckedClient) -> None:
    page = client.get("/paths?from=<script>alert(1)</script>&to=x", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "<script>alert" not in page.text


def test_an_unforeseen_failure_reveals_nothing_and_is_logged(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = checked_client(create_app(Config(home=tmp_path), store=store))  # of its own: a route is added

    @client.application.get("/api/v1/broken")
    def broken() -> str:
        raise RuntimeError("Amina Thorne told us")

    with caplog.at_level(logging.INFO):
        response = client.get("/api/v1/broken")
    assert (response.status_code, response.json["code"]) == (500, "internal_error")
    assert "Amina" not in response.text
    assert "Amina" not in caplog.text
    assert response.json["trace_id"] in caplog.text
    assert "RuntimeError in broken" in caplog.text


def test_every_foreseen_error_is_in_the_table() -> None:
    def below(kind: type[StakeholderGraphError]) -> Iterator[type[StakeholderGraphError]]:
        yield kind
        for child in kind.__subclasses__():
            yield from below(child)

    ours = {kind for kind in below(StakeholderGraphError) if kind.__module__ in ("graph.errors", "service.http.errors")}
    assert ours == set(MEANINGS)
    for kind in ours:
        meaning = meaning_of(kind("It failed."))
        assert meaning.code == kind.code
        assert exit_code(kind("It failed.")) == (3 if meaning.status == 503 else 1)


@pytest.fixture
def dead(tmp_path: Path) -> Iterator[CheckedClient]:
    """A client of a service whose database nobody listens for."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: every connection is refused
        store = Store.open(f"bolt://127.0.0.1:{taken.getsockname()[1]}", "neo4j", "none")
        yield checked_client(create_app(Config(home=tmp_path), store=store))
        store.close()


def test_without_a_database_the_process_is_alive_but_not_ready(dead: CheckedClient) -> None:
    assert dead.get("/livez").json == {"status": "alive"}
    ready = dead.get("/readyz")
    assert (ready.status_code, ready.json["code"]) == (503, "store_unavailable")
    assert int(ready.headers["Retry-After"]) > 0


def test_without_a_database_every_question_is_answered_503(dead: CheckedClient) -> None:
    for address in (*(f"/api/v1/{name}" for name in READS), *PAGES):
        response = dead.get(address)
        assert response.status_code == 503, (address, response.json)
        assert int(response.headers["Retry-After"]) > 0
    written = dead.post("/api/v1/sectors", json={"code": "A", "name": "A"})
    assert written.status_code == 503


def test_with_a_database_the_service_is_ready(client: CheckedClient) -> None:
    assert client.get("/readyz").json == {"status": "ready"}
