"""The routes that all records share: list, read, create, change, delete. A resource adds what is specific to it."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from functools import partial
from http import HTTPStatus
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import Response, jsonify, request, url_for
from flask.views import MethodView

from graph.access import Actor
from graph.errors import Finding, InvalidInput, StillReferenced
from graph.model import Record
from queries.store import Once, Store
from service.http.current import actor, store
from service.http.smorest import MERGE_PATCH, Blueprint
from service.resources.etags import check_if_match, fingerprint, idempotency_key, represented
from service.resources.schemas import NoQuery, PageQuery, RecordSchema, Strict, cursor, page_schema, patch_schema

R = TypeVar("R", bound=Record)
Values = dict[str, Any]
View = Callable[..., Response]

ETAG = {"ETag": {"description": "The version, for If-Match.", "schema": {"type": "string"}}}
LINK = {"Link": {"description": 'Next page as rel="next" (RFC 8288).', "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "Address of the new record.", "schema": {"type": "string"}}}


def _header(name: str, description: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": description,
        "schema": {"type": "string", "minLength": 1},
    }


IF_MATCH = _header("If-Match", "The ETag that was read: refused if the record has changed since.", required=True)
IF_NONE_MATCH = _header("If-None-Match", "An ETag: answers 304 without a body while the record is unchanged.")
IDEMPOTENCY_KEY = _header("Idempotency-Key", "Any unique text: the same request with it again is not done twice.")


def _as_given(values: Values, _store: Store, _actor: Actor) -> Values:
    return values


def _unchanged(_id: str, error: StillReferenced) -> StillReferenced:
    return error


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """How a record can be deleted together with the records that refer to it.

    ``query`` requests it and is empty for a plain deletion; ``parameters`` documents it, since explicit parameters
    replace those of a schema; ``run`` does it and returns what was erased, in the form of ``answer``; ``explain`` adds
    to a refused plain deletion which records refer to it.
    """

    query: type[Strict] = NoQuery
    parameters: tuple[dict[str, Any], ...] = ()
    answer: type[Strict] = NoQuery
    run: Callable[[str], Response] = lambda _: Response(status=204)
    explain: Callable[[str, StillReferenced], StillReferenced] = _unchanged


@dataclass(frozen=True, kw_only=True)
class Resource(Generic[R]):
    """A kind of record in the API.

    ``name`` is its part of the address, ``one`` the word for a single record. ``complete`` fills in what a writer may
    leave out. ``example`` is the smallest valid body. ``changeable`` names the fields a patch may change,
    ``None`` means all that can be set.
    """

    record: type[R]
    name: str
    one: str
    description: str
    schema: type[RecordSchema]
    filters: type[PageQuery] = PageQuery
    complete: Callable[[Values, Store, Actor], Values] = _as_given
    changeable: frozenset[str] | None = None
    example: Values = field(default_factory=dict)
    deletion: str = "Refused while other records point at it."
    erasure: Erasure | None = None


def record_blueprint(resource: Resource[R]) -> Blueprint:
    """Return the routes of a kind of record."""
    blueprint = Blueprint(
        resource.name.replace("-", "_"),
        __name__,
        url_prefix=f"/api/v1/{resource.name}",
        description=resource.description,
    )
    schema = resource.schema()
    kind = resource.record.__name__
    page = page_schema(resource.schema, f"{kind}Page")
    changes = patch_schema(resource.schema, f"{kind}Patch", only=resource.changeable)
    erasure = resource.erasure or Erasure()
    many, one = resource.name.replace("-", " "), resource.one

    @blueprint.route("")
    class Records(MethodView):
        """The list."""

        @blueprint.doc(summary=f"List {many}, sorted by id", operationId=f"list{kind}")
        @blueprint.arguments(resource.filters, location="query")
        @blueprint.response(200, page, headers=LINK)
        def get(self, query: Values) -> Response:
            listed = store().list(resource.record, actor(), **query)
            return page_of([schema.dump(record) for record in listed.items], listed.next)

        @blueprint.doc(summary=f"Record a new {one}", operationId=f"create{kind}", parameters=[IDEMPOTENCY_KEY])
        @blueprint.arguments(resource.schema, example=resource.example)
        @blueprint.response(201, resource.schema, headers=ETAG | LOCATION)
        @blueprint.alt_response(409, HTTPStatus(409).name)
        def post(self, values: Values) -> Response:
            check_sensitivity(values, actor())
            key = idempotency_key()
            once = Once(key, fingerprint()) if key else None
            record = resource.record(**resource.complete(values, store(), actor()))
            created = store().create(record, actor(), once=once)
            response = represented(schema.dump(created), 201)
            response.headers["Location"] = url_for(f"{blueprint.name}.OneRecord", record_id=created.id)
            return response

    @blueprint.route("/<string(maxlength=100):record_id>")
    class OneRecord(MethodView):
        """One of them."""

        @blueprint.doc(summary=f"Read one {one}", operationId=f"get{kind}", parameters=[IF_NONE_MATCH])
        @blueprint.response(200, resource.schema, headers=ETAG)
        @blueprint.alt_response(304, HTTPStatus(304).name)
        @blueprint.alt_response(404, HTTPStatus(404).name)
        def get(self, record_id: str) -> Response:
            return represented(schema.dump(store().get(resource.record, record_id, actor())))

        @blueprint.doc(
            summary=f"Change one {one} (JSON merge patch)",
            description="A field left out stays; null removes its value. Lists are replaced whole.",
            operationId=f"change{kind}",
            parameters=[IF_MATCH],
        )
        @blueprint.arguments(changes, content_type=MERGE_PATCH)
        @blueprint.response(200, resource.schema, headers=ETAG)
        @blueprint.alt_response(404, HTTPStatus(404).name)
        @blueprint.alt_response(409, HTTPStatus(409).name)
        @blueprint.alt_response(412, HTTPStatus(412).name)
        @blueprint.alt_response(428, HTTPStatus(428).name)
        def patch(self, values: Values, record_id: str) -> Response:
            current = store().get(resource.record, record_id, actor())
            check_if_match(schema.dump(current))
            check_sensitivity(values, actor())
            changed = patched(current, values)
            if changed != current:
                changed = store().replace(changed, actor(), version=current.version)
            return represented(schema.dump(changed))

        @blueprint.doc(
            summary=f"Delete one {one}",
            description=resource.deletion,
            operationId=f"delete{kind}",
            parameters=[IF_MATCH, *erasure.parameters],
        )
        @blueprint.arguments(erasure.query, location="query")
        @blueprint.response(204)
        @partial(_documenting_erasure, blueprint, resource.erasure)
        @blueprint.alt_response(404, HTTPStatus(404).name)
        @blueprint.alt_response(409, HTTPStatus(409).name)
        @blueprint.alt_response(412, HTTPStatus(412).name)
        @blueprint.alt_response(428, HTTPStatus(428).name)
        def delete(self, query: Values, record_id: str) -> Response:
            if query:
                return erasure.run(record_id)
            current = store().get(resource.record, record_id, actor())
            check_if_match(schema.dump(current))
            try:
                store().delete(resource.record, record_id, actor(), version=current.version)
            except StillReferenced as error:
                raise erasure.explain(record_id, error) from error
            return Response(status=204)

    return blueprint


def _documenting_erasure(
    blueprint: Blueprint, erasure: Erasure | None, view: Callable[..., Response]
) -> Callable[..., Response]:
    if erasure is None:
        return view
    with_answer = blueprint.alt_response(200, schema=erasure.answer)(view)
    return blueprint.alt_response(413, HTTPStatus(413).name)(with_answer)


def page_of(items: list[Any], following: str | None, **more: object) -> Response:
    """Return a page of a list with the fields ``more``; the next page begins after the id ``following``."""
    address = None
    if following is not None:
        query = request.args.to_dict(flat=False) | {"after": [cursor(following)]}
        address = f"{request.path}?{urlencode(query, doseq=True)}"
    response = jsonify({"items": items, "next": address, **more})
    if address:
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response


def check_sensitivity(values: Values, actor: Actor) -> None:
    """Raise ``InvalidInput`` for a sensitivity above the actor's clearance: they could not see what they write."""
    level = values.get("sensitivity")
    if level is not None and not actor.may_see(level):
        cure = f"Use {actor.clearance.code} at most."
        finding = Finding("/sensitivity", "lies above your clearance", cure)
        raise InvalidInput("The sensitivity lies above your clearance.", cure=cure, findings=[finding])


def patched(record: R, values: Values) -> R:
    """Return ``record`` with a merge patch applied: ``None`` resets a field to its default.

    Raises ``InvalidInput`` where a field that has no default would be removed.
    """
    defaults = {described.name: _default(described) for described in fields(record)}
    findings = [
        Finding(f"/{name}", "cannot be removed", "Give it another value, or leave it out of the patch.")
        for name, value in values.items()
        if value is None and defaults[name] is MISSING
    ]
    if findings:
        raise InvalidInput(
            " ".join(f"{found.pointer} {found.detail}." for found in findings), cure=findings[0].cure, findings=findings
        )
    return record.changed(**{name: defaults[name] if value is None else value for name, value in values.items()})


def _default(described: Any) -> Any:  # noqa: ANN401 - dataclasses.Field of whatever the record holds
    if described.default_factory is not MISSING:
        return described.default_factory()
    return described.default
