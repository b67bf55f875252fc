"""Lists are read by following links: every record once, in one order, whatever changes in between."""

from typing import Any

import pytest

from graph.access import LOCAL_ACTOR
from queries.store import Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report
from tests.service.conformance import CheckedClient


def walked(client: CheckedClient, address: str) -> list[dict[str, Any]]:
    """Every item of a list, by its links."""
    items: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        page = client.get(following)
        assert page.status_code == 200, page.json
        items += page.json["items"]
        following = page.json["next"]
        assert page.headers.get("Link") == (f'<{following}>; rel="next"' if following else None)
    return items


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8])
def test_links_lead_to_every_record_once_in_the_order_of_ids(client: CheckedClient, store: Store, limit: int) -> None:
    made = [store.create(a_sector(code=f"S{n}"), LOCAL_ACTOR).id for n in range(7)]
    assert [item["id"] for item in walked(client, f"/api/v1/sectors?limit={limit}")] == sorted(made)


def test_links_keep_the_filters(client: CheckedClient, store: Store) -> None:
    for n in range(5):
        store.create(a_stakeholder(name=f"Élite {n} & co", category="ngo"), LOCAL_ACTOR)
        store.create(a_stakeholder(name=f"Other {n}", category="ngo"), LOCAL_ACTOR)
    found = walked(client, "/api/v1/stakeholders?limit=2&category=ngo&q=elite")
    assert sorted(item["name"] for item in found) == [f"Élite {n} & co" for n in range(5)]


def test_records_deleted_or_added_meanwhile_do_not_shift_the_pages(client: CheckedClient, store: Store) -> None:
    made = [store.create(a_sector(code=f"S{n}"), LOCAL_ACTOR) for n in range(6)]
    first = client.get("/api/v1/sectors?limit=3").json
    store.delete(type(made[0]), first["items"][2]["id"], LOCAL_ACTOR, version=1)
    later = store.create(a_sector(code="S6"), LOCAL_ACTOR)  # ids rise with time, so it comes last
    assert [item["id"] for item in walked(client, first["next"])] == [
        *sorted(made_id for made_id in (m.id for m in made))[3:],
        later.id,
    ]


def test_ties_are_paged_too_and_count_their_origins(client: CheckedClient, store: Store) -> None:
    ends = [store.create(a_stakeholder(name=f"A{n}"), LOCAL_ACTOR).id for n in range(4)]
    source = store.create(a_source(), LOCAL_ACTOR).id
    for n in range(3):
        store.create(a_tie_report(from_id=ends[n], to_id=ends[n + 1], source_id=source), LOCAL_ACTOR)
    ties = walked(client, "/api/v1/ties?limit=1&kind=coordinates_with&status=present")
    assert [tie["id"] for tie in ties] == sorted(tie["id"] for tie in ties)
    assert [tie["origins"] for tie in ties] == [1, 1, 1]
    (one,) = client.get(f"/api/v1/ties?stakeholder_id={ends[0]}").json["items"]
    read = client.get(f"/api/v1/ties/{one['id']}")
    assert read.json == one
    assert client.get(f"/api/v1/ties/{one['id']}", headers={"If-None-Match": read.headers["ETag"]}).status_code == 304


def test_an_empty_list_has_no_items_and_no_next_page(client: CheckedClient) -> None:
    assert client.get("/api/v1/areas").json == {"items": [], "next": None}
