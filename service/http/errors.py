"""The one table that gives each error its HTTP status, title, cure and exit code.

``MEANINGS`` covers every exception of ``graph/errors.py`` and of this module; ``BY_STATUS`` covers what the web
framework refuses before our code runs. The page ``/problems`` prints both, so every code has an explanation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from graph.errors import (
    AlreadyExists,
    Conflict,
    Finding,
    InvalidInput,
    KeyReused,
    NotFound,
    StakeholderGraphError,
    StillReferenced,
    StoreUnavailable,
    TooLarge,
    VersionMismatch,
)

RETRY_AFTER_SECONDS = 5
"""Seconds after which a client should try again while the database is down: a local Neo4j boots in 5–6 s."""


class RequestRefused(StakeholderGraphError):
    """A request refused for its HTTP or JSON, before its content is looked at.

    ``place`` is the part of the request that is wrong: ``body``, ``query``, ``header`` or ``request``.
    """

    code = "bad_request"
    place = "request"

    def __init__(
        self,
        detail: str,
        *,
        cure: str = "",
        findings: Sequence[Finding] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail, cure=cure, findings=findings)
        self.headers = headers or {}


class MalformedBody(RequestRefused):
    """The body is not the JSON that this service reads."""

    code = "malformed_body"
    place = "body"


class InvalidQuery(RequestRefused):
    """A query parameter is unknown, repeated or out of its range."""

    code = "invalid_query"
    place = "query"


class InvalidHeader(RequestRefused):
    """A request header cannot be read."""

    code = "invalid_header"
    place = "header"


class CrossSiteRequest(RequestRefused):
    """Another web site made the browser send a change: refused, as without a login the two cannot be told apart."""

    code = "cross_site_request"
    place = "header"


class UntrustedHost(RequestRefused):
    """The request names a host that is not this service, such as a name that was made to point here (DNS rebinding)."""

    code = "untrusted_host"
    place = "header"


class NotAcceptable(RequestRefused):
    """The client accepts none of the media types that the route sends."""

    code = "not_acceptable"
    place = "header"


class UnsupportedMediaType(RequestRefused):
    """The body is declared to be something that the route does not read."""

    code = "unsupported_media_type"
    place = "header"


class PreconditionRequired(RequestRefused):
    """A change came without ``If-Match``, so it could overwrite what another user just wrote."""

    code = "precondition_required"
    place = "header"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What users see of an error: HTTP status, title, exit code, and the cure where the error itself gives none."""

    code: str
    status: int
    title: str
    cure: str
    exit_code: int = 1


MEANINGS = MappingProxyType(
    {
        error: Meaning(error.code, status, title, cure, *rest)
        for error, status, title, cure, *rest in (
            (StakeholderGraphError, 500, "The service failed", "Report the trace id to the operator of the service."),
            (InvalidInput, 422, "The input cannot be accepted", "Correct what is named and send it again."),
            (NotFound, 404, "No record has that id", "Look it up in the list; it may have been deleted."),
            (Conflict, 409, "It contradicts what is stored", "Read the record again and decide."),
            (AlreadyExists, 409, "It exists already", "Change the existing record, or leave the external id out."),
            (StillReferenced, 409, "Other records point at it", "Delete or change those first."),
            (VersionMismatch, 412, "It was changed meanwhile", "Read it again, then repeat with its new ETag."),
            (KeyReused, 422, "The idempotency key belongs to another request", "Use a new key for a new request."),
            (TooLarge, 413, "It is over a limit", "Narrow the question or split the input."),
            (StoreUnavailable, 503, "The database does not answer", "Wait, then try again; nothing was lost.", 3),
            (RequestRefused, 400, "The request cannot be understood", "Compare it with the documentation at /docs."),
            (MalformedBody, 400, "The body is not acceptable JSON", "Send one JSON object in UTF-8."),
            (InvalidQuery, 422, "A query parameter cannot be used", "Use the parameters listed at /docs."),
            (InvalidHeader, 422, "A header cannot be used", "Compare it with the documentation at /docs."),
            (
                CrossSiteRequest,
                403,
                "Another site sent this",
                "Send changes from this service's own pages or a program.",
            ),
            (
                UntrustedHost,
                400,
                "That host is not served here",
                "Use the address the service printed when it started.",
            ),
            (NotAcceptable, 406, "That media type is not sent", "Leave Accept out, or accept what /docs lists."),
            (UnsupportedMediaType, 415, "That media type is not read", "Set Content-Type to what /docs lists."),
            (PreconditionRequired, 428, "A change needs If-Match", "Read the record and send its ETag as If-Match."),
        )
    }
)

BY_STATUS = MappingProxyType(
    {
        meaning.status: meaning
        for meaning in (
            Meaning("bad_request", 400, "The request cannot be understood", "Compare it with /docs."),
            Meaning("no_such_address", 404, "There is nothing at this address", "Start at / or at /docs."),
            Meaning("method_not_allowed", 405, "The method does not fit", "Use a method that Allow names."),
            Meaning("too_large", 413, "It is over a limit", "Narrow the question or split the input."),
            Meaning(
                "unsupported_media_type", 415, "That media type is not read", "Set Content-Type to what /docs lists."
            ),
            Meaning("internal_error", 500, "The service failed", "Report the trace id to the operator of the service."),
        )
    }
)


def meaning_of(error: StakeholderGraphError) -> Meaning:
    """Return the row of the table for ``error``: that of its class, or of the nearest base class that has one."""
    return next(
        MEANINGS[kind] for kind in type(error).__mro__ if issubclass(kind, StakeholderGraphError) and kind in MEANINGS
    )


def meaning_of_status(status: int, name: str) -> Meaning:
    """Return what a status set by the framework means; ``name`` is the title of one that is not in the table."""
    if status in BY_STATUS:
        return BY_STATUS[status]
    return Meaning(name.lower().replace(" ", "_").replace("'", ""), status, name, "Compare the request with /docs.")


def exit_code(error: StakeholderGraphError) -> int:
    """Return the exit code of a command that fails with ``error``: 1 refused, 3 database unreachable."""
    return meaning_of(error).exit_code
