"""Which stakeholders form communities: the answer behind ``analysis/communities``."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.answers.answer import Answer, StakeholderRef, check_limit, graph_seen, refer
from graph.analysis.answers.evidence_summary import EvidenceSummary, evidence_sentence, evidence_summary
from graph.analysis.answers.ranked_row import tied_group_sentence
from graph.analysis.answers.ranking import TiedGroup, competition_ranks, tied_groups
from graph.analysis.answers.wording import category_noun, category_plural, counted, listed
from graph.analysis.communities.agreement import Agreement, agreement
from graph.analysis.communities.detection import RUNS, Community, communities, community_groups, matched
from graph.analysis.communities.participation import Participation, participation
from graph.errors import Finding, InvalidInput
from graph.networks.network import StakeholderNetwork

METHOD = (
    "Leiden (Traag, Waltman & van Eck 2019) on strength in the undirected projection, from {runs} seeds, and the "
    "consensus of the runs (Lancichinetti & Fortunato 2012); strength of a membership is the share of runs that agree. "
    "Communities much smaller than the network allows are not seen (Fortunato & Barthelemy 2007)"
)

SURE = 0.75
"""Below this strength a sentence calls a membership unsure: three of four runs."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member: strength of its membership, and how far its ties spread over communities (both 0 to 1)."""

    stakeholder: StakeholderRef
    strength: float
    participation: float | None


@dataclass(frozen=True, slots=True)
class Before:
    """The same community on an earlier day: its name then, and who has joined and left it since.

    ``share`` is the number of members in both over the number in either (Jaccard 1912), from 0 to 1.
    """

    id: str
    size: int
    share: float
    joined: tuple[StakeholderRef, ...]
    left: tuple[StakeholderRef, ...]


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """One community, its strongest memberships first. ``evidence`` is that of the ties within it.

    ``crossing`` are the members outside the category of more than half, if there is one. ``before`` is ``None``
    without an earlier day to compare with, or where no community of that day is matched to this one.
    """

    id: str
    size: int
    rank: int
    tied_group: TiedGroup
    categories: Mapping[str, int]
    members: tuple[Member, ...]
    connectors: tuple[StakeholderRef, ...]
    crossing: tuple[StakeholderRef, ...]
    before: Before | None
    tied_pairs_within: int
    tied_pairs_out: int
    evidence: EvidenceSummary
    sentence: str


@dataclass(frozen=True, slots=True)
class Communities(Answer[CommunityRow]):
    """Communities, and how far they agree with the categories and areas of their members."""

    agreement: tuple[Agreement, ...] = ()


def communities_answer(
    network: StakeholderNetwork,
    *,
    resolution: float = 1.0,
    limit: int | None = None,
    before: StakeholderNetwork | None = None,
) -> Communities:
    """Return the communities of two or more, the largest first.

    ``resolution`` (from 0.1 to 10) above 1 gives smaller communities; ``before`` is the network of another day to
    compare with. Raises ``InvalidInput`` for a value out of range.
    """
    check_limit(limit)
    if not 0.1 <= resolution <= 10:
        finding = Finding(
            "/resolution", f"{resolution} is not a number from 0.1 to 10", "Use 1 unless you know why not."
        )
        raise InvalidInput(f"resolution {finding.detail}.", cure=finding.cure, findings=[finding])
    found = communities(network, resolution=resolution)
    groups = community_groups(network, resolution=resolution)
    spread = participation(network, groups=groups)
    pairs, ties = _pairs(network, groups), _ties_within(network, groups)
    sizes = {one.id: float(len(one.members)) for one in found}
    ranks, tied = competition_ranks(sizes), tied_groups(sizes)
    earlier, gone = _earlier(network, found, before, resolution)
    items = tuple(
        _item(network, one, ranks[one.id] or 0, tied[one.id], spread, pairs, ties[one.id], earlier.get(one.id))
        for one in found[:limit]
    )
    agreements = _agreements(network, found)
    alone = len(network.nodes) - sum(len(one.members) for one in found)
    alone_note = f"{counted(alone, 'stakeholder')} without a tie of any strength to others belong to no community."
    return Communities(
        method=METHOD.format(runs=RUNS),
        parameters={"resolution": resolution, "seeds": RUNS, "limit": limit, "kinds": network.kinds}
        | ({"compared_to": before.as_of} if before else {}),
        graph=graph_seen(network),
        items=items,
        warnings=(*network.notes(), *((alone_note,) if alone else ()), *gone, *(one.sentence for one in agreements)),
        truncated=len(items) < len(found),
        agreement=agreements,
    )


def _agreements(network: StakeholderNetwork, found: tuple[Community, ...]) -> tuple[Agreement, ...]:
    """Compare the communities with the categories of all members, and with the areas of those based in one."""
    community = {key: one.id for one in found for key in one.members}
    areas = {key: node.area_id for key, node in network.nodes.items() if node.area_id}
    categories = {key: node.category for key, node in network.nodes.items()}
    return agreement("categories", community, categories), agreement("areas", community, areas)


def _earlier(
    network: StakeholderNetwork, found: tuple[Community, ...], before: StakeholderNetwork | None, resolution: float
) -> tuple[dict[str, Before], tuple[str, ...]]:
    """Return each community as it was before, by its id, and a sentence on those that no longer exist."""
    if before is None:
        return {}, ()
    now = {one.id: frozenset(one.members) for one in found}
    then = {one.id: frozenset(one.members) for one in communities(before, resolution=resolution)}
    names = matched(then, now)
    matches = {
        id_: Before(
            id=was,
            size=len(then[was]),
            share=len(then[was] & now[id_]) / len(then[was] | now[id_]),
            joined=tuple(refer(network, key) for key in sorted(now[id_] - then[was])),
            left=tuple(refer(before, key) for key in sorted(then[was] - now[id_])),
        )
        for id_, was in names.items()
    }
    gone = sorted(refer(before, was).name for was in then.keys() - names.values())
    sentence = f"No longer found since {before.as_of.isoformat()}: the communities of {listed(gone)}."
    return matches, (sentence,) if gone else ()


def _pairs(network: StakeholderNetwork, groups: Mapping[str, str]) -> Counter[tuple[str, bool]]:
    """Count tied pairs by community, and by whether both ends are in it."""
    ids, rows = network.ties.node_ids, network.edges
    pairs: Counter[tuple[str, bool]] = Counter()
    for one, other in zip(rows.row.tolist(), rows.neighbours.tolist(), strict=True):
        within = groups[ids[one]] == groups[ids[other]]
        if not within or one < other:
            pairs[groups[ids[one]], within] += 1
    return pairs


def _ties_within(network: StakeholderNetwork, groups: Mapping[str, str]) -> Mapping[str, list[int]]:
    """Return, by community, the positions of the usable ties between its members."""
    ids, ties = network.ties.node_ids, defaultdict(list)
    ends = zip(network.ties.start[network.included].tolist(), network.ties.end[network.included].tolist(), strict=True)
    for tie, (one, other) in zip(network.included.tolist(), ends, strict=True):
        if groups[ids[one]] == groups[ids[other]]:
            ties[groups[ids[one]]].append(tie)
    return ties


def _item(  # noqa: PLR0917 - what a row is made of
    network: StakeholderNetwork,
    one: Community,
    rank: int,
    tied_group: TiedGroup,
    spread: Mapping[str, Participation],
    pairs: Counter[tuple[str, bool]],
    ties: list[int],
    before: Before | None,
) -> CommunityRow:
    evidence = evidence_summary(network.ties[tie] for tie in ties)
    members = sorted(
        (
            Member(refer(network, key), strength, spread[key].participation)
            for key, strength in zip(one.members, one.strengths, strict=True)
        ),
        key=lambda member: (-member.strength, member.stakeholder.id),
    )
    most = max(member.participation or 0.0 for member in members)
    connectors = tuple(member.stakeholder for member in members if most and member.participation == most)
    categories = Counter(member.stakeholder.category for member in members)
    most_of = categories.most_common(1)[0][0]
    crossing = tuple(
        member.stakeholder
        for member in members
        if 2 * categories[most_of] > len(members) and member.stakeholder.category != most_of
    )
    kinds = [counted(number, category_noun(code), category_plural(code)) for code, number in categories.most_common()]
    unsure = sum(member.strength < SURE for member in members)
    out = pairs[one.id, False]
    parts = (
        f"{counted(len(members), 'stakeholder')} around {members[0].stakeholder.name}: {listed(kinds)}.",
        f"{counted(pairs[one.id, True], 'tied pair')} within, {counted(out, 'tied pair')} to others.",
        f"Mostly linked to others by {listed([ref.name for ref in connectors])}." if connectors and out else "",
        _since(before),
        f"{counted(unsure, 'membership')} unsure: many runs disagree." if unsure else "",
        tied_group_sentence(tied_group, "other of its size", "others of their size"),
        evidence_sentence(evidence),
    )
    return CommunityRow(
        id=one.id,
        size=len(members),
        rank=rank,
        tied_group=tied_group,
        categories=dict(sorted(categories.items())),
        members=tuple(members),
        connectors=connectors,
        crossing=crossing,
        before=before,
        tied_pairs_within=pairs[one.id, True],
        tied_pairs_out=out,
        evidence=evidence,
        sentence=" ".join(part for part in parts if part),
    )


def _since(before: Before | None) -> str:
    if before is None:
        return ""
    if not (before.joined or before.left):
        return "The same members as before."
    return f"Since then {len(before.joined)} joined and {len(before.left)} left of {before.size}."
