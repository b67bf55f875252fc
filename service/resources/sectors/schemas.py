"""A sector as JSON."""

from service.http.fields import Line
from service.resources.schemas import PageQuery, RecordSchema


class SectorSchema(RecordSchema):
    """A field of work, such as health, protection or governance."""

    code = Line(required=True, most=50, metadata={"example": "PRO"})
    name = Line(required=True, metadata={"example": "Protection"})


class SectorQuery(PageQuery):
    """Which sectors to list."""

    code = Line(most=50)
