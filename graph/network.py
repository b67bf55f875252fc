"""Records → network: the one place where parallel ties collapse and where strength or reliability becomes distance.

The conventions that make the measures right (stated again in every answer):

* Four numbers on a tie are never mixed: existence p, strength w, trust q, sign. Relay reliability r = p · q.
* Measures of distance use d = −ln r or count hops; measures of flow use strength.
* Only ties that help or are neutral (sign ≥ 0) make the network. Ties that strain stand apart, as vetoes.
* Parallel ties between the same two collapse: p = 1 − Π(1 − p_i) over ties of disjoint origins, else the largest;
  strength is the sum, trust the strength-weighted mean.
* The undirected projection has an edge where either direction has one, with the larger of the two strengths and the
  values of the more reliable direction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import log, prod
from typing import TYPE_CHECKING

from graph.model import Tie
from graph.vocabulary import TIE_KINDS, Nature, TieStatus

if TYPE_CHECKING:
    import networkx as nx

ASSUMED_STRENGTH = 0.5
ASSUMED_TRUST = 0.5
"""Where no report speaks of strength or trust, the middle of the scale stands in; answers count such ties."""

LEAST_RELIABILITY = 1e-6
MOST_RELIABILITY = 1 - 1e-6
"""r is held inside these: r = 1 would be a tie of no length, which makes shortest-path counts silently wrong."""

MESSAGE_KINDS = tuple(kind.code for kind in TIE_KINDS.values() if kind.carries_messages)
"""The tie kinds along which influence and information travel: what an analysis uses unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Node:
    """What the network knows of a stakeholder."""

    id: str
    name: str
    category: str
    nature: Nature = Nature.ORGANISATION
    area_id: str | None = None
    sector_ids: tuple[str, ...] = ()
    do_not_contact: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arc:
    """All that joins one stakeholder to another, collapsed; ``ties`` are what it was made of, most reliable first."""

    existence: float
    strength: float
    trust: float
    ties: tuple[Tie, ...]

    @property
    def reliability(self) -> float:
        """How likely a message handed over arrives and is acted on: r = p · q, held inside (0, 1)."""
        return min(max(self.existence * self.trust, LEAST_RELIABILITY), MOST_RELIABILITY)

    @property
    def distance(self) -> float:
        """Length for shortest paths: d = −ln r > 0, so that the shortest route is the most reliable one."""
        return -log(self.reliability)


@dataclass(frozen=True)
class StakeholderNetwork:
    """Stakeholders and the ties between them as one viewer may see them on one day. Build it with ``build_network``.

    ``ties`` holds every tie between the nodes, the strained, absent and unused kinds included; ``kinds`` are those the
    graphs below are made of. The graphs carry node ids and, on each edge, ``existence``, ``strength``, ``trust``,
    ``reliability``, ``distance`` and ``arc``; they are frozen, so copy one before changing it.
    """

    nodes: Mapping[str, Node]
    ties: tuple[Tie, ...]
    kinds: tuple[str, ...]
    revision: int
    as_of: date

    @cached_property
    def used_ties(self) -> tuple[Tie, ...]:
        """The ties that make the graphs: of the kinds in use, there as far as we know, and not straining."""
        kinds = frozenset(self.kinds)
        return tuple(tie for tie in self.ties if tie.kind in kinds and tie.sign >= 0 and is_there(tie))

    @cached_property
    def directed(self) -> "nx.DiGraph[str]":
        """Who can pass something to whom; ties of undirected kinds run both ways."""
        together: dict[tuple[str, str], list[Tie]] = defaultdict(list)
        for tie in self.used_ties:
            together[tie.from_id, tie.to_id].append(tie)
            if not TIE_KINDS[tie.kind].directed:
                together[tie.to_id, tie.from_id].append(tie)
        import networkx as nx  # lazy: commands that only list records start without it

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.nodes)
        for (start, end), ties in sorted(together.items()):
            graph.add_edge(start, end, **_attributes(collapse(ties)))
        nx.freeze(graph)
        return graph

    @cached_property
    def undirected(self) -> "nx.Graph[str]":
        """The undirected projection."""
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.nodes)
        for start, end, data in self.directed.edges(data=True):
            both_ways = self.directed.has_edge(end, start)
            if start < end or not both_ways:
                arc: Arc = data["arc"]
                back: Arc = self.directed.edges[end, start]["arc"] if both_ways else arc
                # Where both are equally reliable their values decide, never their ids (identity 10).
                better = max(arc, back, key=lambda item: (item.reliability, item.existence, item.trust))
                ties = tuple(sorted({*arc.ties, *back.ties}, key=_most_reliable_first))
                merged = replace(better, strength=max(arc.strength, back.strength), ties=ties)
                graph.add_edge(start, end, **_attributes(merged))
        nx.freeze(graph)
        return graph

    @cached_property
    def strained(self) -> "nx.Graph[str]":
        """The pairs with a tie of negative sign that is there, whatever its kind; ``ties`` on each edge."""
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.nodes)
        for tie in self.ties:
            if tie.sign < 0 and is_there(tie):
                pair = tie.from_id, tie.to_id
                before = graph.edges[pair]["ties"] if graph.has_edge(*pair) else ()
                graph.add_edge(*pair, ties=(*before, tie))
        nx.freeze(graph)
        return graph

    def within(self, keep: Callable[[Node], bool]) -> "StakeholderNetwork":
        """Return the network of the stakeholders that ``keep`` accepts and the ties among them."""
        return build_network(
            (node for node in self.nodes.values() if keep(node)),
            self.ties,
            kinds=self.kinds,
            revision=self.revision,
            as_of=self.as_of,
        )

    def notes(self) -> Iterator[str]:
        """Yield what a reader should know of the numbers: assumed values, undated and contested ties."""
        used = self.used_ties
        for count, sentence in (
            (sum(tie.trust is None for tie in used), f"no reported trust; {ASSUMED_TRUST} was assumed"),
            (sum(tie.strength is None for tie in used), f"no reported strength; {ASSUMED_STRENGTH} was assumed"),
            (sum(tie.undated for tie in used), "no dates of validity and are taken to hold on any day"),
            (
                sum(tie.status is TieStatus.CONTESTED for tie in used),
                "reports for and against and count by the balance",
            ),
            (sum(tie.status is TieStatus.STALE for tie in used), "gone unconfirmed for more than a half-life"),
        ):
            if count:
                yield f"{count} of {len(used)} ties have {sentence}."


def is_there(tie: Tie) -> bool:
    """Tell whether a tie counts as existing: reported present, or contested with the balance in favour."""
    return tie.status in (TieStatus.PRESENT, TieStatus.STALE) or (
        tie.status is TieStatus.CONTESTED and tie.existence > 0.5  # 0.5 is the prior: the balance tips neither way
    )


def build_network(
    nodes: Iterable[Node],
    ties: Iterable[Tie],
    *,
    revision: int,
    as_of: date,
    kinds: Iterable[str] | None = None,
) -> StakeholderNetwork:
    """Build the network of these stakeholders; ties to anybody else are left out.

    ``kinds`` defaults to those that carry messages. Everything is sorted by id, so equal input gives equal output.
    Raises ``KeyError`` for a kind the vocabulary does not have.
    """
    wanted = MESSAGE_KINDS if kinds is None else {TIE_KINDS[kind].code for kind in kinds}
    members = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
    among = (tie for tie in ties if tie.from_id in members and tie.to_id in members)
    return StakeholderNetwork(
        nodes=members,
        ties=tuple(sorted(among, key=lambda tie: tie.id)),
        kinds=tuple(kind for kind in TIE_KINDS if kind in wanted),
        revision=revision,
        as_of=as_of,
    )


def collapse(ties: Iterable[Tie]) -> Arc:
    """Collapse parallel ties into one arc by the rules at the head of this module; ``ValueError`` for none."""
    parallel = tuple(sorted(ties, key=_most_reliable_first))
    if not parallel:
        raise ValueError("There is no tie to collapse.")
    independent: list[float] = []
    heard: set[str] = set()
    for tie in sorted(parallel, key=lambda tie: (-tie.existence, tie.id)):
        if heard.isdisjoint(tie.origins):
            independent.append(tie.existence)
            heard.update(tie.origins)
    strengths = [ASSUMED_STRENGTH if tie.strength is None else tie.strength for tie in parallel]
    trusts = [ASSUMED_TRUST if tie.trust is None else tie.trust for tie in parallel]
    total = sum(strengths)
    weights = [strength / total for strength in strengths] if total else [1 / len(parallel)] * len(parallel)
    return Arc(
        existence=1 - prod(1 - existence for existence in independent),
        strength=total,
        trust=sum(weight * trust for weight, trust in zip(weights, trusts, strict=True)),
        ties=parallel,
    )


def _most_reliable_first(tie: Tie) -> tuple[float, str]:
    return -tie.existence * (ASSUMED_TRUST if tie.trust is None else tie.trust), tie.id


def _attributes(arc: Arc) -> dict[str, object]:
    return {
        "existence": arc.existence,
        "strength": arc.strength,
        "trust": arc.trust,
        "reliability": arc.reliability,
        "distance": arc.distance,
        "arc": arc,
    }
