"""What the schemas of all resources share."""

# ruff: noqa: ANN401 - marshmallow's own signatures take anything

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import fields

from service.http.fields import ID_LENGTH, Day, Instant, SensitivityField, Several, SingleLine, Whole

PAGE = 100
LONGEST_PAGE = 500
"""Records on a page, unless asked for fewer or more: 500 records are some 300 kB of JSON."""


class Strict(ma.Schema):
    """Base of every schema: an unknown field is an error, never ignored."""

    class Meta:
        """Unknown fields are refused."""

        unknown = ma.RAISE


class RecordSchema(Strict):
    """The fields of every record. A writer sets only ``sensitivity`` and ``external_ids``."""

    id = fields.String(dump_only=True, metadata={"description": "UUIDv7, made by the service."})
    version = fields.Integer(dump_only=True, metadata={"description": "Rises with every change."})
    created_at = fields.AwareDateTime(dump_only=True)
    created_by = fields.String(dump_only=True)
    updated_at = fields.AwareDateTime(dump_only=True)
    updated_by = fields.String(dump_only=True)
    sensitivity = SensitivityField(metadata={"description": "How much harm a leak could do. Default: public."})
    external_ids = Several(
        SingleLine(),
        most=20,
        metadata={"description": "Its ids in other systems, each as system:id.", "example": ["kobo:4711"]},
    )


class Cursor(fields.String):
    """The position in a list where a page begins: opaque to clients; decoded, the last id before it.

    The id is no secret to a client that got it in the page before; it is encoded so that clients do not build cursors.
    """

    longest = ID_LENGTH
    accepts = "Follow the next link of the page before; leave it out for the first page."

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            last = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)).decode()
        except ValueError as error:
            raise ma.ValidationError("This is no cursor of this service.") from error
        if not (0 < len(last) <= self.longest and last.isprintable() and cursor(last) == text):
            raise ma.ValidationError("This is no cursor of this service.")
        return last


def cursor(last_id: str) -> str:
    """Return the cursor of the page that begins after ``last_id``."""
    return urlsafe_b64encode(last_id.encode()).rstrip(b"=").decode("ascii")


class PageQuery(Strict):
    """Which page of a list."""

    after = Cursor(
        metadata={"description": "Opaque cursor: follow `next` or the Link header.", "pattern": "^[A-Za-z0-9_-]+$"}
    )
    limit = Whole(1, LONGEST_PAGE, text=True, load_default=PAGE, metadata={"description": "Records on a page."})


class MomentQuery(Strict):
    """On which day, and as known at which instant."""

    as_of = Day(metadata={"description": "What held on this day. Default: today (UTC)."})
    known_at = Instant(metadata={"description": "What was known at this instant. Default: now."})


class NoQuery(Strict):
    """A route without query parameters."""


def page_schema(item: type[ma.Schema], name: str) -> type[ma.Schema]:
    """Return the schema of a page of ``item``."""
    return Strict.from_dict(
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next": fields.String(
                required=True,
                allow_none=True,
                metadata={"format": "uri-reference", "description": "Address of the next page; null on the last."},
            ),
        },
        name=name,
    )


def patch_schema(schema: type[ma.Schema], name: str, *, only: frozenset[str] | None = None) -> type[ma.Schema]:
    """Return the schema of a merge patch (RFC 7396): any fields a writer may set, ``null`` to remove one.

    All fields are replaced whole, lists too, so a patch is validated by itself and then applied to the record.
    """
    changeable: dict[str, Any] = {}
    for key, field in schema().declared_fields.items():  # copies, made for this one schema
        if field.dump_only or (only is not None and key not in only):
            continue
        # A sensitivity can be changed but not removed: it must never fall back to "public" by accident.
        field.required, field.allow_none, field.load_default = False, key != "sensitivity", ma.missing
        changeable[key] = field
    return Strict.from_dict(changeable, name=name)
