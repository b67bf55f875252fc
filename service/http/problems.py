"""Every failure is sent in one form: RFC 9457 ``application/problem+json`` with a code, a place and a cure."""

import logging
import traceback
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import marshmallow as ma
from flask import Response, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException

from graph.errors import Finding, StakeholderGraphError, StoreUnavailable
from service.http.errors import RETRY_AFTER_SECONDS, Meaning, RequestRefused, meaning_of, meaning_of_status

MEDIA_TYPE = "application/problem+json"

BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
"""Methods whose requests have no body: their errors are in the query."""

log = logging.getLogger(__name__)


class FaultSchema(ma.Schema):
    """One thing wrong with a request: where, what, and what to do about it."""

    place = ma.fields.String(
        data_key="in",
        required=True,
        metadata={"enum": ["body", "query", "path", "header", "request"], "description": "The part of the request."},
    )
    pointer = ma.fields.String(
        required=True, metadata={"description": "JSON Pointer (RFC 6901) into that part; empty for the whole of it."}
    )
    detail = ma.fields.String(required=True, metadata={"description": "What is wrong there."})
    cure = ma.fields.String(required=True, metadata={"description": "What to do about it."})


class ProblemSchema(ma.Schema):
    """A failure, as RFC 9457 writes it."""

    type = ma.fields.String(
        required=True, metadata={"format": "uri-reference", "description": "Where the code is explained."}
    )
    title = ma.fields.String(required=True, metadata={"description": "The code in words."})
    status = ma.fields.Integer(required=True, metadata={"description": "The HTTP status, again."})
    detail = ma.fields.String(required=True, metadata={"description": "What happened this time."})
    code = ma.fields.String(required=True, metadata={"description": "Stable: programs decide by it."})
    instance = ma.fields.String(
        required=True, metadata={"format": "uri-reference", "description": "The address of the request."}
    )
    errors = ma.fields.List(ma.fields.Nested(FaultSchema), required=True)
    trace_id = ma.fields.String(required=True, metadata={"description": "Names this request in the service's log."})


def trace_id() -> str:
    """Return the id of this request in the log, 32 hexadecimal digits as in W3C Trace Context."""
    if "trace_id" not in g:
        g.trace_id = uuid4().hex
    return str(g.trace_id)


def problem_from(error: StakeholderGraphError) -> Response:
    """Return the response to a foreseen failure."""
    meaning = meaning_of(error)
    headers = dict(error.headers) if isinstance(error, RequestRefused) else {}
    if isinstance(error, StoreUnavailable):
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return _response(
        meaning,
        error.detail,
        place=_place(error, meaning),
        findings=error.findings,
        cure=error.cure,
        headers=headers,
    )


def problem_from_http(error: HTTPException) -> Response:
    """Return the response to what the framework refuses, with every header it set (``Allow``, ``Retry-After`` …)."""
    meaning = meaning_of_status(error.code or 500, error.name)
    # The framework's description may quote what was sent or an internal error; the table's words never do.
    detail = f"{meaning.title}."
    place = {404: "path", 415: "header"}.get(meaning.status, "request")
    headers = {name: value for name, value in error.get_headers() if name.lower() != "content-type"}
    return _response(meaning, detail, place=place, findings=(), cure="", headers=headers)


def log_failure(error: BaseException) -> None:
    """Log where an unforeseen failure happened. Not its text, which may hold names; that comes with level DEBUG."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in reversed(frames[-8:]))
    log.error("trace_id=%s %s in %s", trace_id(), type(error).__name__, where)
    log.debug("trace_id=%s", trace_id(), exc_info=error)


def _response(
    meaning: Meaning,
    detail: str,
    *,
    place: str,
    findings: tuple[Finding, ...],
    cure: str,
    headers: Mapping[str, str],
) -> Response:
    body: dict[str, Any] = {
        "type": f"/problems#{meaning.code}",
        "title": meaning.title,
        "status": meaning.status,
        "detail": detail,
        "code": meaning.code,
        "instance": quote(request.path),
        "errors": [
            {
                "in": place,
                "pointer": finding.pointer,
                "detail": finding.detail,
                "cure": finding.cure or cure or meaning.cure,
            }
            for finding in findings or (Finding("", detail, cure),)
        ],
        "trace_id": trace_id(),
    }
    response = _page(body) if _wants_page() else jsonify(body)
    if response.mimetype != "text/html":
        response.mimetype = MEDIA_TYPE
    response.status_code = meaning.status
    response.headers.extend(headers)
    return response


def _place(error: StakeholderGraphError, meaning: Meaning) -> str:
    if isinstance(error, RequestRefused):
        return error.place
    if meaning.status in (404, 409, 412, 500, 503) and not error.findings:
        return {404: "path", 412: "header"}.get(meaning.status, "request")
    return "query" if request.method in BODILESS else "body"


def _wants_page() -> bool:
    """Return whether to answer with a page: browsers on our pages get one, every client of the API gets JSON."""
    if request.path.startswith("/api/"):
        return False
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def _page(body: Mapping[str, Any]) -> Response:
    render = current_app.jinja_env.get_template("problem.html").render
    return Response(render(problem=body), mimetype="text/html")
