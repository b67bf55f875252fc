"""An activity as JSON."""

from typing import Any

from marshmallow import fields, post_load

from graph.model import Participant
from graph.vocabulary import ActivityRole, ActivityStatus
from service.http.fields import Choice, Day, Id, Several, SingleLine, Word
from service.resources.schemas import PageQuery, RecordSchema, Strict


class ParticipantSchema(Strict):
    """A stakeholder's part in an activity."""

    stakeholder_id = Id(required=True)
    role = Choice(ActivityRole, required=True)

    @post_load
    def record(self, values: dict[str, Any], **_: object) -> Participant:
        """Return the participant."""
        return Participant(**values)


class ActivitySchema(RecordSchema):
    """One line of a 3W table."""

    name = SingleLine(required=True, metadata={"example": "Mobile clinic"})
    participants = Several(fields.Nested(ParticipantSchema), least=1, required=True)
    area_id = Id(allow_none=True)
    sector_id = Id(allow_none=True)
    status = Choice(ActivityStatus)
    valid_from = Day(allow_none=True)
    valid_to = Day(allow_none=True, metadata={"description": "The first day it no longer ran."})


class ActivityQuery(PageQuery):
    """Which activities to list."""

    stakeholder_id = Id()
    area_id = Id(metadata={"description": "In this area or one inside it."})
    sector_id = Id()
    status = Word([status.value for status in ActivityStatus])
