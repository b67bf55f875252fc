"""Each kind of record can be created, read, listed, changed and deleted over HTTP; nothing is overwritten unread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.access import Actor, Sensitivity
from tests.service.conformance import CheckedClient, checked_client
from tests.service.conftest import ClientFor

MERGE_PATCH = "application/merge-patch+json"
Body = dict[str, Any]


def made(client: CheckedClient, name: str, body: Body) -> Body:
    """Create a record and return it."""
    response = client.post(f"/api/v1/{name}", json=body)
    assert response.status_code == 201, response.json
    return dict(response.json or {})


def a_stakeholder_id(client: CheckedClient, name: str = "Council of Elders") -> str:
    return str(made(client, "stakeholders", {"name": name, "category": "community_leader"})["id"])


def two_stakeholders(client: CheckedClient) -> Body:
    return {"from_id": a_stakeholder_id(client), "to_id": a_stakeholder_id(client, "Mayor of Sandrine")}


def nobody(_client: CheckedClient) -> Body:
    return {}


def one_participant(client: CheckedClient) -> Body:
    return {"participants": [{"stakeholder_id": a_stakeholder_id(client), "role": "implements"}]}


@dataclass(frozen=True)
class Kind:
    """A kind of record: a body that is enough, a change to it, and what must be there before."""

    name: str
    least: Body
    change: Body
    removable: str
    removed: Any
    before: Callable[[CheckedClient], Body] = nobody

    def body(self, client: CheckedClient) -> Body:
        """Return what is enough to create one."""
        return self.least | self.before(client)


KINDS = [
    Kind(
        "stakeholders",
        {"name": "Conseil des aînés", "category": "community_leader"},
        {"aliases": ["مجلس الحكماء"], "status": "inactive"},
        removable="aliases",
        removed=[],
    ),
    Kind("sources", {"name": "Patrol 12", "kind": "patrol_report"}, {"reliability": "B"}, "reliability", "F"),
    Kind("areas", {"name": "North District", "level": 2}, {"pcode": "SD01"}, "pcode", ""),
    Kind("sectors", {"code": "PRO", "name": "Protection"}, {"name": "Protection cluster"}, "external_ids", []),
    Kind(
        "activities",
        {"name": "Mobile clinic"},
        {"status": "ongoing"},
        removable="status",
        removed="unknown",
        before=one_participant,
    ),
    Kind("tie-reports", {"kind": "coordinates_with"}, {"note": "Seen twice."}, "note", "", before=two_stakeholders),
]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def only(response: Any) -> list[Body]:
    return list(response.json["items"])


@every_kind
def test_a_record_can_be_created_read_changed_and_deleted(client: CheckedClient, kind: Kind) -> None:
    created = client.post(f"/api/v1/{kind.name}", json=kind.body(client))
    assert created.status_code == 201, created.json
    where, tag = created.headers["Location"], created.headers["ETag"]
    assert created.json["version"] == 1
    assert created.json["created_by"] == "local"

    read = client.get(where)
    assert (read.status_code, read.json, read.headers["ETag"]) == (200, created.json, tag)
    assert read.json in only(client.get(f"/api/v1/{kind.name}"))

    changed = client.patch(where, json=kind.change, content_type=MERGE_PATCH, headers={"If-Match": tag})
    assert changed.status_code == 200, changed.json
    assert changed.json["version"] == 2
    assert {name: changed.json[name] for name in kind.change} == kind.change
    assert client.get(where).json == changed.json

    gone = client.delete(where, headers={"If-Match": changed.headers["ETag"]})
    assert (gone.status_code, gone.data) == (204, b"")
    assert read.json["id"] not in [record["id"] for record in only(client.get(f"/api/v1/{kind.name}"))]


@every_kind
def test_null_in_a_patch_resets_a_field_to_its_default(client: CheckedClient, kind: Kind) -> None:
    created = client.post(f"/api/v1/{kind.name}", json=kind.body(client) | kind.change)
    where = created.headers["Location"]
    patched = client.patch(
        where, json={kind.removable: None}, content_type=MERGE_PATCH, headers={"If-Match": created.headers["ETag"]}
    )
    assert patched.status_code == 200, patched.json
    assert patched.json[kind.removable] == kind.removed


@every_kind
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_change_needs_the_tag_of_what_it_changes(client: CheckedClient, kind: Kind, method: str) -> None:
    created = client.post(f"/api/v1/{kind.name}", json=kind.body(client))
    where = created.headers["Location"]

    def attempt(**headers: str) -> Any:
        body = {"json": kind.change, "content_type": MERGE_PATCH} if method == "PATCH" else {}
        return client.open(where, method=method, headers={"If-" + name: tag for name, tag in headers.items()}, **body)

    assert attempt().status_code == 428
    assert attempt(Match='"1-0000000000000000"').status_code == 412
    assert attempt(Match=f"W/{created.headers['ETag']}").status_code == 412
    assert client.get(where).json == created.json
    assert attempt(Match=created.headers["ETag"]).status_code in (200, 204)


@every_kind
def test_an_unchanged_record_is_not_sent_again(client: CheckedClient, kind: Kind) -> None:
    created = client.post(f"/api/v1/{kind.name}", json=kind.body(client))
    again = client.get(created.headers["Location"], headers={"If-None-Match": created.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == created.headers["ETag"]


@every_kind
def test_the_same_key_makes_a_record_once(client: CheckedClient, kind: Kind) -> None:
    body, key = kind.body(client), {"Idempotency-Key": '"4f1c"'}
    first = client.post(f"/api/v1/{kind.name}", json=body, headers=key)
    count = len(only(client.get(f"/api/v1/{kind.name}")))
    second = client.post(f"/api/v1/{kind.name}", json=body, headers=key)
    assert (second.status_code, second.json, second.headers["ETag"]) == (201, first.json, first.headers["ETag"])
    assert len(only(client.get(f"/api/v1/{kind.name}"))) == count
    other = client.post(f"/api/v1/{kind.name}", json=body | {"external_ids": ["kobo:1"]}, headers=key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")


@every_kind
def test_a_missing_record_cannot_be_read_changed_or_deleted(client: CheckedClient, kind: Kind) -> None:
    where, tag = f"/api/v1/{kind.name}/01900000-0000-7000-8000-000000000000", {"If-Match": '"1-0"'}
    assert client.get(where).status_code == 404
    assert client.patch(where, json=kind.change, content_type=MERGE_PATCH, headers=tag).status_code == 404
    assert client.delete(where, headers=tag).status_code == 404


@every_kind
def test_a_patch_must_be_a_merge_patch(client: CheckedClient, kind: Kind) -> None:
    created = client.post(f"/api/v1/{kind.name}", json=kind.body(client))
    where, tag = created.headers["Location"], {"If-Match": created.headers["ETag"]}
    refused = client.patch(where, json=kind.change, headers=tag)
    assert (refused.status_code, refused.headers["Accept-Patch"]) == (415, MERGE_PATCH)
    assert client.get(where).json == created.json


@every_kind
def test_an_external_id_names_one_record(client: CheckedClient, kind: Kind) -> None:
    body = kind.body(client) | {"external_ids": ["kobo:7"]}
    made(client, kind.name, body)
    second = client.post(f"/api/v1/{kind.name}", json=body | kind.before(client))
    assert (second.status_code, second.json["code"]) == (409, "already_exists")


def test_a_field_without_default_cannot_be_removed(client: CheckedClient) -> None:
    created = client.post("/api/v1/stakeholders", json={"name": "A", "category": "ngo"})
    for patch in ({"name": None}, {"category": None}, {"sensitivity": None}):
        refused = client.patch(
            created.headers["Location"],
            json=patch,
            content_type=MERGE_PATCH,
            headers={"If-Match": created.headers["ETag"]},
        )
        assert refused.status_code == 422
        assert refused.json["errors"][0]["pointer"] == f"/{next(iter(patch))}"


def test_a_patch_that_changes_nothing_makes_no_version(client: CheckedClient) -> None:
    created = client.post("/api/v1/stakeholders", json={"name": "A", "category": "ngo"})
    same = client.patch(
        created.headers["Location"],
        json={"name": " A "},
        content_type=MERGE_PATCH,
        headers={"If-Match": created.headers["ETag"]},
    )
    assert (same.status_code, same.json) == (200, created.json)


def test_a_record_that_others_refer_to_cannot_be_deleted(client: CheckedClient) -> None:
    report = made(client, "tie-reports", {"kind": "funds"} | two_stakeholders(client))
    for where in (f"/api/v1/stakeholders/{report['from_id']}", f"/api/v1/sources/{report['source_id']}"):
        tag = client.get(where).headers["ETag"]
        refused = client.delete(where, headers={"If-Match": tag})
        assert (refused.status_code, refused.json["code"]) == (409, "still_referenced")


def test_a_quick_report_is_the_actor_s_own_observation_and_makes_a_tie(client: CheckedClient) -> None:
    ends = two_stakeholders(client)
    report = made(client, "tie-reports", {"kind": "coordinates_with"} | ends)
    second = made(client, "tie-reports", {"kind": "funds"} | ends)
    assert report["source_id"] == second["source_id"]
    source = client.get(f"/api/v1/sources/{report['source_id']}").json
    assert (source["kind"], source["reliability"], source["external_ids"]) == ("own_observation", "B", ["own:local"])

    ties = only(client.get("/api/v1/ties"))
    assert {tie["kind"] for tie in ties} == {"coordinates_with", "funds"}
    # Admiralty B at credibility 3: ln LR = 0.8 ln 10, so p = 10^0.8 / (1 + 10^0.8) on the day it is reported.
    assert ties[0]["existence"] == pytest.approx(10**0.8 / (1 + 10**0.8))
    assert (ties[0]["reports"], ties[0]["origins"], ties[0]["status"]) == (1, 1, "present")


def test_a_report_that_cannot_be_kept_leaves_no_source_behind(client: CheckedClient) -> None:
    ends = two_stakeholders(client)
    for wrong in (
        {"to_id": ends["from_id"]},
        {"to_id": "nobody"},
        {"valid_from": "2026-02-01", "valid_to": "2026-01-01"},
    ):
        refused = client.post("/api/v1/tie-reports", json={"kind": "funds"} | ends | wrong)
        assert refused.status_code == 422, refused.json
    assert only(client.get("/api/v1/sources")) == []


def test_what_a_source_said_can_be_retracted_but_not_changed(client: CheckedClient) -> None:
    created = client.post("/api/v1/tie-reports", json={"kind": "funds"} | two_stakeholders(client))
    where, tag = created.headers["Location"], {"If-Match": created.headers["ETag"]}
    refused = client.patch(where, json={"strength": 0.9}, content_type=MERGE_PATCH, headers=tag)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/strength")
    (tie,) = only(client.get("/api/v1/ties"))
    assert client.delete(where, headers=tag).status_code == 204
    assert only(client.get("/api/v1/ties")) == []
    assert client.get(f"/api/v1/ties/{tie['id']}").status_code == 404
    # What was known before stays answerable.
    before = client.get(f"/api/v1/ties/{tie['id']}", query_string={"known_at": created.json["recorded_at"]})
    assert before.status_code == 200


def test_an_armed_actor_is_restricted_unless_somebody_says_otherwise(client: CheckedClient) -> None:
    assert made(client, "stakeholders", {"name": "A", "category": "armed_actor"})["sensitivity"] == "restricted"
    knowingly = {"name": "B", "category": "armed_actor", "sensitivity": "public"}
    assert made(client, "stakeholders", knowingly)["sensitivity"] == "public"


@pytest.mark.parametrize(
    ("change", "sensitivity"),
    [
        ({"category": "armed_actor"}, "restricted"),
        ({"category": "armed_actor", "sensitivity": "public"}, "public"),
        ({"category": "armed_actor", "sensitivity": "protected"}, "protected"),
        ({"category": "ngo", "name": "Renamed"}, "public"),
    ],
)
def test_who_becomes_an_armed_actor_is_restricted_unless_the_same_request_says_otherwise(
    client: CheckedClient, change: Body, sensitivity: str
) -> None:
    created = client.post("/api/v1/stakeholders", json={"name": "A", "category": "ngo"})
    tag = {"If-Match": created.headers["ETag"]}
    changed = client.patch(created.headers["Location"], json=change, content_type=MERGE_PATCH, headers=tag)
    assert (changed.status_code, changed.json["sensitivity"]) == (200, sensitivity)


def test_a_category_takes_no_stakeholder_above_the_clearance_of_who_changes_it(a_client: ClientFor) -> None:
    guest = a_client(Actor(name="guest", clearance=Sensitivity.PUBLIC))
    created = guest.post("/api/v1/stakeholders", json={"name": "A", "category": "ngo"})
    tag = {"If-Match": created.headers["ETag"]}
    where, armed = created.headers["Location"], {"category": "armed_actor"}
    refused = guest.patch(where, json=armed, content_type=MERGE_PATCH, headers=tag)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/sensitivity")
    assert guest.get(where).json["category"] == "ngo"


@pytest.mark.parametrize("name", ["observed_on", "valid_from"])
def test_nobody_has_seen_what_is_still_to_come(client: CheckedClient, name: str) -> None:
    ends = two_stakeholders(client)
    today = datetime.now(UTC).date()
    body = {"kind": "funds", **ends, name: str(today + timedelta(3))}
    refused = client.post("/api/v1/tie-reports", json=body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, f"/{name}")
    assert only(client.get("/api/v1/sources")) == [], "no source is made for what is refused"
    made(client, "tie-reports", body | {name: str(today + timedelta(1))})
    refused = client.post("/api/v1/tie-reports", json=body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, f"/{name}")
    made(client, "activities", {"name": "Planned", "valid_from": "2090-01-01", **one_participant(client)})


@pytest.mark.parametrize(
    "nothing", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u3164", "\u2800", "\ufe0f", "\U000e0041"]
)
def test_a_name_that_shows_nothing_is_refused(client: CheckedClient, nothing: str) -> None:
    for kind in KINDS:
        for name in {"name", "code", "aliases"} & {*kind.least, *kind.change}:
            value = [nothing] if name == "aliases" else nothing
            refused = client.post(f"/api/v1/{kind.name}", json=kind.body(client) | {name: value})
            pointer = "/aliases/0" if name == "aliases" else f"/{name}"
            assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)
    named = made(client, "stakeholders", {"name": "می\u200cخواهم", "category": "ngo"})
    assert named["name"] == "می\u200cخواهم"


def test_of_many_changes_of_one_version_one_succeeds(client: CheckedClient) -> None:
    created = client.post("/api/v1/sectors", json={"code": "A", "name": "A"})
    where, tag = created.headers["Location"], {"If-Match": created.headers["ETag"]}

    def change(n: int) -> int:
        body = {"json": {"name": f"By {n}"}, "content_type": MERGE_PATCH}
        return int(checked_client(client.application).patch(where, headers=tag, **body).status_code)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(change, range(16)))
    assert sorted(outcomes) == [200] + [412] * 15
    assert client.get(where).json["version"] == 2


def test_many_requests_with_one_key_at_once_create_one_record(client: CheckedClient) -> None:
    def create(_: int) -> tuple[int, str]:
        sent = checked_client(client.application).post(
            "/api/v1/sectors", json={"code": "A", "name": "A"}, headers={"Idempotency-Key": "k"}
        )
        return sent.status_code, sent.json.get("id", "")

    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(create, range(16)))
    assert {status for status, _ in outcomes} <= {201, 409}
    (record,) = only(client.get("/api/v1/sectors"))
    assert {record_id for status, record_id in outcomes if status == 201} == {record["id"]}
