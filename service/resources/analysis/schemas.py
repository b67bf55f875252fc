"""The query parameters of the analyses."""

from typing import Any

from graph.networks.network import MESSAGE_KINDS
from graph.vocabulary import CATEGORIES, TIE_KINDS, GapType
from service.http.fields import Day, Decimal, FlagText, Several, SingleLine, Whole, Word
from service.questions.ends import Ends
from service.questions.scope import Scope
from service.resources.schemas import MomentQuery

AVOIDED = 50
"""Stakeholders that can be avoided at once: for more, narrow the network by ``category`` and ``area``."""

ENDS = 50
"""Stakeholders that can be named on one side of a question: for more, name a category."""


class ScopeQuery(MomentQuery):
    """Which part of the network a question is about."""

    area = SingleLine(metadata={"description": "Only stakeholders based or active there: id, p-code or exact name."})
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

    sources = Several(
        SingleLine(),
        most=ENDS,
        data_key="from",
        metadata={"description": "Count routes from these: ids or exact names; repeat for several."},
    )
    targets = Several(
        SingleLine(),
        most=ENDS,
        data_key="to",
        metadata={"description": "And to these. A side left out means everybody."},
    )
    source_categories = Several(
        Word(CATEGORIES),
        most=len(CATEGORIES),
        data_key="from_category",
        metadata={"description": "From all of these categories; repeat for several."},
    )
    target_categories = Several(
        Word(CATEGORIES),
        most=len(CATEGORIES),
        data_key="to_category",
        metadata={"description": "To all of these categories; repeat for several."},
    )
    limit = Whole(1, 1000, text=True, load_default=20, metadata={"description": "Profiles to return."})


class CentralityQuery(ScopeQuery):
    """Stakeholders ranked by one measure."""

    limit = Whole(1, 1000, text=True, load_default=20, metadata={"description": "Rows to return."})


class KeyPlayersQuery(ScopeQuery):
    """Which few together reach most."""

    k = Whole(1, 10, text=True, load_default=2, metadata={"description": "Members of a set."})
    criterion = Word(
        ("reach", "m-reach", "fragmentation"),
        load_default="reach",
        metadata={
            "description": "reach: close to most; m-reach: within hops of most; fragmentation: channels to back up."
        },
    )
    within = Whole(1, 10, text=True, load_default=2, metadata={"description": "Hops, for m-reach."})
    purpose = SingleLine(
        metadata={"description": "What the answer is for; required with fragmentation, and repeated in the answer."}
    )
    limit = Whole(1, 1000, text=True, load_default=5, metadata={"description": "Sets to return."})


class TieBetweennessQuery(ScopeQuery):
    """Which ties most shortest routes cross."""

    by = Word(
        ("reliability", "hops"), load_default="reliability", metadata={"description": "What makes a route short."}
    )
    limit = Whole(1, 1000, text=True, load_default=20, metadata={"description": "Tied pairs to return."})


class TeamQuery(ScopeQuery):
    """What given stakeholders achieve together."""

    members = Several(
        SingleLine(),
        most=ENDS,
        required=True,
        data_key="member",
        metadata={"description": "The members: ids or exact names; repeat for several."},
    )
    within = Whole(1, 10, text=True, load_default=2, metadata={"description": "Hops within which to count others."})


class BrokerageQuery(ScopeQuery):
    """Who brokers between groups."""

    role = Word(
        ("coordinator", "itinerant", "gatekeeper", "representative", "liaison"),
        load_default=None,
        metadata={"description": "Rank by this role instead of all together."},
    )
    groups = Word(("category", "community"), load_default="category", metadata={"description": "What makes a group."})
    limit = Whole(1, 1000, text=True, load_default=20, metadata={"description": "Rows to return."})


class CommunitiesQuery(ScopeQuery):
    """Who is in the same community."""

    resolution = Decimal(
        0.1, 10, text=True, load_default=1.0, metadata={"description": "Above 1 gives smaller communities."}
    )
    compared_to = Day(metadata={"description": "Compare with the communities of this day, by the ties that held then."})
    limit = Whole(1, 1000, text=True, load_default=100, metadata={"description": "Communities to return."})


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

    source = SingleLine(
        required=True, data_key="from", metadata={"description": "Where influence starts: id or exact name."}
    )
    target = SingleLine(
        required=True, data_key="to", metadata={"description": "Who is to be reached: id or exact name."}
    )
    k = Whole(1, 10, text=True, load_default=3, metadata={"description": "Paths to return by each measure."})
    direction = Word(
        ("either", "along"),
        load_default="either",
        metadata={"description": "along: only in the direction of directed ties."},
    )
    avoid = Several(
        SingleLine(),
        most=AVOIDED,
        metadata={"description": "Use no path through these: ids or exact names; repeat for several."},
    )


def take_ends(query: dict[str, Any]) -> Ends:
    """Take the ends out of a query's values and return them."""
    return Ends(
        **{name: query.pop(name, ()) for name in ("sources", "targets", "source_categories", "target_categories")}
    )


def take_scope(query: dict[str, Any]) -> Scope:
    """Take the scope out of a query's values and return it; the question's own parameters are left."""
    return Scope(
        area=query.pop("area", ""),
        categories=query.pop("category", ()),
        kinds=query.pop("kind", ()),
        as_of=query.pop("as_of", None),
        known_at=query.pop("known_at", None),
        without_mission=query.pop("without_mission"),
    )
