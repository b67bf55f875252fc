"""What can be asked of the network, and how."""

from typing import Any

from graph.network import MESSAGE_KINDS
from graph.vocabulary import CATEGORIES, TIE_KINDS, GapType
from service.answers import Scope
from service.fields import FlagText, Line, Several, Whole, Word
from service.resources.schemas import MomentQuery

AVOIDED = 50
"""Stakeholders that can be avoided at once: more is another network, which ``category`` and ``area`` cut better."""


class ScopeQuery(MomentQuery):
    """Which part of the network a question is about."""

    area = Line(metadata={"description": "Only who is based or at work there: id, p-code or exact name."})
    category = Several(
        Word(CATEGORIES), most=len(CATEGORIES), metadata={"description": "Only these; repeat for several."}
    )
    kind = Several(
        Word(TIE_KINDS),
        most=len(TIE_KINDS),
        metadata={"description": f"Only these kinds of tie; repeat for several. Default: {', '.join(MESSAGE_KINDS)}."},
    )
    without_mission = FlagText(load_default=False, metadata={"description": "Leave the mission's own units out."})


class IntermediariesQuery(ScopeQuery):
    """Who holds the network together."""

    limit = Whole(1, 1000, text=True, load_default=20, metadata={"description": "Profiles to return."})


class GapsQuery(ScopeQuery):
    """Where partnerships are missing."""

    limit = Whole(1, 1000, text=True, load_default=100, metadata={"description": "Gaps to return."})
    types = Several(
        Word([kind.value for kind in GapType]),
        most=len(GapType),
        data_key="type",
        metadata={
            "description": "Only these types; repeat for several. G1 expected tie, G5 sector unserved, G7 reach."
        },
    )


class PathsQuery(ScopeQuery):
    """How to reach somebody."""

    source = Line(required=True, data_key="from", metadata={"description": "Where influence starts: id or exact name."})
    target = Line(required=True, data_key="to", metadata={"description": "Who is to be reached: id or exact name."})
    k = Whole(1, 10, text=True, load_default=3, metadata={"description": "Paths to return by each measure."})
    direction = Word(
        ("either", "along"),
        load_default="either",
        metadata={"description": "along: only in the direction of directed ties."},
    )
    avoid = Several(
        Line(), most=AVOIDED, metadata={"description": "Go past these: ids or exact names; repeat for several."}
    )


def take_scope(query: dict[str, Any]) -> Scope:
    """Take the scope out of a query's values and return it; what is left is the question's own."""
    return Scope(
        area=query.pop("area", ""),
        categories=query.pop("category", ()),
        kinds=query.pop("kind", ()),
        as_of=query.pop("as_of", None),
        known_at=query.pop("known_at", None),
        without_mission=query.pop("without_mission"),
    )
