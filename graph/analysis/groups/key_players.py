"""Key players: which few stakeholders together reach most, or would be missed most."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.answers.answer import Answer, StakeholderRef, check_limit, graph_seen, refer
from graph.analysis.answers.evidence_summary import EvidenceSummary, evidence_sentence, evidence_summaries
from graph.analysis.answers.ranked_row import marked_sentence, tied_group_sentence
from graph.analysis.answers.ranking import DECIMALS, TiedGroup, tied_groups
from graph.analysis.answers.wording import counted, listed
from graph.analysis.groups.key_player_sets import (
    CRITERIA,
    EXACT_SIZE,
    EXACT_STAKEHOLDERS,
    FoundSet,
    best_sets,
    is_exact,
    value_of,
)
from graph.errors import Finding, InvalidInput
from graph.networks.network import StakeholderNetwork

MOST_MEMBERS = 10
"""A mission cannot work with more of them one by one."""

METHODS = {
    "reach": "Distance-weighted reach D_R in hops, members counting 1 (KPP-Pos, Borgatti 2006)",
    "m-reach": "Stakeholders within m hops, members included (KPP-Pos, Borgatti 2006)",
    "fragmentation": "Channels to back up: distance-weighted fragmentation D_F and fragmentation F of who would be "
    "left (Borgatti 2006)",
}


@dataclass(frozen=True, slots=True)
class KeySet:
    """Stakeholders that matter together.

    ``value`` is that of the criterion, ``adds`` how much less it would be without each member in turn;
    ``fragmentation`` is F, for that criterion alone. ``tied_group`` is the group of sets that are equally good.
    """

    members: tuple[StakeholderRef, ...]
    value: float | None
    fragmentation: float | None
    adds: tuple[float | None, ...]
    rank: int
    tied_group: TiedGroup
    evidence: EvidenceSummary
    undefined: Mapping[str, str]
    sentence: str


def key_players(
    network: StakeholderNetwork,
    *,
    k: int = 2,
    criterion: str = "reach",
    within: int = 2,
    purpose: str = "",
    limit: int = 5,
) -> Answer[KeySet]:
    """Return the best sets of ``k``: up to ``limit`` where all were tried, else the one found greedily.

    ``criterion`` is ``reach``, ``m-reach`` (within ``within`` hops) or ``fragmentation``, which shows whose channels to
    back up and needs a stated ``purpose``. Raises ``InvalidInput`` for anything else, ``TooLarge`` where there would be
    too many distances.
    """
    for name, value, most in (("k", k, MOST_MEMBERS), ("within", within, MOST_MEMBERS), ("limit", limit, 1000)):
        check_limit(value, most=most, name=name)
    _check(criterion, purpose)
    found = best_sets(network, size=k, criterion=criterion, within=within)
    tied = tied_groups({one.members: (one.value, one.fragmentation) for one in found})
    best = [one.members for one in found]
    firsts: dict[int, int] = {}
    for rank, keys in enumerate(best, start=1):
        firsts.setdefault(tied[keys].group, rank)
    items = tuple(
        _item(network, one, tied[one.members], firsts[tied[one.members].group], criterion, within)
        for one in found[:limit]
    )
    exact = is_exact(len(network.nodes), k)
    return Answer(
        method=f"{METHODS[criterion]}; {_guarantee(criterion, exact=exact)}",
        parameters={
            "k": k,
            "criterion": criterion,
            "within": within if criterion == "m-reach" else None,
            "purpose": purpose or None,
            "limit": limit,
            "exact": exact,
            "kinds": network.kinds,
        },
        graph=graph_seen(network),
        items=items,
        warnings=tuple(network.notes()),
        truncated=not exact or len(items) < len(found),
    )


def _check(criterion: str, purpose: str) -> None:
    if criterion not in CRITERIA:
        finding = Finding("/criterion", f"{criterion[:60]!r} is no criterion", f"Use one of: {', '.join(CRITERIA)}.")
        raise InvalidInput(f"{finding.detail}.", cure=finding.cure, findings=[finding])
    if criterion == "fragmentation" and not purpose.strip():
        finding = Finding("/purpose", "is missing", "Say in a few words what channels are to be backed up for.")
        raise InvalidInput(
            "Who would be missed most is answered only for a stated purpose.", cure=finding.cure, findings=[finding]
        )


def _guarantee(criterion: str, *, exact: bool) -> str:
    if exact:
        return "every set was tried"
    why = f"more than {EXACT_STAKEHOLDERS} stakeholders or {EXACT_SIZE} members"
    if criterion == "fragmentation":
        return f"{why}: grown by the member whose loss raises F most, without a guarantee for the whole set"
    return f"{why}: grown by the best next member, at least 1 - 1/e (63 %) of the best (Nemhauser et al. 1978)"


def _item(  # noqa: PLR0917 - what a row is made of
    network: StakeholderNetwork, one: FoundSet, tied_group: TiedGroup, rank: int, criterion: str, within: int
) -> KeySet:
    evidence = evidence_summaries(network).of_any(one.members)
    without = (
        value_of(network, tuple(key for key in one.members if key != left), criterion=criterion, within=within).value
        for left in one.members
    )
    adds = tuple(None if one.value is None or less is None else round(one.value - less, DECIMALS) for less in without)
    refs = tuple(refer(network, key) for key in one.members)
    parts = (
        _result(network, refs, one, criterion, within),
        tied_group_sentence(tied_group, "other set"),
        evidence_sentence(evidence),
        marked_sentence(network, refs),
    )
    why = {} if one.value is not None else {"value": "fewer than two stakeholders would be left"}
    return KeySet(
        members=refs,
        value=one.value,
        fragmentation=one.fragmentation,
        adds=adds,
        rank=rank,
        tied_group=tied_group,
        evidence=evidence,
        undefined=why,
        sentence=" ".join(part for part in parts if part),
    )


def _result(  # noqa: PLR0917 - the parts of the sentence
    network: StakeholderNetwork, refs: tuple[StakeholderRef, ...], one: FoundSet, criterion: str, within: int
) -> str:
    names, n = listed([ref.name for ref in refs]), len(network.nodes)
    together = " together" if len(refs) > 1 else ""
    reaches = "reach" if len(refs) > 1 else "reaches"
    value = one.value
    if value is None:
        return f"A channel to back up: {names}; too few would be left to say more."
    if criterion == "m-reach":
        return (
            f"{names}{together} {reaches} {value:.0f} of {counted(n, 'stakeholder')} within {counted(within, 'hop')}."
        )
    if criterion == "reach":
        return f"{names}{together} {reaches} {value:.0%} of {counted(n, 'stakeholder')}, the further off the less."
    many = "Channels" if len(refs) > 1 else "A channel"
    return (
        f"{many} to back up: without {names}, {one.fragmentation or 0:.0%} of the pairs of others would have no "
        "route to each other."
    )
