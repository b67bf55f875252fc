"""A stakeholder as JSON."""

from typing import Any

from marshmallow import fields

from graph.vocabulary import CATEGORIES, Nature, StakeholderStatus
from service.http.fields import Choice, Flag, Id, Paragraphs, SensitivityField, Several, SingleLine, Word
from service.resources.schemas import PageQuery, RecordSchema, Strict, page_schema


class StakeholderSchema(RecordSchema):
    """An actor: a person, an organisation or an office."""

    name = SingleLine(required=True, metadata={"example": "Sandrine Women's Association"})
    category = Word(
        CATEGORIES,
        required=True,
        metadata={
            "example": "community_group",
            "description": "A change of category raises the sensitivity to that category's default.",
        },
    )
    sensitivity = SensitivityField(
        metadata={
            "description": "How much harm a leak could do. Default: public, restricted for armed_actor. Where the "
            "category changes, the default of the new one applies if it is higher; give a sensitivity in the same "
            "request to choose another."
        }
    )
    aliases = Several(SingleLine(), most=50, metadata={"description": "Other names, in any script."})
    nature = Choice(Nature)
    area_id = Id(allow_none=True, metadata={"description": "Where it is based."})
    sector_ids = Several(Id(), most=50, metadata={"description": "What it works on."})
    description = Paragraphs()
    languages = Several(SingleLine(most=35), most=50, metadata={"description": "BCP 47 tags, such as fr or ar."})
    womens_group = Flag()
    youth_group = Flag()
    contact_permitted = Flag()
    do_not_contact = Flag(metadata={"description": "Never proposed as a contact."})
    status = Choice(StakeholderStatus)


class StakeholderQuery(PageQuery):
    """Which stakeholders to list."""

    q = SingleLine(metadata={"description": "Words of a name or alias, in any script."})
    name = SingleLine(metadata={"description": "The exact name, case and accents aside."})
    category = Word(CATEGORIES)
    area_id = Id(metadata={"description": "Based there or in an area inside it."})
    sector_id = Id()
    status = Word([status.value for status in StakeholderStatus])


class EraseQuery(Strict):
    """What is erased together with a stakeholder."""

    erase = Word(["reports"])


ERASE_PARAMETERS: tuple[dict[str, Any], ...] = (
    {
        "name": "erase",
        "in": "query",
        "description": "reports: also erase all tie reports on it, retracted ones too, and so its ties. Its parts in "
        "activities are removed; the activities stay. The list of references shows all of it beforehand.",
        "schema": {"type": "string", "enum": ["reports"]},
    },
    {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "For an erasure, any unique text: the same request sent again gets the first one's answer.",
        "schema": {"type": "string", "minLength": 1},
    },
)


class HeldSchema(Strict):
    """How many records refer to a stakeholder, of those you may see."""

    tie_reports = fields.Integer(required=True, metadata={"description": "Reports that are not retracted."})
    retracted_tie_reports = fields.Integer(required=True)
    ties = fields.Integer(required=True, metadata={"description": "Ties that those reports are about."})
    activities = fields.Integer(required=True)
    activities_alone = fields.Integer(
        required=True, metadata={"description": "Activities in which nobody else takes part: they prevent an erasure."}
    )


class ReferenceSchema(Strict):
    """A record that refers to a stakeholder."""

    kind = fields.String(required=True, metadata={"enum": ["TieReport", "Activity"]})
    id = fields.String(required=True)
    address = fields.String(required=True, metadata={"format": "uri-reference", "description": "Where to read it."})
    retracted_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "Set on a report that was retracted."}
    )


class ReferencePageSchema(page_schema(ReferenceSchema, "ReferenceItems")):  # type: ignore[misc] # made at run time
    """A page of these records; the counts are of all of them."""

    counts = fields.Nested(HeldSchema, required=True)
