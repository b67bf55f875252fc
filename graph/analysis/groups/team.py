"""Given stakeholders as a team: on how many routes of others they are together, and how many they reach."""

from collections.abc import Collection
from dataclasses import dataclass

from graph.analysis.answers.answer import Answer, StakeholderRef, check_limit, graph_seen, refer
from graph.analysis.answers.evidence_summary import EvidenceSummary, evidence_sentence, evidence_summaries
from graph.analysis.answers.ranked_row import marked_sentence
from graph.analysis.answers.sampling import check_work
from graph.analysis.answers.wording import counted, listed
from graph.analysis.groups.group_betweenness import group_betweenness
from graph.analysis.groups.key_player_sets import value_of
from graph.errors import Finding, InvalidInput
from graph.networks.network import StakeholderNetwork

MOST_HOPS = 10

METHOD = (
    "Group betweenness in hops: pairs of others whose shortest routes meet a member (Everett & Borgatti 1999); "
    "distance-weighted reach D_R and stakeholders within m hops, members included (KPP-Pos, Borgatti 2006)"
)


@dataclass(frozen=True, slots=True)
class Team:
    """Some stakeholders together. ``betweenness`` is the ``share`` (0 to 1) of the ``pairs`` of others, in pairs.

    ``reach`` is D_R, from 0 to 1; ``reached`` counts who is within the hops asked for, members included.
    """

    members: tuple[StakeholderRef, ...]
    betweenness: float
    pairs: int
    share: float | None
    reach: float | None
    reached: int
    evidence: EvidenceSummary
    undefined: dict[str, str]
    sentence: str


def team(network: StakeholderNetwork, members: Collection[str], *, within: int = 2) -> Answer[Team]:
    """Return an answer of one row, on these stakeholders.

    Raises ``InvalidInput`` without members or for hops outside 1 to 10, ``NotFound`` for one the network does not
    hold, ``TooLarge`` past the budget of routes.
    """
    check_limit(within, most=MOST_HOPS, name="within")
    if not members:
        finding = Finding("/member", "is missing", "Name one or more stakeholders.")
        raise InvalidInput("A team has members.", cure=finding.cure, findings=[finding])
    refs = tuple(refer(network, key) for key in sorted(set(members)))
    check_work(network)
    keys = tuple(ref.id for ref in refs)
    group = group_betweenness(network, keys)
    reach = value_of(network, keys, criterion="reach", within=within).value
    reached = int(value_of(network, keys, criterion="m-reach", within=within).value or 0)
    evidence = evidence_summaries(network).of_any(keys)
    why = {} if group.share is not None else {"share": "there are no two others"}
    who = listed([ref.name for ref in refs])
    parts = (
        f"{who}: on the shortest routes of {group.met:g} of {counted(group.pairs, 'pair')} of others.",
        f"Reached within {counted(within, 'hop')}: {reached:,} of {counted(len(network.nodes), 'stakeholder')}.",
        evidence_sentence(evidence),
        marked_sentence(network, refs),
    )
    row = Team(
        members=refs,
        betweenness=group.met,
        pairs=group.pairs,
        share=group.share,
        reach=reach,
        reached=reached,
        evidence=evidence,
        undefined=why,
        sentence=" ".join(part for part in parts if part),
    )
    return Answer(
        method=METHOD,
        parameters={"members": keys, "within": within, "kinds": network.kinds},
        graph=graph_seen(network),
        items=(row,),
        warnings=tuple(network.notes()),
    )
