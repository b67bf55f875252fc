"""A tie as JSON."""

from marshmallow import fields

from graph.vocabulary import TIE_KINDS, TieStatus
from service.http.fields import Choice, Id, Word
from service.resources.schemas import MomentQuery, PageQuery, Strict


class TieSchema(Strict):
    """A tie as computed from its reports, as of a day."""

    id = fields.String(required=True, metadata={"description": "Derived from kind and stakeholders: it never changes."})
    from_id = fields.String(required=True)
    to_id = fields.String(required=True)
    kind = Word(TIE_KINDS, required=True)
    existence = fields.Float(required=True, metadata={"description": "Probability that it exists, in (0, 1)."})
    strength = fields.Float(
        required=True, allow_none=True, metadata={"description": "0 to 1; null if no report gives it."}
    )
    trust = fields.Float(
        required=True, allow_none=True, metadata={"description": "0 to 1; null if no report gives it."}
    )
    sign = fields.Integer(required=True, metadata={"description": "1 helps, 0 neutral, -1 in tension."})
    status = Choice(TieStatus, required=True)
    first_confirmed = fields.Date(required=True)
    last_confirmed = fields.Date(required=True)
    reports = fields.Integer(required=True, metadata={"description": "How many reports it has."})
    origins = fields.Function(
        lambda tie: len(tie.origins),
        metadata={"type": "integer", "description": "How many independent origins its status rests on."},
    )
    undated = fields.Boolean(required=True, metadata={"description": "No report says when it held."})


class TieQuery(PageQuery, MomentQuery):
    """Which ties to list."""

    stakeholder_id = Id()
    kind = Word(TIE_KINDS)
    status = Choice(TieStatus)
