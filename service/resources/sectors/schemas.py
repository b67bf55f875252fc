"""A sector as JSON."""

from service.http.fields import SingleLine
from service.resources.schemas import PageQuery, RecordSchema


class SectorSchema(RecordSchema):
    """A field of work, such as health, protection or governance."""

    code = SingleLine(required=True, most=50, metadata={"example": "PRO"})
    name = SingleLine(required=True, metadata={"example": "Protection"})


class SectorQuery(PageQuery):
    """Which sectors to list."""

    code = SingleLine(most=50)
