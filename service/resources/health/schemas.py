"""What a probe gets to know: nothing but yes."""

from marshmallow import fields

from service.resources.schemas import Strict


class HealthSchema(Strict):
    """A sign of life."""

    status = fields.String(required=True, metadata={"enum": ["alive", "ready"]})
