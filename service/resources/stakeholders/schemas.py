"""A stakeholder as JSON."""

from graph.vocabulary import CATEGORIES, Nature, StakeholderStatus
from service.http.fields import Choice, Flag, Id, Level, Line, Paragraphs, Several, Word
from service.resources.schemas import PageQuery, RecordSchema


class StakeholderSchema(RecordSchema):
    """An actor: a person, an organisation or an office."""

    name = Line(required=True, metadata={"example": "Sandrine Women's Association"})
    category = Word(
        CATEGORIES,
        required=True,
        metadata={
            "example": "community_group",
            "description": "Coming into another category raises the sensitivity to that category's default.",
        },
    )
    sensitivity = Level(
        metadata={
            "description": "How much harm a leak could do. Default: public, restricted for armed_actor. Where the "
            "category changes, the default of the new one applies if it is higher; give a sensitivity in the same "
            "request to choose another."
        }
    )
    aliases = Several(Line(), most=50, metadata={"description": "Other names, in any script."})
    nature = Choice(Nature)
    area_id = Id(allow_none=True, metadata={"description": "Where it is based."})
    sector_ids = Several(Id(), most=50, metadata={"description": "What it works on."})
    description = Paragraphs()
    languages = Several(Line(most=35), most=50, metadata={"description": "BCP 47 tags, such as fr or ar."})
    womens_group = Flag()
    youth_group = Flag()
    contact_permitted = Flag()
    do_not_contact = Flag(metadata={"description": "Never proposed as somebody to talk to."})
    status = Choice(StakeholderStatus)


class StakeholderQuery(PageQuery):
    """Which stakeholders to list."""

    q = Line(metadata={"description": "Words of a name or alias, in any script."})
    name = Line(metadata={"description": "The exact name, case and accents aside."})
    category = Word(CATEGORIES)
    area_id = Id(metadata={"description": "Based there or in an area inside it."})
    sector_id = Id()
    status = Word([status.value for status in StakeholderStatus])
