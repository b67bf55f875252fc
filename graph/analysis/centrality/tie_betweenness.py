"""The ties that most shortest routes cross: the answer behind ``analysis/tie-betweenness``."""

from dataclasses import dataclass

from graph.analysis.answers.answer import Answer, StakeholderRef, check_limit, graph_seen, refer
from graph.analysis.answers.evidence_summary import EvidenceSummary, evidence_sentence, evidence_summary
from graph.analysis.answers.ranked_row import marked_sentence, tied_group_sentence
from graph.analysis.answers.ranking import TiedGroup, competition_ranks, tied_groups
from graph.analysis.answers.sampling import check_work
from graph.analysis.answers.wording import listed, ordinal
from graph.analysis.centrality.betweenness import tie_betweenness
from graph.analysis.connectivity.cut_points import cut_points
from graph.errors import Finding, InvalidInput
from graph.networks.network import StakeholderNetwork
from graph.ties import Tie
from graph.vocabulary import TIE_KINDS

LENGTHS = {"reliability": "distance", "hops": None}
"""What makes a route short, and the weight used as length: a reliable route has a small sum of −ln r."""

METHOD = (
    "Edge betweenness on shortest routes by {by}, raw: pairs whose routes cross the tied pair (Girvan & Newman 2002)"
)


@dataclass(frozen=True, slots=True)
class RankedTie:
    """One tied pair, all its ties together. ``bridge`` says that its loss would cut the network.

    ``value`` is from 0 to n² / 4; ``tied_group`` is the group of pairs that the measure cannot tell apart.
    """

    ends: tuple[StakeholderRef, StakeholderRef]
    kinds: tuple[str, ...]
    value: float
    rank: int
    tied_group: TiedGroup
    bridge: bool
    evidence: EvidenceSummary
    sentence: str


def ties_by_betweenness(
    network: StakeholderNetwork, *, by: str = "reliability", limit: int | None = None
) -> Answer[RankedTie]:
    """Return the tied pairs in descending betweenness, then by the ids of their ends.

    Raises ``InvalidInput`` for another ``by`` than ``reliability`` or ``hops``, ``TooLarge`` past the budget of routes.
    """
    check_limit(limit)
    if by not in LENGTHS:
        finding = Finding("/by", f"{by[:60]!r} is no length", f"Use one of: {', '.join(LENGTHS)}.")
        raise InvalidInput(f"{finding.detail}.", cure=finding.cure, findings=[finding])
    check_work(network)
    values = tie_betweenness(network, distance=LENGTHS[by])
    ranks = competition_ranks(values)
    order = sorted(values, key=lambda pair: (-values[pair], pair))
    tied = tied_groups({pair: values[pair] for pair in order})
    bridges = cut_points(network).bridges
    items = tuple(
        _item(network, pair, values[pair], ranks[pair] or 0, tied[pair], len(order), bridge=pair in bridges)
        for pair in order[:limit]
    )
    return Answer(
        method=METHOD.format(by=by),
        parameters={"by": by, "limit": limit, "kinds": network.kinds},
        graph=graph_seen(network),
        items=items,
        warnings=tuple(network.notes()),
        truncated=len(items) < len(order),
    )


def _item(  # noqa: PLR0917 - what a row is made of
    network: StakeholderNetwork,
    pair: tuple[str, str],
    value: float,
    rank: int,
    tied_group: TiedGroup,
    pairs: int,
    *,
    bridge: bool,
) -> RankedTie:
    one, other = (refer(network, key) for key in pair)
    ties = _between(network, pair)
    evidence = evidence_summary(ties)
    kinds = tuple(sorted({tie.kind for tie in ties}))
    labels = listed([TIE_KINDS[kind].label.lower() for kind in kinds])
    parts = (
        f"{one.name} and {other.name} ({labels}) come {ordinal(rank)} of {pairs:,} tied pairs by the routes across.",
        "Without it the network would fall apart here." if bridge else "",
        tied_group_sentence(tied_group, "other pair"),
        evidence_sentence(evidence),
        marked_sentence(network, (one, other)),
    )
    return RankedTie(
        (one, other), kinds, value, rank, tied_group, bridge, evidence, " ".join(part for part in parts if part)
    )


def _between(network: StakeholderNetwork, pair: tuple[str, str]) -> list[Tie]:
    """Return the usable ties of a tied pair."""
    one, other = (network.positions[key] for key in pair)
    edges = network.edges
    return list(network.ties.at(edges.source_ties(edges.edge_index(one, other)).tolist()))
