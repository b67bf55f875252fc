"""Who could be brought together to close a gap, who could introduce them, and what to be careful of."""

from collections.abc import Collection, Iterator

from graph.analysis.answers.answer import refer
from graph.analysis.answers.wording import listed
from graph.analysis.gaps.gap import Candidate
from graph.analysis.gaps.pairs import Side
from graph.networks.network import StakeholderNetwork

CANDIDATES_SHOWN = 3
"""How many ways to close a gap are offered: a choice, not a catalogue."""

NEVER_ASKED = frozenset({"armed_actor"})
"""Who is never asked to introduce anybody: whoever is led in by an armed actor is taken for theirs."""

SIDE_EFFECTS_SHOWN = 3
"""How many cautions a gap carries at most."""


def introductions(network: StakeholderNetwork, first: Side, second: Side) -> tuple[Candidate, ...]:
    """Return the best pairs to bring together: those already tied, then by the most reliable introduction, then by id.

    Somebody marked do-not-contact is neither proposed nor asked to introduce, no armed actor introduces, and nobody is
    led to, or by, somebody they are in tension with. Where nobody can introduce, pairs of the same area come first.
    """
    open_to = [frozenset(key for key in side if not network.nodes[key].do_not_contact) for side in (first, second)]
    known = {**_introduced(network, *open_to), **_tied(network, *open_to)}
    best = sorted(known.values(), key=_preference)[:CANDIDATES_SHOWN]
    if len(best) < CANDIDATES_SHOWN:
        best += [item for pair, item in _strangers(network, *open_to).items() if pair not in known]
    return tuple(best[:CANDIDATES_SHOWN])


def side_effects(network: StakeholderNetwork, candidates: Collection[Candidate]) -> tuple[str, ...]:
    """Return what bringing these together may be taken for by those they are in tension with."""
    cautions = []
    for key in sorted({ref.id for item in candidates for ref in (item.source, item.target) if ref}):
        rivals = sorted(network.strained.adj[key])
        if rivals:
            names = listed([network.nodes[rival].name for rival in rivals])
            name = network.nodes[key].name
            cautions.append(f"{name} is in tension with {names}; coming closer to {name} may be taken as taking sides.")
    return tuple(cautions[:SIDE_EFFECTS_SHOWN])


Found = dict[frozenset[str], Candidate]


def _tied(network: StakeholderNetwork, first: Side, second: Side) -> Found:
    graph = network.undirected
    return {
        frozenset((one, other)): _candidate(network, (one, other), None, graph.edges[one, other]["reliability"])
        for one in sorted(first)
        for other in sorted(second & graph.adj[one].keys())
        if not network.strained.has_edge(one, other)
    }


def _introduced(network: StakeholderNetwork, first: Side, second: Side) -> Found:
    graph, strained = network.undirected, network.strained
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for one in sorted(first):
        for between, there in sorted(graph.adj[one].items()):
            node = network.nodes[between]
            if node.do_not_contact or node.category in NEVER_ASKED or strained.has_edge(one, between):
                continue
            for other in sorted(second & graph.adj[between].keys()):
                if other == one or strained.has_edge(one, other) or strained.has_edge(between, other):
                    continue
                reliability = there["reliability"] * graph.edges[between, other]["reliability"]
                best[one, other] = min(best.get((one, other), (0.0, "")), (-reliability, between))
    return {
        frozenset(pair): _candidate(network, pair, between, -reliability)
        for pair, (reliability, between) in best.items()
    }


def _strangers(network: StakeholderNetwork, first: Side, second: Side) -> Found:
    """A few pairs that may have nobody to introduce them, those of the same area first."""
    pairs: list[tuple[str, str]] = []
    for pair in (
        *_neighbouring(network, first, second),
        *((a, b) for a in sorted(first)[:2] for b in sorted(second)[:2]),
    ):
        if pair[0] != pair[1] and pair not in pairs and not network.strained.has_edge(*pair):
            pairs.append(pair)
    return {frozenset(pair): _candidate(network, pair, None, None) for pair in pairs[:CANDIDATES_SHOWN]}


def _neighbouring(network: StakeholderNetwork, first: Side, second: Side) -> Iterator[tuple[str, str]]:
    here: dict[str, list[str]] = {}
    for other in sorted(second):
        here.setdefault(network.nodes[other].area_id or "", []).append(other)
    for one in sorted(first):
        area = network.nodes[one].area_id
        yield from ((one, other) for other in here.get(area or "", ())[:CANDIDATES_SHOWN] if area)


def _candidate(
    network: StakeholderNetwork, pair: tuple[str, str], between: str | None, reliability: float | None
) -> Candidate:
    one, other = (refer(network, key) for key in pair)
    introducer = None if between is None else refer(network, between)
    if reliability is None:
        sentence = f"Nobody on record could introduce {one.name} to {other.name}."
    elif introducer is None:
        sentence = (
            f"{one.name} and {other.name} are tied already (reliability {reliability:.2f}): reconfirm or deepen it."
        )
    else:
        sentence = f"{introducer.name} could introduce {one.name} to {other.name} (reliability {reliability:.2f})."
    return Candidate(one, other, introducer, reliability, sentence)


def _preference(candidate: Candidate) -> tuple[bool, float, str, str]:
    target = candidate.target.id if candidate.target else ""
    return candidate.introduced_by is not None, -(candidate.reliability or 0.0), candidate.source.id, target
