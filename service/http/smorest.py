"""The web framework's extensions, with every known fault of flask-smorest and webargs corrected in this one place.

* Errors keep the headers that werkzeug set and are RFC 9457 problems (``Api.handle_http_exception``).
* Bodies are read strictly: what is not clean JSON is 400, another media type is 415 and never an empty object
  (``StrictParser``, ``service/http/strict_json.py``); schemas have no lenient field (``service/http/fields.py``).
* The published document is binding: query parameters and media types that it does not name are refused
  (``refuse_undocumented``).
* Lists are paged by cursor and ``Link``, so no header is documented in one form and sent in another.
* ETags stand for a version and are compared in one place (``service/resources/etags.py``), not in each view.
"""

# ruff: noqa: ANN401 - the libraries' own signatures take and give anything

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import flask
import flask_smorest
import marshmallow as ma
from apispec import APISpec
from flask_smorest.spec.plugins import FlaskPlugin
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException

from graph.errors import Finding, InvalidInput, StakeholderGraphError
from service.http import bookmarks
from service.http.errors import InvalidQuery, NotAcceptable, UnsupportedMediaType
from service.http.fields import words_as_enum
from service.http.problems import MEDIA_TYPE, ProblemSchema, problem_from, problem_from_http
from service.http.refusals import refusal
from service.http.strict_json import pointer_token, read_json

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"

View = TypeVar("View", bound=Callable[..., Any] | type)


class Api(flask_smorest.Api):  # type: ignore[misc] # the library is untyped
    """The API: errors are RFC 9457 problems, in the OpenAPI document too."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: flask.Flask) -> None:
        super().__init__(app)
        self.ma_plugin.converter.add_attribute_function(words_as_enum)
        app.register_error_handler(StakeholderGraphError, problem_from)

    def handle_http_exception(self, error: HTTPException) -> flask.Response:
        """Return what the framework refuses as a problem."""
        return problem_from_http(error)

    def document_itself(self) -> None:
        """Add the address of the OpenAPI document to that document, so that it lists every address."""
        answer = {"description": "OpenAPI 3.1", "content": {JSON: {"schema": {"type": "object"}}}}
        operation = {
            "summary": "This document",
            "operationId": "openapi",
            "tags": ["health"],
            "responses": {200: answer},
        }
        rule = next(self._app.url_map.iter_rules(f"{self._make_doc_blueprint_name()}.openapi_json"))
        self.spec.path(rule=rule, operations={"get": _refusals(operation, {}, method="get")})

    def _register_responses(self) -> None:
        """Document every error response with the media type it is sent with."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MEDIA_TYPE
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = JSON


class StrictParser(FlaskParser):
    """Reads JSON bodies strictly, and turns what a schema refuses into findings with place and cure."""

    def load_json(self, req: flask.Request, schema: ma.Schema) -> Any:  # noqa: ARG002 - the library's signature
        """Return the value of the body; raises ``UnsupportedMediaType`` and ``MalformedBody``."""
        expected = MERGE_PATCH if req.method == "PATCH" else JSON
        charset = req.mimetype_params.get("charset", "utf-8").lower()
        if req.mimetype != expected or charset != "utf-8":
            # RFC 5789 and the W3C's Linked Data Platform: the header that names the media type the route reads.
            header = "Accept-Patch" if req.method == "PATCH" else "Accept-Post"
            raise UnsupportedMediaType(
                f"This route reads {expected}, not {req.mimetype[:80] or 'a body without media type'}.",
                cure=f"Send JSON in UTF-8 with Content-Type: {expected}.",
                headers={header: expected},
            )
        return read_json(req.get_data(cache=True))

    def handle_error(
        self,
        error: ma.ValidationError,
        req: flask.Request,  # noqa: ARG002 - the library's signature
        schema: ma.Schema,
        *,
        error_status_code: int | None,  # noqa: ARG002
        error_headers: Mapping[str, str] | None,  # noqa: ARG002
    ) -> NoReturn:
        """Raise ``InvalidInput`` or ``InvalidQuery`` with a finding for each place that the schema refused."""
        # The parser has put the messages under the part of the request they belong to.
        messages: dict[str, Any] = dict(error.messages_dict)
        ((location, refused),) = messages.items()
        raise refusal(refused, schema, kind=InvalidQuery if location == "query" else InvalidInput, whole="The body")


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # the library is untyped
    """A group of routes that documents, besides its own answers, the refusals every route can give."""

    ARGUMENTS_PARSER = StrictParser()

    if TYPE_CHECKING:
        # The decorators do not change a view's type.
        def route(self, rule: str, **options: Any) -> Callable[[View], View]: ...  # noqa: D102
        def arguments(self, schema: Any, **options: Any) -> Callable[[View], View]: ...  # noqa: D102
        def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[[View], View]: ...  # noqa: D102
        def alt_response(self, status_code: int, response: Any = None, **options: Any) -> Callable[[View], View]: ...  # noqa: D102
        def doc(self, **options: Any) -> Callable[[View], View]: ...  # noqa: D102

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks += [_refusals, _bookmarks]


def _refusals(doc: dict[str, Any], info: Mapping[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    """Add the refusals common to all routes: a body too large, a database that is down, a change from another site."""
    statuses = {400, 406, 422, 500, 503}
    if method not in ("get", "head"):
        statuses.add(403)
    if "requestBody" in {**doc, **info.get("manual_doc", {})}:
        statuses |= {413, 415}
    responses = doc.setdefault("responses", {})
    for status in sorted(statuses):
        responses.setdefault(status, HTTPStatus(status).name)
    return doc


def _bookmarks(
    doc: dict[str, Any],
    info: Mapping[str, Any],  # noqa: ARG001 - the library's signature
    *,
    method: str,
    **_: Any,
) -> dict[str, Any]:
    """Document that a request may carry a bookmark, and that the response to a change may."""
    doc["parameters"] = [*doc.get("parameters", ()), bookmarks.REQUEST_HEADER]
    if method not in ("get", "head"):
        for status, response in doc.get("responses", {}).items():
            if str(status).startswith("2") and isinstance(response, dict):
                response["headers"] = {**response.get("headers", {}), **bookmarks.RESPONSE_HEADERS}
    return doc


def refuse_undocumented(app: flask.Flask, spec: APISpec) -> None:
    """Refuse, on every documented route, query parameters and media types that the document does not name."""
    paths = spec.to_dict()["paths"]

    @app.before_request
    def check() -> None:
        request = flask.request
        if request.url_rule is None:
            return
        method = "get" if request.method == "HEAD" else request.method.lower()
        operation = paths.get(FlaskPlugin.flaskpath2openapi(request.url_rule.rule), {}).get(method)
        if operation is not None:
            _check_query(request, operation)
            _check_accept(request, operation)


def _check_query(request: flask.Request, operation: Mapping[str, Any]) -> None:
    documented = {p["name"]: p["schema"] for p in operation.get("parameters", ()) if p.get("in") == "query"}
    cure = f"Use only: {', '.join(documented)}." if documented else "Leave the query out: this route takes none."
    findings = []
    for name, values in request.args.lists():
        pointer = f"/{pointer_token(name)}"
        if name not in documented:
            findings.append(Finding(pointer, "Unknown query parameter.", cure))
        elif len(values) > 1 and documented[name].get("type") != "array":
            findings.append(Finding(pointer, "Given more than once.", "Give it once."))
    if findings:
        detail = " ".join(f"{found.pointer}: {found.detail}" for found in findings[:5])
        raise InvalidQuery(detail, cure=findings[0].cure, findings=findings[:50])


def _check_accept(request: flask.Request, operation: Mapping[str, Any]) -> None:
    media_types = {
        kind
        for status, answer in operation["responses"].items()
        if status[0] == "2"
        for kind in answer.get("content", ())
    }
    if media_types and request.accept_mimetypes and not request.accept_mimetypes.best_match(sorted(media_types)):
        raise NotAcceptable(
            f"This route sends {', '.join(sorted(media_types))}.",
            cure=f"Accept {min(media_types)}, or leave Accept out.",
        )
