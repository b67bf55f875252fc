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

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from graph.model import Tie
from graph.networks.arcs import ASSUMED_STRENGTH, ASSUMED_TRUST, LEAST_RELIABILITY, MOST_RELIABILITY, Arc, collapse
from graph.vocabulary import TIE_KINDS, Nature, TieStatus

# Lazy throughout: commands that only list records start without NumPy and NetworkX.
if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    from graph.kernels.rows import Rows
    from graph.networks.sparse import SparseRows
    from graph.networks.tie_table import TieTable

__all__ = [
    "ASSUMED_STRENGTH",
    "ASSUMED_TRUST",
    "LEAST_RELIABILITY",
    "MESSAGE_KINDS",
    "MOST_RELIABILITY",
    "Arc",
    "Node",
    "StakeholderNetwork",
    "build_network",
    "collapse",
    "is_there",
]

MESSAGE_KINDS = tuple(kind.code for kind in TIE_KINDS.values() if kind.carries_messages)
"""The tie kinds along which influence and information travel: what an analysis uses unless told otherwise."""


PARTS = 4
"""Parts of a network kept with it: few filters are in use at once, and a part is smaller than the whole."""


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


@dataclass(frozen=True)
class StakeholderNetwork:
    """Stakeholders and the ties between them as one viewer may see them on one day. Build it with ``build_network``.

    ``ties`` holds every tie between the nodes, the strained, absent and unused kinds included, in the order of from, to
    and kind; ``kinds`` are those the graphs below are made of. ``arcs`` and ``edges`` are the graphs as arrays over the
    positions of ``nodes``; ``directed`` and ``undirected`` are the same for NetworkX, with node ids and, on each edge,
    ``existence``, ``strength``, ``trust``, ``reliability``, ``distance`` and ``arc``; they are frozen, so copy one
    before changing it.
    """

    nodes: Mapping[str, Node]
    ties: "TieTable"
    kinds: tuple[str, ...]
    revision: int
    as_of: date

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What has been worked out of this network, for whoever asks again: see ``graph/analysis/answers/memo.py``."""
        return {}

    @cached_property
    def used(self) -> "NDArray[np.int32]":
        """Where in ``ties`` those are that make the graphs: of the kinds in use, there, and not straining."""
        import numpy as np

        from graph.networks.tie_table import KINDS

        wanted = np.array([kind in self.kinds for kind in KINDS])
        kept = wanted[self.ties.kind] & (self.ties.sign >= 0) & self.ties.there()
        return np.flatnonzero(kept).astype(np.int32)

    @cached_property
    def used_ties(self) -> "TieTable":
        """The ties that make the graphs."""
        return self.ties if len(self.used) == len(self.ties) else self.ties.take(self.used)

    @cached_property
    def arcs(self) -> "SparseRows":
        """Who can pass something to whom, as compressed sparse rows; ties of undirected kinds run both ways."""
        from graph.networks import sparse

        return sparse.arcs(self.ties, self.used)

    @cached_property
    def edges(self) -> "SparseRows":
        """The undirected projection as compressed sparse rows, each edge in both directions."""
        from graph.networks import sparse

        return sparse.edges(self.ties, self.used, self.arcs)

    @cached_property
    def arc_rows(self) -> "Rows":
        """``arcs`` as the kernels take them, with the weights ``distance``, ``strength``, ``reliability``, …."""
        return self.arcs.kernel_rows(directed=True)

    @cached_property
    def edge_rows(self) -> "Rows":
        """``edges`` as the kernels take them."""
        return self.edges.kernel_rows(directed=False)

    @cached_property
    def directed(self) -> "nx.DiGraph[str]":
        """Who can pass something to whom; ties of undirected kinds run both ways."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from(self._named(self.arcs))
        nx.freeze(graph)
        return graph

    @cached_property
    def undirected(self) -> "nx.Graph[str]":
        """The undirected projection."""
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from(edge for edge in self._named(self.edges) if edge[0] < edge[1])
        nx.freeze(graph)
        return graph

    @cached_property
    def strained(self) -> "nx.Graph[str]":
        """The pairs with a tie of negative sign that is there, whatever its kind; ``ties`` on each edge."""
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.nodes)
        for tie in self.ties.take((self.ties.sign < 0) & self.ties.there()):
            pair = tie.from_id, tie.to_id
            before = graph.edges[pair]["ties"] if graph.has_edge(*pair) else ()
            graph.add_edge(*pair, ties=(*before, tie))
        nx.freeze(graph)
        return graph

    def contacts(self, key: str) -> tuple[str, ...]:
        """Return who shares an edge with a stakeholder, sorted. Raises ``KeyError`` for one the network lacks."""
        if key not in self.nodes:
            raise KeyError(key)
        ids = self.ties.node_ids
        at = bisect_left(ids, key)
        return tuple(ids[other] for other in self.edges.indices[self.edges.indptr[at] : self.edges.indptr[at + 1]])

    def _named(self, rows: "SparseRows") -> Iterator[tuple[str, str, dict[str, object]]]:
        """Yield each arc with the ids of its ends and what NetworkX is to know of it."""
        ids = self.ties.node_ids
        made = dict(zip(self.used.tolist(), self.used_ties, strict=True))
        ties, begins = rows.ties.tolist(), rows.tie_starts.tolist()
        numbers = (rows.existence, rows.strength, rows.trust, rows.reliability, rows.distance)
        places = (rows.rows.tolist(), rows.indices.tolist(), rows.pair.tolist())
        for start, end, pair, existence, strength, trust, reliability, distance in zip(
            *places, *(values.tolist() for values in numbers), strict=True
        ):
            made_of = tuple(made[at] for at in ties[begins[pair] : begins[pair + 1]])
            yield (
                ids[start],
                ids[end],
                {
                    "existence": existence,
                    "strength": strength,
                    "trust": trust,
                    "reliability": reliability,
                    "distance": distance,
                    "arc": Arc(existence, strength, trust, made_of),
                },
            )

    def within(self, keep: Callable[[Node], bool]) -> "StakeholderNetwork":
        """Return the network of the stakeholders that ``keep`` accepts and the ties among them.

        The last few are kept, so that what was worked out of one is there for whoever asks of the same stakeholders.
        """
        members = [node for node in self.nodes.values() if keep(node)]
        asked = frozenset(node.id for node in members)
        lock, parts = self._parts
        with lock:
            known = parts.pop(asked, None)
        if known is None:
            known = build_network(members, self.ties, kinds=self.kinds, revision=self.revision, as_of=self.as_of)
        with lock:
            parts[asked] = known
            while len(parts) > PARTS:
                del parts[next(iter(parts))]
        return known

    @cached_property
    def _parts(self) -> "tuple[Lock, dict[frozenset[str], StakeholderNetwork]]":
        """Parts by who is in them, the one asked for last at the end."""
        return Lock(), {}

    def notes(self) -> Iterator[str]:
        """Yield what a reader should know of the numbers: assumed values, undated and contested ties."""
        from graph.networks.tie_table import STATUSES

        ties, used = self.ties, self.used
        for there, sentence in (
            (
                ties.trust != ties.trust,
                f"no reported trust; {ASSUMED_TRUST} was assumed",
            ),  # only NaN differs from itself
            (ties.strength != ties.strength, f"no reported strength; {ASSUMED_STRENGTH} was assumed"),
            (ties.undated, "no dates of validity and are taken to hold on any day"),
            (
                ties.status == STATUSES.index(TieStatus.CONTESTED),
                "reports for and against and count by the balance",
            ),
            (ties.status == STATUSES.index(TieStatus.STALE), "gone unconfirmed for more than a half-life"),
        ):
            count = int(there[used].sum())
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

    ``kinds`` defaults to those that carry messages. Nodes are sorted by id and ties by what they join, so equal input
    gives equal output. A ``TieTable`` of just these stakeholders is taken as it is. Raises ``KeyError`` for a
    kind the vocabulary does not have.
    """
    from graph.networks.tie_table import TieTable

    wanted = MESSAGE_KINDS if kinds is None else {TIE_KINDS[kind].code for kind in kinds}
    members = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
    ids = tuple(members)
    return StakeholderNetwork(
        nodes=members,
        ties=ties.among(ids) if isinstance(ties, TieTable) else TieTable.of(ties, ids),
        kinds=tuple(kind for kind in TIE_KINDS if kind in wanted),
        revision=revision,
        as_of=as_of,
    )
