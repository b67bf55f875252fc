"""Bookmarks: a client that sends one back reads its own writes, whichever process answers it.

A change answers with ``Graph-Bookmark``; a client that sends it along with later requests is answered by a server that
has seen that change. A browser gets it as a cookie. On a single Neo4j it changes nothing; on a cluster a server that
lags behind waits for a moment. Clients cannot forge one: each is signed with a key that only processes with
this database's password have, because a bookmark far in the future would hold a thread until the server gives up.
"""

from collections.abc import Collection
from contextlib import ExitStack
from hashlib import sha256

from flask import Flask, Response, g, request
from itsdangerous import BadData, URLSafeSerializer

from queries.driver.bookmarks import ForeignBookmark, Trail, following
from queries.store import Store
from service.http.errors import InvalidHeader
from service.http.problems import problem_from

HEADER = "Graph-Bookmark"
COOKIE = "graph-bookmark"

COOKIE_SECONDS = 60
"""How long a browser keeps it: a member of a cluster that lags by more is out of service anyway."""

LONGEST = 2_000
"""Characters of a token: one bookmark has some 40, and a change leaves one; room for a dozen."""

CURE = f"Send the {HEADER} of the last change's response, or leave it out."

REQUEST_HEADER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "From the response to an earlier change: this request sees that change, whichever server answers.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
}

RESPONSE_HEADERS = {
    HEADER: {"description": "Send it with later requests to see this change.", "schema": {"type": "string"}}
}


def thread_bookmarks(app: Flask, store: Store) -> None:
    """Make every request to ``app`` read as of the bookmark it carries, and answer each change with a bookmark."""
    app.register_error_handler(
        ForeignBookmark, lambda error: problem_from(InvalidHeader(error.detail, cure=error.cure))
    )

    @app.before_request
    def follow() -> None:
        g.following = ExitStack()
        g.trail = g.following.enter_context(following(_bookmarks_of_request(store)))

    @app.after_request
    def answer(response: Response) -> Response:
        trail: Trail | None = g.get("trail")
        if trail is not None and trail.written:
            token = seal(trail.written, store)
            response.headers[HEADER] = token
            if not request.path.startswith("/api/"):
                response.set_cookie(COOKIE, token, max_age=COOKIE_SECONDS, httponly=True, samesite="Strict")
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        if "following" in g:
            g.following.close()


def seal(bookmarks: Collection[str], store: Store) -> str:
    """Return a signed token of these bookmarks, which only processes with this database's password can make."""
    return _sealing(store).dumps(sorted(bookmarks))


def unseal(token: str, store: Store) -> frozenset[str] | None:
    """Return the bookmarks a token stands for, or ``None`` for one that was not made by ``seal``."""
    try:
        return frozenset(_sealing(store).loads(token)) if len(token) <= LONGEST else None
    except BadData:
        return None


def _sealing(store: Store) -> URLSafeSerializer:
    return URLSafeSerializer(store.sign(b"bookmarks"), salt=HEADER, signer_kwargs={"digest_method": sha256})


def _bookmarks_of_request(store: Store) -> frozenset[str]:
    """Return this request's bookmarks. Raises ``InvalidHeader``; ignores a bad cookie, which no user could correct."""
    if (token := request.headers.get(HEADER)) is not None:
        bookmarks = unseal(token, store)
        if bookmarks is None:
            raise InvalidHeader(f"The {HEADER} cannot be used.", cure=CURE)
        return bookmarks
    return unseal(request.cookies.get(COOKIE, ""), store) or frozenset()
