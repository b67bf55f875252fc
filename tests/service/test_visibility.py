"""What a viewer may not see changes no byte of what they get: not a number, not a tag, not a page, not a refusal."""

import json
import re

from graph.access import LOCAL_ACTOR, Actor, Sensitivity
from graph.vocabulary import Reliability
from queries.store import Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_activity, an_area
from tests.service.conformance import CheckedClient
from tests.service.conftest import ClientFor

GUEST = Actor(name="guest", clearance=Sensitivity.PUBLIC)
HIDDEN = {"sensitivity": Sensitivity.CONFIDENTIAL}
NOBODY = "01900000-0000-7000-8000-000000000000"

LISTS = ("stakeholders", "sources", "areas", "sectors", "activities", "tie-reports", "ties")
QUESTIONS = (
    "/api/v1/analysis/intermediaries",
    "/api/v1/analysis/gaps",
    "/api/v1/analysis/paths?from=Elders&to=Women",
    "/api/v1/analysis/intermediaries?area=North",
    "/api/v1/analysis/intermediaries?to_category=community_leader",
    "/api/v1/analysis/centrality/katz",
    "/api/v1/analysis/centrality/participation",
    "/api/v1/analysis/key-players",
    "/api/v1/analysis/tie-betweenness",
    "/api/v1/analysis/team?member=Women",
    "/api/v1/analysis/brokerage?groups=community",
    "/api/v1/analysis/communities?compared_to=2026-01-01",
    "/api/v1/maps/network",
    "/",
    "/stakeholders",
    "/ties",
    "/intermediaries",
    "/gaps",
    "/paths?from=Elders&to=Women",
)


def everything(client: CheckedClient) -> dict[str, tuple[int, str, str]]:
    """Status, ETag and body of all that can be asked, without the id of the single request."""
    answers = {}
    addresses = [*(f"/api/v1/{name}" for name in LISTS), *QUESTIONS]
    for name in LISTS:
        for record in client.get(f"/api/v1/{name}").json["items"]:
            addresses.append(f"/api/v1/{name}/{record['id']}")
            if name == "stakeholders":
                addresses += [f"/stakeholders/{record['id']}", f"/api/v1/maps/stakeholders/{record['id']}"]
    for address in addresses:
        response = client.get(address)
        body = re.sub(r'"trace_id":"[0-9a-f]+"', "", response.text)
        answers[address] = (response.status_code, response.headers.get("ETag", ""), body)
    return answers


def a_visible_part(store: Store) -> dict[str, str]:
    """Three stakeholders in a line, in one area, with one activity."""
    area = store.create(an_area(name="North"), LOCAL_ACTOR).id
    sector = store.create(a_sector(), LOCAL_ACTOR).id
    ids = {
        name: store.create(a_stakeholder(name=name, area_id=area, sector_ids=(sector,)), LOCAL_ACTOR).id
        for name in ("Elders", "Mayor", "Women")
    }
    source = store.create(a_source(), LOCAL_ACTOR).id
    for one, other in (("Elders", "Mayor"), ("Mayor", "Women")):
        store.create(a_tie_report(from_id=ids[one], to_id=ids[other], source_id=source), LOCAL_ACTOR)
    store.create(an_activity(ids["Mayor"], area_id=area, sector_id=sector), LOCAL_ACTOR)
    return ids | {"area": area, "sector": sector, "source": source}


def add_hidden(store: Store, ids: dict[str, str]) -> dict[str, str]:
    """Whatever a viewer without clearance must not notice; returns the ids of the hidden records by their lists."""
    person = store.create(a_stakeholder(name="Informant", area_id=ids["area"], **HIDDEN), LOCAL_ACTOR).id
    area = store.create(an_area(name="Hideout", parent_id=ids["area"], **HIDDEN), LOCAL_ACTOR).id
    source = store.create(a_source(name="Intercept", reliability=Reliability.A, **HIDDEN), LOCAL_ACTOR).id
    # Through somebody hidden, from a hidden source, and hidden by itself.
    for one, other, told_by in (
        (ids["Elders"], person, ids["source"]),
        (person, ids["Women"], source),
        (ids["Elders"], ids["Women"], source),
    ):
        store.create(a_tie_report(from_id=one, to_id=other, source_id=told_by), LOCAL_ACTOR)
    report = a_tie_report(from_id=ids["Elders"], to_id=ids["Mayor"], source_id=ids["source"], strength=0.9, **HIDDEN)
    activity = an_activity(ids["Elders"], area_id=ids["area"], sector_id=ids["sector"], **HIDDEN)
    return {
        "stakeholders": person,
        "areas": area,
        "sources": source,
        "sectors": store.create(a_sector(code="INT", name="Intelligence", **HIDDEN), LOCAL_ACTOR).id,
        "tie-reports": store.create(report, LOCAL_ACTOR).id,
        "activities": store.create(activity, LOCAL_ACTOR).id,
    }


def test_hidden_records_change_no_byte_of_any_answer(a_client: ClientFor, store: Store) -> None:
    ids = a_visible_part(store)
    guest = a_client(GUEST)
    before = everything(guest)
    assert all(status == 200 for status, _, _ in before.values()), {a: s for a, (s, _, _) in before.items() if s != 200}
    add_hidden(store, ids)
    assert everything(guest) == before
    # And anew, with nothing remembered from before.
    assert everything(a_client(GUEST)) == before
    assert everything(a_client(LOCAL_ACTOR)) != before


def test_hidden_and_missing_are_refused_alike(a_client: ClientFor, store: Store) -> None:
    hidden = add_hidden(store, a_visible_part(store))
    guest = a_client(GUEST)
    for name, record_id in hidden.items():
        for method in ("GET", "PATCH", "DELETE"):
            texts = []
            for address in (f"/api/v1/{name}/{record_id}", f"/api/v1/{name}/{NOBODY}"):
                body = {"json": {"sensitivity": "public"}, "content_type": "application/merge-patch+json"}
                response = guest.open(
                    address, method=method, headers={"If-Match": '"1-0"'}, **(body if method == "PATCH" else {})
                )
                assert response.status_code == 404
                texts.append(re.sub(r'"(trace_id|instance)":"[^"]+"', "", response.text))
            assert texts[0] == texts[1]


def test_nothing_hidden_can_be_referred_to(a_client: ClientFor, store: Store) -> None:
    ids = a_visible_part(store)
    hidden = add_hidden(store, ids)
    guest = a_client(GUEST)
    for name, body in (
        ("stakeholders", {"name": "A", "category": "ngo", "area_id": hidden["areas"]}),
        ("tie-reports", {"kind": "funds", "from_id": ids["Elders"], "to_id": hidden["stakeholders"]}),
        (
            "tie-reports",
            {"kind": "funds", "from_id": ids["Elders"], "to_id": ids["Women"], "source_id": hidden["sources"]},
        ),
        ("areas", {"name": "B", "parent_id": hidden["areas"], "level": 3}),
    ):
        refused = guest.post(f"/api/v1/{name}", json=body)
        assert refused.status_code == 422, refused.json
        unknown = {key: NOBODY if value in hidden.values() else value for key, value in body.items()}
        missing = guest.post(f"/api/v1/{name}", json=unknown)
        (named,) = {str(value) for value in body.values()} & set(hidden.values())
        assert json.dumps(refused.json["errors"]).replace(named, NOBODY) == json.dumps(missing.json["errors"])


def test_nobody_writes_what_they_could_not_read(a_client: ClientFor) -> None:
    guest = a_client(GUEST)
    refused = guest.post("/api/v1/sectors", json={"code": "A", "name": "A", "sensitivity": "restricted"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/sensitivity")
    where = guest.post("/api/v1/sectors", json={"code": "A", "name": "A"})
    patched = guest.patch(
        where.headers["Location"],
        json={"sensitivity": "protected"},
        content_type="application/merge-patch+json",
        headers={"If-Match": where.headers["ETag"]},
    )
    assert (patched.status_code, patched.json["errors"][0]["pointer"]) == (422, "/sensitivity")


def test_an_own_observation_is_the_actor_s_own(a_client: ClientFor, store: Store) -> None:
    ids = a_visible_part(store)
    body = {"kind": "funds", "from_id": ids["Elders"], "to_id": ids["Women"]}
    sources = [
        a_client(actor).post("/api/v1/tie-reports", json=body).json["source_id"] for actor in (GUEST, LOCAL_ACTOR)
    ]
    assert len(set(sources)) == 2
    guest = a_client(GUEST).get(f"/api/v1/sources/{sources[0]}").json
    assert (guest["external_ids"], guest["created_by"]) == (["own:guest"], "guest")


def test_a_change_by_a_viewer_who_sees_a_part_leaves_the_rest_unchanged(a_client: ClientFor, store: Store) -> None:
    ids = a_visible_part(store)
    hidden = add_hidden(store, ids)
    both = an_activity(ids["Mayor"], hidden["stakeholders"], area_id=hidden["areas"], sector_id=ids["sector"])
    kept = store.create(both, LOCAL_ACTOR)
    where = f"/api/v1/activities/{kept.id}"
    guest = a_client(GUEST)
    seen = guest.get(where)
    assert (len(seen.json["participants"]), seen.json["area_id"]) == (1, None)
    changed = guest.patch(
        where,
        json={"name": "Renamed"},
        content_type="application/merge-patch+json",
        headers={"If-Match": seen.headers["ETag"]},
    )
    assert changed.status_code == 200, changed.json
    whole = a_client(LOCAL_ACTOR).get(where).json
    assert whole["name"] == "Renamed"
    assert {part["stakeholder_id"] for part in whole["participants"]} == {ids["Mayor"], hidden["stakeholders"]}
    assert whole["area_id"] == hidden["areas"]
