"""A source as JSON."""

from graph.vocabulary import Reliability, SourceKind
from service.http.fields import Choice, SingleLine, Word
from service.resources.schemas import PageQuery, RecordSchema


class SourceSchema(RecordSchema):
    """Where reports come from, and how reliable it is."""

    name = SingleLine(required=True, metadata={"example": "Patrol report 12, Sandrine"})
    kind = Choice(SourceKind, required=True)
    reliability = Choice(
        Reliability, metadata={"description": "Admiralty letter: A completely … E unreliable, F cannot be judged."}
    )
    origin_group = SingleLine(
        least=0,
        metadata={"description": "Sources of one origin group repeat each other and count once. Default: its own."},
    )


class SourceQuery(PageQuery):
    """Which sources to list."""

    kind = Word([kind.value for kind in SourceKind])
