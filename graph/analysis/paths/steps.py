"""One step of a path explained: its ties, their direction, evidence and age."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.analysis.answers.answer import StakeholderRef, refer
from graph.analysis.answers.wording import counted, listed
from graph.networks.network import Arc, StakeholderNetwork
from graph.ties import Tie
from graph.vocabulary import TIE_KINDS, TieStatus


@dataclass(frozen=True, slots=True)
class TieSeen:
    """A tie of a step. ``runs`` is ``along`` or ``against`` the step, or ``both_ways`` for an undirected kind.

    ``origins`` counts the independent origins behind it, not who they are.
    """

    id: str
    kind: str
    runs: str
    status: TieStatus
    existence: float
    strength: float | None
    trust: float | None
    reports: int
    origins: int
    first_confirmed: date
    last_confirmed: date


@dataclass(frozen=True, slots=True)
class Step:
    """One step from ``source`` to ``target``; its numbers are those of all its ``ties`` together, best tie first."""

    source: StakeholderRef
    target: StakeholderRef
    reliability: float
    existence: float
    trust: float
    strength: float
    ties: tuple[TieSeen, ...]
    do_not_contact: bool
    warnings: tuple[str, ...]
    sentence: str


def step(network: StakeholderNetwork, source: str, target: str, *, direction: str) -> Step:
    """Explain the step between two stakeholders who are tied; ``direction`` as in ``influence_paths``."""
    arc = network.arc(source, target, directed=direction == "along")
    one, other = refer(network, source), refer(network, target)
    warnings = tuple(_warnings(network, arc, one, other))
    verbs = listed(list(dict.fromkeys(_phrase(tie, one, other) for tie in arc.ties)))
    return Step(
        source=one,
        target=other,
        reliability=arc.reliability,
        existence=arc.existence,
        trust=arc.trust,
        strength=arc.strength,
        ties=tuple(_seen(tie, source) for tie in arc.ties),
        do_not_contact=network.nodes[target].do_not_contact,
        warnings=warnings,
        sentence=" ".join((f"{verbs}; reliability {arc.reliability:.2f}, {_evidence(arc)}.", *warnings)),
    )


def _phrase(tie: Tie, one: StakeholderRef, other: StakeholderRef) -> str:
    first, second = (one, other) if tie.from_id == one.id or not TIE_KINDS[tie.kind].directed else (other, one)
    return f"{first.name} {TIE_KINDS[tie.kind].verb} {second.name}"


def _seen(tie: Tie, source: str) -> TieSeen:
    one_way = "along" if tie.from_id == source else "against"
    return TieSeen(
        id=tie.id,
        kind=tie.kind,
        runs=one_way if TIE_KINDS[tie.kind].directed else "both_ways",
        status=tie.status,
        existence=tie.existence,
        strength=tie.strength,
        trust=tie.trust,
        reports=tie.reports,
        origins=len(tie.origins),
        first_confirmed=tie.first_confirmed,
        last_confirmed=tie.last_confirmed,
    )


def _evidence(arc: Arc) -> str:
    reports = sum(tie.reports for tie in arc.ties)
    last = max(tie.last_confirmed for tie in arc.ties)
    return f"{counted(reports, 'report')}, last confirmed on {last.isoformat()}"


def _warnings(network: StakeholderNetwork, arc: Arc, one: StakeholderRef, other: StakeholderRef) -> Iterator[str]:
    node = network.nodes[other.id]
    if node.do_not_contact:
        yield f"{other.name} is marked do-not-contact."
    pair = f"{one.name} and {other.name}"
    if all(tie.status is TieStatus.CONTESTED for tie in arc.ties):
        yield f"Whether {pair} are tied is contested."
    if all(tie.status is TieStatus.STALE for tie in arc.ties):
        yield f"That {pair} are tied has gone unconfirmed for more than a half-life."
    if len({origin for tie in arc.ties for origin in tie.origins}) == 1:
        yield f"That {pair} are tied rests on a single origin."
    if all(tie.trust is None for tie in arc.ties):
        yield f"How far {other.name} trusts {one.name} was never reported; 0.5 was assumed."
