"""A client reads its own writes whichever process answers, and nobody can forge a bookmark."""

from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor

from queries.driver.bookmarks import following
from queries.store import Store
from service.http.bookmarks import LONGEST, seal, unseal
from tests.service.conformance import CheckedClient

HEADER = "Graph-Bookmark"
SECTOR = {"code": "PRO", "name": "Protection"}


def test_a_change_returns_a_bookmark_that_later_requests_may_send(client: CheckedClient) -> None:
    created = client.post("/api/v1/sectors", json=SECTOR)
    token = created.headers[HEADER]
    where, tag = created.headers["Location"], created.headers["ETag"]
    assert client.get(where, headers={HEADER: token}).status_code == 200
    patch = {"json": {"name": "Shelter"}, "content_type": "application/merge-patch+json"}
    changed = client.patch(where, **patch, headers={HEADER: token, "If-Match": tag})
    assert changed.headers[HEADER] not in ("", token)
    gone = client.delete(where, headers={"If-Match": changed.headers["ETag"]})
    assert gone.headers[HEADER] not in (changed.headers[HEADER], token)


def test_a_read_returns_no_bookmark(client: CheckedClient) -> None:
    assert HEADER not in client.get("/api/v1/sectors").headers


def test_a_bookmark_is_accepted_by_every_process_of_its_database_and_by_no_other(store: Store) -> None:
    connection = store._connection
    other = Store.open(connection._uri, *connection._auth)
    stranger = Store.open(connection._uri, "neo4j", "another password")
    token = seal({"FB:one", "FB:two"}, store)
    assert unseal(token, other) == frozenset({"FB:one", "FB:two"})
    assert unseal(token, stranger) is None
    for changed in (token[1:], token[:-1], f"x{token}", f"{token}x", token.swapcase(), token.partition(".")[0]):
        assert unseal(changed, store) is None


FORGED = (
    "",
    "x",
    "é",
    "FB:kcwQ",
    "A" * LONGEST,
    "A" * (LONGEST + 4),
    urlsafe_b64encode(b"\0" * 16).decode(),
    urlsafe_b64encode(b"\0" * 16 + b"FB:kcwQ").decode(),
    urlsafe_b64encode(b"\0" * 16 + b"\xff\xfe").decode(),
    "../../etc/passwd",
    "'; MATCH (n) DETACH DELETE n //",
)


def test_a_forged_bookmark_is_refused_with_a_cure_and_never_reaches_the_database(client: CheckedClient) -> None:
    for token in FORGED:
        for refused in (
            client.get("/api/v1/sectors", headers={HEADER: token}),
            client.post("/api/v1/sectors", json=SECTOR, headers={HEADER: token}),
        ):
            assert refused.status_code == 422, token
            assert refused.json["code"] == "invalid_header"
            assert refused.json["errors"][0]["in"] == "header"
    assert client.get("/api/v1/sectors").json["items"] == []


def test_a_bookmark_of_an_earlier_database_is_refused_with_a_cure(client: CheckedClient, store: Store) -> None:
    """It is signed by us, so it reaches the database, which rejects it as not its own."""
    token = seal({"FB:no-bookmark-of-any-neo4j"}, store)
    refused = client.get("/api/v1/sectors", headers={HEADER: token})
    assert (refused.status_code, refused.json["code"]) == (422, "invalid_header")
    assert "Leave it out" in refused.json["errors"][0]["cure"]


def test_only_pages_set_the_cookie_and_a_damaged_one_is_ignored(client: CheckedClient) -> None:
    assert "Set-Cookie" not in client.post("/api/v1/sectors", json=SECTOR).headers
    client.set_cookie("graph-bookmark", "spoilt", domain="localhost")
    assert client.get("/stakeholders").status_code == 200


def test_no_request_follows_the_bookmark_of_another(client: CheckedClient) -> None:
    """The next request on the same thread, and what is asked outside of requests, follow nothing of it."""
    from queries.driver import bookmarks

    client.post("/api/v1/sectors", json=SECTOR)
    assert bookmarks.current() is None
    with following({"FB:mine"}) as mine:
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(bookmarks.current).result() is None
        assert bookmarks.current() is mine
