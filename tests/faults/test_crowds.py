"""A hundred clients change the same thing at the same moment: nothing is lost or stored twice, no answer is wrong."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from graph.access import LOCAL_ACTOR
from graph.errors import AlreadyExists, StoreUnavailable, VersionMismatch
from graph.model import Area, Stakeholder
from queries.store import Store
from tests.builders import a_stakeholder, an_area
from tests.service.conformance import CheckedClient, checked_client

pytestmark = pytest.mark.alone  # a hundred clients at once

CROWD = 100
PATIENCE = 10
"""How often a client retries that gets the error that the database is too slow."""

MERGE_PATCH = "application/merge-patch+json"


def crowd(act: Callable[[int], int]) -> Counter[int]:
    """Return what a hundred concurrent calls returned."""
    ready = Barrier(CROWD)

    def begin(number: int) -> int:
        ready.wait()
        return act(number)

    with ThreadPoolExecutor(CROWD) as pool:
        return Counter(pool.map(begin, range(CROWD)))


@pytest.fixture
def clients(client: CheckedClient) -> list[CheckedClient]:
    """A test client for each thread, as two threads cannot share one."""
    return [checked_client(client.application) for _ in range(CROWD)]


def test_a_hundred_patches_of_one_record_raise_its_version_once_for_each_success(
    client: CheckedClient, clients: list[CheckedClient]
) -> None:
    created = client.post("/api/v1/areas", json={"name": "North District", "level": 2})
    where = created.headers["Location"]

    def edit(number: int) -> int:
        successes = 0
        for attempt in range(3):
            tag = clients[number].get(where).headers.get("ETag", '"0-0"')
            body = {"name": f"Area {number} {attempt}"}
            answer = clients[number].patch(where, json=body, content_type=MERGE_PATCH, headers={"If-Match": tag})
            assert answer.status_code in (200, 412, 503), answer.json
            successes += answer.status_code == 200
        return successes

    successes = sum(done * times for done, times in crowd(edit).items())
    assert successes > 0
    assert client.get(where).json["version"] == created.json["version"] + successes


def test_a_hundred_changes_of_one_version_are_one_change(store: Store) -> None:
    area = store.create(an_area(), LOCAL_ACTOR)

    def edit(number: int) -> int:
        try:
            store.replace(replace(area, name=f"Area {number}"), LOCAL_ACTOR, version=1)
        except VersionMismatch:
            return 0
        except StoreUnavailable:  # a client that waits for the lock longer than the server allows
            return -1
        return 1

    got = crowd(edit)
    assert got[1] == 1
    assert store.get(Area, area.id, LOCAL_ACTOR).version == 2


def test_a_hundred_clients_who_create_the_same_external_id_make_one_record(
    store: Store, clients: list[CheckedClient]
) -> None:
    body = {"name": "Council of Elders", "category": "community_leader", "external_ids": ["kobo:4711"]}
    got = crowd(lambda number: int(clients[number].post("/api/v1/stakeholders", json=body).status_code))
    assert got[201] == 1
    assert set(got) <= {201, 409, 503}
    assert got[409] > 0
    assert len(store.list(Stakeholder, LOCAL_ACTOR).items) == 1


def test_a_hundred_clients_who_send_one_request_with_one_key_make_one_record(
    store: Store, clients: list[CheckedClient]
) -> None:
    body = {"name": "Council of Elders", "category": "community_leader"}
    key = {"Idempotency-Key": '"4711"'}
    got = crowd(lambda number: int(clients[number].post("/api/v1/stakeholders", json=body, headers=key).status_code))
    assert got[201] > 0
    assert set(got) <= {201, 503}
    assert len(store.list(Stakeholder, LOCAL_ACTOR).items) == 1


def test_a_hundred_clients_who_create_different_external_ids_all_succeed(store: Store) -> None:
    def create(number: int) -> int:
        stakeholder = a_stakeholder(external_ids=(f"kobo:{number}",))
        for _ in range(PATIENCE):
            try:
                store.create(stakeholder, LOCAL_ACTOR)
            except StoreUnavailable:  # the last to get the lock waits longer than the server allows on a slow machine
                continue
            except AlreadyExists:  # another client's, or an own one reported as failed
                return 0
            return 1
        return -1

    assert crowd(create) == {1: CROWD}
    assert sum(1 for _ in store._all(Stakeholder, LOCAL_ACTOR)) == CROWD
