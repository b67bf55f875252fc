"""Records that refer to a stakeholder are listed and counted over HTTP; an erasure includes and counts them."""

import re
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Actor, Sensitivity
from graph.ties import TieReport
from queries import erasure
from queries.store import Store
from tests.builders import a_source, a_stakeholder, a_tie_report, an_activity
from tests.service.conformance import CheckedClient
from tests.service.conftest import ClientFor

GUEST = Actor(name="guest", clearance=Sensitivity.PUBLIC)
COUNTS = {"tie_reports": 1, "retracted_tie_reports": 1, "ties": 1, "activities": 1, "activities_alone": 0}


@pytest.fixture
def where(store: Store) -> str:
    """The address of a stakeholder with a report, a retracted report, and a part in an activity."""
    one, two = (store.create(a_stakeholder(name=name), LOCAL_ACTOR) for name in ("Elders", "Mayor"))
    source = store.create(a_source(), LOCAL_ACTOR)
    reports = [
        a_tie_report(from_id=one.id, to_id=two.id, source_id=source.id, kind=kind) for kind in ("funds", "trains")
    ]
    for report in reports:
        store.create(report, LOCAL_ACTOR)
    store.delete(TieReport, reports[0].id, LOCAL_ACTOR, version=1)
    store.create(an_activity(one.id, two.id), LOCAL_ACTOR)
    return f"/api/v1/stakeholders/{one.id}"


def tag(client: CheckedClient, where: str) -> dict[str, str]:
    return {"If-Match": client.get(where).headers["ETag"]}


def plain(response: Any) -> str:
    return re.sub(r'"trace_id":"[0-9a-f]+"', "", response.text)


def test_references_can_be_read_at_the_addresses_listed(client: CheckedClient, where: str) -> None:
    page = client.get(f"{where}/references")
    assert page.json["counts"] == COUNTS
    items, following = [], f"{where}/references?limit=1"
    while following:
        answer = client.get(following).json
        items += answer["items"]
        following = answer["next"]
    assert items == page.json["items"]
    for item in items:
        record = client.get(item["address"])
        assert (record.status_code, record.json["id"]) == (200, item["id"])
        assert record.json.get("retracted_at") == item["retracted_at"]
    assert [item["kind"] for item in items].count("TieReport") == 2


def test_a_refused_deletion_counts_the_references_and_names_their_list(client: CheckedClient, where: str) -> None:
    refused = client.delete(where, headers=tag(client, where))
    assert (refused.status_code, refused.json["code"]) == (409, "still_referenced")
    assert "1 tie reports, 1 retracted tie reports, 1 activities" in refused.json["detail"]
    assert f"{where}/references" in refused.json["errors"][0]["cure"]


def test_an_erasure_returns_its_counts_and_is_done_once(client: CheckedClient, where: str) -> None:
    headers = tag(client, where) | {"Idempotency-Key": "k1"}
    erased = client.delete(f"{where}?erase=reports", headers=headers)
    assert (erased.status_code, erased.json) == (200, COUNTS)
    assert client.get(where).status_code == 404
    assert client.get("/api/v1/tie-reports").json["items"] == client.get("/api/v1/ties").json["items"] == []
    assert len(client.get("/api/v1/activities").json["items"]) == 1
    again = client.delete(f"{where}?erase=reports", headers=headers)
    assert (again.status_code, again.json) == (200, COUNTS)
    assert client.delete(f"{where}?erase=reports", headers=headers | {"Idempotency-Key": "k2"}).status_code == 404


def test_an_erasure_is_refused_like_any_change(
    client: CheckedClient, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.delete(f"{where}?erase=reports").status_code == 428
    assert client.delete(f"{where}?erase=reports", headers={"If-Match": '"1-0"'}).status_code == 412
    assert client.delete(f"{where}?erase=all", headers=tag(client, where)).status_code == 422
    assert client.delete(f"{where}0?erase=reports", headers={"If-Match": '"1-0"'}).status_code == 404
    monkeypatch.setattr(erasure, "MOST", 2)
    refused = client.delete(f"{where}?erase=reports", headers=tag(client, where))
    assert (refused.status_code, "inactive" in refused.json["errors"][0]["cure"]) == (413, True)
    assert client.get(f"{where}/references").json["counts"] == COUNTS


def test_hidden_records_change_no_byte_of_list_or_refusal(a_client: ClientFor, store: Store, where: str) -> None:
    guest = a_client(GUEST)

    def answers() -> list[str]:
        deleted = guest.delete(where, headers=tag(guest, where))
        return [plain(guest.get(f"{where}/references")), plain(deleted)]

    before = answers()
    secret = store.create(a_stakeholder(name="Informant", sensitivity=Sensitivity.CONFIDENTIAL), LOCAL_ACTOR)
    source = store.create(a_source(), LOCAL_ACTOR)
    one = where.rpartition("/")[2]
    store.create(a_tie_report(from_id=one, to_id=secret.id, source_id=source.id), LOCAL_ACTOR)
    store.create(an_activity(one, sensitivity=Sensitivity.CONFIDENTIAL), LOCAL_ACTOR)
    assert answers() == before
    refused = guest.delete(f"{where}?erase=reports", headers=tag(guest, where))
    assert (refused.status_code, refused.json["detail"]) == (409, "Other records refer to this Stakeholder.")
    missing = guest.get(f"/api/v1/stakeholders/{secret.id}/references")
    assert missing.status_code == 404
    assert "Informant" not in missing.text
