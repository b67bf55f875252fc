"""Brokerage roles and whether they exceed chance: the answer behind ``analysis/brokerage``."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.answers.answer import Answer, StakeholderRef, check_limit, graph_seen, refer
from graph.analysis.answers.evidence_summary import EvidenceSummary, evidence_summaries
from graph.analysis.answers.ranked_row import NO_TIE, row_sentence
from graph.analysis.answers.ranking import TiedGroup, competition_ranks, tied_groups
from graph.analysis.answers.wording import counted, ordinal
from graph.analysis.brokerage.roles import ROLES, Roles, brokerage_roles
from graph.analysis.brokerage.significance import Chance, brokerage_chance
from graph.analysis.communities.detection import community_groups
from graph.errors import Finding, InvalidInput
from graph.networks.network import StakeholderNetwork

METHOD = (
    "Open ordered triads by role on the directed graph, raw, with expectation and z over all ways to deal the same "
    "groups among the same stakeholders, exact by formula (Gould & Fernandez 1989)"
)

GROUPINGS = ("category", "community")

WORDS = {
    "coordinator": "between others of its own group",
    "itinerant": "as an outsider between others of one group",
    "gatekeeper": "letting outsiders reach its group",
    "representative": "speaking for its group to outsiders",
    "liaison": "between others of different groups, of neither itself",
}

CHANCE = 2.0
"""Standard deviations from which a sentence says more or less often than chance: the customary two."""


@dataclass(frozen=True, slots=True)
class Brokerage:
    """The brokerage of one stakeholder. ``value`` is the count the list is sorted by: of one role, or of all.

    ``undefined`` says by role why there is no ``z``.
    """

    stakeholder: StakeholderRef
    group: str
    value: int
    rank: int
    tied_group: TiedGroup
    roles: Roles
    expected: Mapping[str, float]
    z: Mapping[str, float | None]
    evidence: EvidenceSummary
    undefined: Mapping[str, str]
    sentence: str


def brokerage_answer(
    network: StakeholderNetwork, *, role: str | None = None, groups: str = "category", limit: int | None = None
) -> Answer[Brokerage]:
    """Return all stakeholders by the number of open triads they broker in ``role``, or in all roles; most first.

    ``groups`` are those the roles refer to: ``category`` or ``community``. Raises ``InvalidInput`` for anything else.
    """
    check_limit(limit)
    for name, value, words in (("role", role, (None, *ROLES)), ("groups", groups, GROUPINGS)):
        if value not in words:
            finding = Finding(f"/{name}", f"{value!r} is none", f"Use one of: {', '.join(w for w in words if w)}.")
            raise InvalidInput(f"{name} {finding.detail}.", cure=finding.cure, findings=[finding])
    group_of = (
        community_groups(network)
        if groups == "community"
        else {node.id: node.category for node in network.nodes.values()}
    )
    counts, chances = brokerage_roles(network, groups=group_of), brokerage_chance(network, groups=group_of)
    values = {key: roles.total if role is None else getattr(roles, role) for key, roles in counts.items()}
    ranks = competition_ranks(values)
    order = sorted(values, key=lambda key: (ranks[key] or 0, key))
    tied = tied_groups({key: values[key] for key in order})
    items = []
    for key in order[:limit]:
        evidence, chance, rank = evidence_summaries(network).of(key), chances[key], ranks[key] or 0
        why = "brokers no open triad" if network.contacts(key) else NO_TIE
        why = "the groups leave no choice" if counts[key].total else why
        items.append(
            Brokerage(
                stakeholder=refer(network, key),
                group=group_of[key],
                value=values[key],
                rank=rank,
                tied_group=tied[key],
                roles=counts[key],
                expected=chance.expected,
                z=chance.z,
                evidence=evidence,
                undefined={name: why for name, z in chance.z.items() if z is None},
                sentence=row_sentence(network, key, _result(values[key], rank, role, chance), tied[key], evidence),
            )
        )
    return Answer(
        method=METHOD,
        parameters={"role": role, "groups": groups, "limit": limit, "kinds": network.kinds},
        graph=graph_seen(network),
        items=tuple(items),
        warnings=tuple(network.notes()),
        truncated=len(items) < len(order),
    )


def _result(value: int, rank: int, role: str | None, chance: Chance) -> str:
    if not value:
        return "brokers between nobody in this role." if role else "brokers between nobody."
    head = f"comes {ordinal(rank)}, {WORDS[role]}," if role else f"comes {ordinal(rank)} as a go-between"
    head = f"{head} in {counted(value, 'open triad')}"
    names = (role,) if role else ROLES
    unusual = [
        f"{'more' if z > 0 else 'less'} often {WORDS[name]} ({name}, z = {z:.1f})"
        for name in names
        if (z := chance.z[name]) is not None and abs(z) >= CHANCE
    ]
    return f"{head}; compared with chance, {' and '.join(unusual)}." if unusual else f"{head}."
