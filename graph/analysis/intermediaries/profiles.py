"""The profile of a go-between: values, ranks, roles, who depends on it, evidence, and the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from graph.analysis.answers.answer import StakeholderRef, refer
from graph.analysis.answers.evidence_summary import EvidenceSummary, evidence_sentence, evidence_summaries
from graph.analysis.answers.ranked_row import NO_TIE, tied_group_sentence
from graph.analysis.answers.ranking import TiedGroup
from graph.analysis.answers.wording import category_noun, category_plural, listed, ordinal
from graph.analysis.brokerage.roles import ROLES, Roles
from graph.analysis.connectivity.cut_points import CutPoints
from graph.networks.network import Node, StakeholderNetwork

PRECEDENCE = ("liaison", "itinerant", "gatekeeper", "representative", "coordinator")
"""The order in which equal roles become the main one: the further from one's own group, the rarer."""

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
    """The pairs of a given source and a given target whose most reliable routes go through the stakeholder."""

    value: float
    rank: int


@dataclass(frozen=True, slots=True)
class Intermediary:
    """The profile of one stakeholder.

    ``ranks`` has a rank for each measure, 1 being best, equal values sharing one; lower constraint is better.
    ``main_role`` is the role with most open triads; equal ones (gatekeeper and representative always are, where ties
    run both ways) go by ``PRECEDENCE``. ``tied_group`` is the group that the list's order cannot tell apart. ``front``
    says that no other is at least as good in all of betweenness (between the given ends, if any),
    freedom to broker (1 − constraint) and trust, and better in one. ``between`` is ``None`` without given ends.
    ``cuts_off`` are those cut off from the largest remaining part without the stakeholder. ``undefined`` gives the
    reason for every value that is ``None``.
    """

    stakeholder: StakeholderRef
    values: Measures
    ranks: Mapping[str, int | None]
    tied_group: TiedGroup
    between: Between | None
    front: bool
    roles: Roles
    main_role: str | None
    articulation_point: bool
    cuts_off: tuple[StakeholderRef, ...]
    bridges: tuple[Bridge, ...]
    evidence: EvidenceSummary
    undefined: Mapping[str, str]
    sentence: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a profile comes in its list."""

    tied_group: TiedGroup
    between: Between | None
    front: bool


class Profiles:
    """Builds the profiles of a network's stakeholders."""

    def __init__(self, network: StakeholderNetwork, cut_points: CutPoints, *, grouped_by_category: bool) -> None:
        """Take the network, its cut points, and whether the groups of the roles are categories."""
        self.network = network
        self.cut_points = cut_points
        self.grouped_by_category = grouped_by_category
        self.evidence_summaries = evidence_summaries(network)

    def item(  # noqa: PLR0917 - what a profile is made of
        self, key: str, values: Measures, ranks: Mapping[str, int | None], roles: Roles, position: Position
    ) -> Intermediary:
        """Return the profile of one stakeholder."""
        evidence = self.evidence_summaries.of(key)
        cut_off = self._refs(self.cut_points.cut_off(key))
        return Intermediary(
            stakeholder=refer(self.network, key),
            values=values,
            ranks=ranks,
            tied_group=position.tied_group,
            between=position.between,
            front=position.front,
            roles=roles,
            main_role=_main_role(roles),
            articulation_point=key in self.cut_points.articulation_points,
            cuts_off=cut_off,
            bridges=tuple(self._bridges(key)),
            evidence=evidence,
            undefined=_undefined(values),
            sentence=" ".join(
                part
                for part in (
                    self._ranking(key, values, ranks, roles),
                    self._link(position.between),
                    tied_group_sentence(position.tied_group),
                    self._loss(key, cut_off),
                    evidence_sentence(evidence),
                    "Marked do-not-contact." if self.network.nodes[key].do_not_contact else "",
                )
                if part
            ),
        )

    def _refs(self, ids: tuple[str, ...]) -> tuple[StakeholderRef, ...]:
        return tuple(refer(self.network, key) for key in ids)

    def _bridges(self, key: str) -> list[Bridge]:
        others = self.network.contacts(key)
        apart = ((other, self.cut_points.cut_off_by_tie(key, other)) for other in others)
        return [Bridge(refer(self.network, other), self._refs(cut_off)) for other, cut_off in apart if cut_off]

    def _ranking(self, key: str, values: Measures, ranks: Mapping[str, int | None], roles: Roles) -> str:
        node = self.network.nodes[key]
        who = f"{node.name} ({category_noun(node.category)})"
        if not values.degree:
            return f"{who} has no usable tie, and so is between nobody."
        if not values.betweenness_reliability and not values.betweenness_hops:
            return f"{who} lies on none of the shortest routes between others."
        rank = ranks["betweenness_reliability"] or 0
        hops = ranks["betweenness_hops"] or 0
        also = "on those of fewest hops" if hops == rank else f"{ordinal(hops)} on those of fewest hops"
        comes = f"{ordinal(rank)} of {len(self.network.nodes):,} on the most reliable routes between others"
        role = self._role(node, roles)
        return f"{who} comes {comes} and {also}{role}."

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
        equal = [f"{phrase} ({role})" for role, phrase in words.items() if getattr(roles, role) == most]
        return f", and mostly {listed(equal)}" if most else ""

    def _link(self, between: Between | None) -> str:
        if between is None:
            return ""
        if not between.value:
            return "It is on none of the most reliable routes between the given ends."
        return f"Between the given ends it comes {ordinal(between.rank)}: on the routes of {between.value:.1f} pairs."

    def _loss(self, key: str, cut_off: tuple[StakeholderRef, ...]) -> str:
        if not cut_off:
            return ""
        names = listed([ref.name for ref in cut_off])
        return f"A channel to back up: without {self.network.nodes[key].name}, the rest would be cut off from {names}."


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
