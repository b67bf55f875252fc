"""An area as JSON."""

from typing import Any

from marshmallow import fields, post_load

from graph.model import AccessInterval
from graph.vocabulary import Access
from service.http.fields import Choice, Day, Decimal, Id, Several, SingleLine, Whole
from service.resources.schemas import PageQuery, RecordSchema, Strict

LEVELS = (0, 9)


class AccessIntervalSchema(Strict):
    """How accessible an area was during a period."""

    access = Choice(Access, required=True)
    since = Day(required=True)
    until = Day(allow_none=True, metadata={"description": "The first day it no longer held; null while it holds."})

    @post_load
    def record(self, values: dict[str, Any], **_: object) -> AccessInterval:
        """Return the interval."""
        return AccessInterval(**values)


class AreaSchema(RecordSchema):
    """A place; level 0 is the country."""

    name = SingleLine(required=True, metadata={"example": "Sandrine district"})
    level = Whole(*LEVELS, required=True, metadata={"description": "0 country, 1 first administrative level …"})
    pcode = SingleLine(
        least=0, most=50, metadata={"description": "Place code, as OCHA publishes them.", "example": "SD0101"}
    )
    parent_id = Id(allow_none=True)
    latitude = Decimal(-90, 90, allow_none=True)
    longitude = Decimal(-180, 180, allow_none=True)
    access = Several(fields.Nested(AccessIntervalSchema))


class AreaQuery(PageQuery):
    """Which areas to list."""

    parent_id = Id()
    level = Whole(*LEVELS, text=True)
    pcode = SingleLine(most=50)
