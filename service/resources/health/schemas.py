"""The answer to a probe: its status alone."""

from marshmallow import fields

from service.resources.schemas import Strict


class HealthSchema(Strict):
    """The status of the service."""

    status = fields.String(required=True, metadata={"enum": ["alive", "ready"]})
