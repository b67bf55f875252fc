"""Key intermediaries: who holds the network together, as a profile of ranks and roles instead of one hidden score.

Each measure answers its own question and keeps its own rank. The list is ordered by the rank of betweenness on the
most reliable routes, then in hops, then by constraint, then by id; nothing is summed or weighted behind the scenes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from graph.analysis.answer import Answer, StakeholderRef, check_limit, graph_seen, refer
from graph.analysis.backing import Backing, backing_sentence, backings
from graph.analysis.betweenness import betweenness, normalised
from graph.analysis.brokerage import ROLES, Roles, brokerage_roles
from graph.analysis.centrality import between
from graph.analysis.closeness import harmonic_closeness
from graph.analysis.cuts import Cuts, cuts
from graph.analysis.keeping import kept
from graph.analysis.pareto import mean_trust, pareto_front
from graph.analysis.ranked import NO_TIE, level_sentence
from graph.analysis.ranking import Level, competition_ranks, level_groups
from graph.analysis.sampling import DOUBT, Sources, sources
from graph.analysis.structural_holes import structural_holes
from graph.analysis.wording import category_noun, category_plural, listed, ordinal
from graph.errors import InvalidInput
from graph.network import Node, StakeholderNetwork

METHOD = (
    "Betweenness in hops and in distance -ln r (Freeman 1977; Brandes 2001), Burt constraint, effective size and "
    "efficiency on strength (Burt 1992), harmonic closeness in hops, divided by n - 1 (Marchiori & Latora 2000), "
    "articulation points and bridges (Hopcroft & Tarjan 1973), all on the undirected projection; brokerage roles as "
    "raw counts of open ordered triads on the directed graph (Gould & Fernandez 1989)"
)

ORDERED_BY = ("rank of betweenness_reliability", "rank of betweenness_hops", "rank of constraint", "id")

LOW_IS_BEST = frozenset({"constraint"})

PRECEDENCE = ("liaison", "itinerant", "gatekeeper", "representative", "coordinator")
"""Which of level roles is called the main one: the further from one's own group, the rarer."""

NO_STRENGTH = "none of its ties has any strength"
TOO_FEW = "there are too few other stakeholders"


@dataclass(frozen=True, slots=True)
class Measures:
    """The values of one stakeholder; ``None`` is undefined. Betweenness counts pairs of others."""

    betweenness_hops: float
    betweenness_hops_normalised: float | None
    betweenness_reliability: float
    constraint: float | None
    effective_size: float | None
    efficiency: float | None
    harmonic_closeness: float | None
    degree: int


RANKED = tuple(field.name for field in fields(Measures) if field.name != "betweenness_hops_normalised")
"""The measures that have a rank of their own; the normalised one ranks like the raw one."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie of the stakeholder's whose loss would separate ``cuts_off`` from the larger part."""

    to: StakeholderRef
    cuts_off: tuple[StakeholderRef, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Pairs of one of the origins asked for and one of the targets that have their most reliable routes through one."""

    value: float
    rank: int


@dataclass(frozen=True, slots=True)
class Intermediary:
    """The profile of one stakeholder.

    ``ranks`` has a place for each measure, 1 being best, equal values sharing one; lower constraint is better.
    ``main_role`` is the role with most open triads; level ones (gatekeeper and representative always are, where ties
    run both ways) go by ``PRECEDENCE``.
    ``level`` is the group of those that what the list goes by cannot tell apart: their order means nothing. ``front``
    says that nobody else is at least as good in all of betweenness (between the ends asked for, where any were),
    freedom to broker (1 − constraint) and trust, and better in one. ``between`` is ``None`` where no ends were asked
    for.
    ``cuts_off`` would be apart from the largest remaining part without the stakeholder. ``undefined`` gives the reason
    for every value that is ``None``.
    """

    stakeholder: StakeholderRef
    values: Measures
    ranks: Mapping[str, int | None]
    level: Level
    between: Between | None
    front: bool
    roles: Roles
    main_role: str | None
    articulation_point: bool
    cuts_off: tuple[StakeholderRef, ...]
    bridges: tuple[Bridge, ...]
    evidence: Backing
    undefined: Mapping[str, str]
    sentence: str


def key_intermediaries(
    network: StakeholderNetwork,
    *,
    limit: int | None = None,
    groups: Mapping[str, str] | None = None,
    constraint_weight: str | None = "strength",
    origins: Collection[str] | None = None,
    targets: Collection[str] | None = None,
) -> Answer[Intermediary]:
    """Return the stakeholders' profiles as go-betweens, the most telling first.

    ``limit`` bounds the list; ranks are always among all. ``groups`` (id → group) replaces category in the brokerage
    roles. ``constraint_weight`` is the edge attribute for Burt's measures (``strength``, ``reliability`` or
    ``existence``), ``None`` counting every tie as 1. With ``origins`` or ``targets`` (the other side then being
    everybody) the list goes first by the routes between those. Raises ``InvalidInput`` for any other weight, a limit
    below 1, or groups that leave a stakeholder out.
    """
    check_limit(limit)
    if constraint_weight not in (None, "strength", "reliability", "existence"):
        raise InvalidInput(
            f"{constraint_weight!r} is no weight for constraint; use strength, reliability or existence."
        )
    belongs = {node.id: node.category for node in network.nodes.values()} if groups is None else dict(groups)
    if missing := sorted(network.nodes.keys() - belongs.keys()):
        raise InvalidInput(f"groups say nothing of {listed(missing)}; give every stakeholder a group.")

    start = sources(network)
    values, ranks = _measured(network, constraint_weight, start)
    roles = brokerage_roles(network, groups=belongs)
    asked = origins is not None or targets is not None
    ends = (network.nodes if side is None else side for side in (origins, targets))
    links = between(network, **dict(zip(("origins", "targets"), ends, strict=True))) if asked else {}
    places = competition_ranks(links)
    last = len(values) + 1
    standing = {
        key: (
            places.get(key) or 0,
            ranks["betweenness_reliability"][key] or last,
            ranks["betweenness_hops"][key] or last,
            ranks["constraint"][key] or last,
        )
        for key in values
    }
    order = sorted(values, key=lambda key: (standing[key], key))
    profiles = _Profiles(network, cuts(network), grouped_by_category=groups is None)
    levels = level_groups({key: standing[key] for key in order})
    front = _front(network, values, links)
    items = tuple(
        profiles.item(
            key,
            values[key],
            {name: ranks[name][key] for name in RANKED},
            roles[key],
            _Place(levels[key], Between(links[key], places[key] or last) if asked else None, key in front),
        )
        for key in order[:limit]
    )
    sampled = (
        f"The network is large: betweenness and closeness are estimated from {len(start.ids):,} of {len(order):,} "
        "stakeholders drawn by a fixed seed (Brandes & Pich 2007); as a share of the pairs of others, betweenness is "
        f"within {start.error():.3f} with a probability of {1 - DOUBT:.0%}."
    )
    return Answer(
        method=METHOD,
        parameters={
            "limit": limit,
            "groups": "category" if groups is None else "given",
            "constraint_weight": constraint_weight or "none",
            "kinds": network.kinds,
            "ordered_by": ("rank between the ends asked for", *ORDERED_BY) if asked else ORDERED_BY,
            "sources": len(start.ids),
        },
        graph=graph_seen(network),
        items=items,
        warnings=(*network.notes(), *(() if start.exact else (sampled,))),
        truncated=len(items) < len(order),
    )


Ranks = dict[str, dict[str, int | None]]


@kept
def _measured(
    network: StakeholderNetwork, constraint_weight: str | None, start: Sources
) -> tuple[dict[str, Measures], Ranks]:
    """Return everybody's values, and by measure everybody's rank."""
    rows = network.edge_rows
    degrees = dict(zip(network.nodes, (rows.start[1:] - rows.start[:-1]).tolist(), strict=True))
    hops = betweenness(network, start=start)
    reliable = betweenness(network, distance="distance", start=start)
    holes = structural_holes(network, weight=constraint_weight)
    close = harmonic_closeness(network, start=start)
    values = {
        key: Measures(
            betweenness_hops=hops[key],
            betweenness_hops_normalised=normalised(hops[key], len(degrees)),
            betweenness_reliability=reliable[key],
            constraint=holes[key].constraint,
            effective_size=holes[key].effective_size,
            efficiency=holes[key].efficiency,
            harmonic_closeness=close[key],
            degree=degrees[key],
        )
        for key in degrees
    }
    columns = {name: {key: getattr(value, name) for key, value in values.items()} for name in RANKED}
    return values, {
        name: competition_ranks(column, low_is_best=name in LOW_IS_BEST) for name, column in columns.items()
    }


def _front(network: StakeholderNetwork, values: Mapping[str, Measures], links: Mapping[str, float]) -> frozenset[str]:
    trust = mean_trust(network)
    return pareto_front(
        {
            key: (
                links.get(key, value.betweenness_reliability),
                None if value.constraint is None else -value.constraint,
                trust[key],
            )
            for key, value in values.items()
        }
    )


@dataclass(frozen=True, slots=True)
class _Place:
    level: Level
    between: Between | None
    front: bool


class _Profiles:
    """Puts profiles together: what hangs on somebody, what it rests on, and how to say it."""

    def __init__(self, network: StakeholderNetwork, cuts: Cuts, *, grouped_by_category: bool) -> None:
        self.network = network
        self.cuts = cuts
        self.grouped_by_category = grouped_by_category
        self.backings = backings(network)

    def item(  # noqa: PLR0917 - what a profile is made of
        self, key: str, values: Measures, ranks: Mapping[str, int | None], roles: Roles, place: _Place
    ) -> Intermediary:
        evidence = self.backings.of(key)
        cut_off = self._refs(self.cuts.cut_off(key))
        return Intermediary(
            stakeholder=refer(self.network, key),
            values=values,
            ranks=ranks,
            level=place.level,
            between=place.between,
            front=place.front,
            roles=roles,
            main_role=_main_role(roles),
            articulation_point=key in self.cuts.articulation_points,
            cuts_off=cut_off,
            bridges=tuple(self._bridges(key)),
            evidence=evidence,
            undefined=_undefined(values),
            sentence=" ".join(
                part
                for part in (
                    self._standing(key, values, ranks, roles),
                    self._link(place.between),
                    level_sentence(place.level),
                    self._loss(key, cut_off),
                    backing_sentence(evidence),
                    "Marked do-not-contact." if self.network.nodes[key].do_not_contact else "",
                )
                if part
            ),
        )

    def _refs(self, ids: tuple[str, ...]) -> tuple[StakeholderRef, ...]:
        return tuple(refer(self.network, key) for key in ids)

    def _bridges(self, key: str) -> list[Bridge]:
        others = self.network.contacts(key)
        apart = ((other, self.cuts.cut_off_by_tie(key, other)) for other in others)
        return [Bridge(refer(self.network, other), self._refs(cut_off)) for other, cut_off in apart if cut_off]

    def _standing(self, key: str, values: Measures, ranks: Mapping[str, int | None], roles: Roles) -> str:
        node = self.network.nodes[key]
        who = f"{node.name} ({category_noun(node.category)})"
        if not values.degree:
            return f"{who} has no usable tie, and so stands between nobody."
        if not values.betweenness_reliability and not values.betweenness_hops:
            return f"{who} lies on none of the shortest routes between others."
        rank = ranks["betweenness_reliability"] or 0
        hops = ranks["betweenness_hops"] or 0
        also = "on those of fewest hops" if hops == rank else f"{ordinal(hops)} on those of fewest hops"
        place = f"{ordinal(rank)} of {len(self.network.nodes):,} on the most reliable routes between others"
        role = self._role(node, roles)
        return f"{who} comes {place} and {also}{role}."

    def _role(self, node: Node, roles: Roles) -> str:
        own = category_plural(node.category) if self.grouped_by_category else "its own group"
        words = {
            "liaison": "goes between others of different groups",
            "itinerant": "goes between others of one group as an outsider",
            "gatekeeper": f"lets outsiders reach {own}",
            "representative": f"speaks for {own} to outsiders",
            "coordinator": f"goes between {own}",
        }
        most = max(getattr(roles, role) for role in ROLES)
        level = [f"{said} ({role})" for role, said in words.items() if getattr(roles, role) == most]
        return f", and mostly {listed(level)}" if most else ""

    def _link(self, place: Between | None) -> str:
        if place is None:
            return ""
        if not place.value:
            return "It is on none of the most reliable routes between the ends asked for."
        return f"Between the ends asked for it comes {ordinal(place.rank)}: on the routes of {place.value:.1f} pairs."

    def _loss(self, key: str, cut_off: tuple[StakeholderRef, ...]) -> str:
        if not cut_off:
            return ""
        names = listed([ref.name for ref in cut_off])
        return f"A channel to back up: if {self.network.nodes[key].name} fell away, the rest would lose {names}."


def _main_role(roles: Roles) -> str | None:
    return max(PRECEDENCE, key=lambda role: getattr(roles, role)) if roles.total else None


def _undefined(values: Measures) -> dict[str, str]:
    holes = NO_STRENGTH if values.degree else NO_TIE
    reasons = {
        "betweenness_hops_normalised": TOO_FEW,
        "constraint": holes,
        "effective_size": holes,
        "efficiency": holes,
        "harmonic_closeness": TOO_FEW,
    }
    return {name: reason for name, reason in reasons.items() if getattr(values, name) is None}
