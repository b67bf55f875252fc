"""A tie report as JSON."""

from marshmallow import fields

from graph.vocabulary import TIE_KINDS, Presence
from service.http.fields import Choice, Day, Decimal, Id, Paragraphs, Whole, Word
from service.resources.schemas import PageQuery, RecordSchema


class TieReportSchema(RecordSchema):
    """What one source says about one tie. Only from_id, to_id and kind are needed."""

    from_id = Id(required=True)
    to_id = Id(required=True)
    kind = Word(TIE_KINDS, required=True, metadata={"example": "coordinates_with"})
    source_id = Id(metadata={"description": "The source. Default: your own observation."})
    presence = Choice(Presence, metadata={"description": "absent: somebody looked, and the tie does not exist."})
    strength = Decimal(0, 1, allow_none=True)
    trust = Decimal(0, 1, allow_none=True)
    sign = Whole(-1, 1, allow_none=True, metadata={"description": "Default: that of the kind."})
    valid_from = Day(allow_none=True, metadata={"description": "The first day it held, tomorrow (UTC) at the latest."})
    valid_to = Day(allow_none=True, metadata={"description": "The first day it no longer held."})
    observed_on = Day(
        allow_none=True,
        metadata={"description": "When the source saw it, tomorrow (UTC) at the latest. Default: today."},
    )
    recorded_at = fields.AwareDateTime(dump_only=True)
    retracted_at = fields.AwareDateTime(
        dump_only=True, allow_none=True, metadata={"description": "Set once it is deleted."}
    )
    credibility = Whole(1, 6, metadata={"description": "1 confirmed … 5 improbable, 6 cannot be judged. Default: 3."})
    engagement_id = fields.String(
        dump_only=True, allow_none=True, metadata={"description": "The meeting it came from."}
    )
    note = Paragraphs()


class TieReportQuery(PageQuery):
    """Which tie reports to list; retracted ones are never listed."""

    stakeholder_id = Id(metadata={"description": "Reports on ties of this stakeholder."})
    source_id = Id()
    tie_id = Id()
    kind = Word(TIE_KINDS)
