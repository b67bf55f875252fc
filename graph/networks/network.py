"""The network of stakeholders that every analysis uses, built from records.

The conventions that make the measures right (stated again in every answer):

* Four numbers on a tie are never mixed: existence p, strength w, trust q, sign. Relay reliability r = p · q.
* Measures of distance use d = −ln r or count hops; measures of flow use strength.
* Only ties that help or are neutral (sign ≥ 0) make the network. Ties in tension are kept apart, as vetoes.
* Parallel ties between the same two collapse: p = 1 − Π(1 − p_i) over ties of disjoint origins, else the largest;
  strength is the sum, trust the strength-weighted mean.
* The undirected projection has an edge where either direction has one, with the larger of the two strengths and the
  values of the more reliable direction.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from graph.networks.arcs import (
    ASSUMED_STRENGTH,
    ASSUMED_TRUST,
    LEAST_RELIABILITY,
    MOST_RELIABILITY,
    Arc,
    collapse,
    exists,
)
from graph.networks.node import Node
from graph.ties import Tie
from graph.vocabulary import TIE_KINDS

# Lazy throughout: commands that only list records start without NumPy.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.kernels.adjacency import Adjacency
    from graph.networks.collapsed import CollapsedTies
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
    "exists",
]

MESSAGE_KINDS = tuple(kind.code for kind in TIE_KINDS.values() if kind.carries_messages)
"""The tie kinds along which influence and information travel: what an analysis uses unless told otherwise."""

PARTS = 4
"""How many filtered networks are memoised with a network: few filters are in use at once."""


@dataclass(frozen=True)
class StakeholderNetwork:
    """Stakeholders and the ties between them as one viewer may see them on one day. Build it with ``build_network``.

    ``ties`` holds every tie between the nodes, also in tension, absent or of unused kinds, ordered by from, to and
    kind; ``kinds`` are those in ``arcs`` and ``edges``, which are arrays over the positions of ``nodes``. None of them
    may be written to. NetworkX takes ``graph.networkx_backend.sparse_graph.sparse_graph(
    network.edges, network.nodes)`` as a graph of its own.
    """

    nodes: Mapping[str, Node]
    ties: "TieTable"
    kinds: tuple[str, ...]
    revision: int
    as_of: date

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """Results of measures on this network, for the next question: see ``graph/analysis/answers/memo.py``."""
        return {}

    @cached_property
    def included(self) -> "NDArray[np.int32]":
        """Positions of the ties that make the edges: of the kinds in use, existing, and not in tension."""
        import numpy as np

        from graph.networks.columns import KINDS

        in_use = np.array([kind in self.kinds for kind in KINDS])
        return np.flatnonzero(in_use[self.ties.kind] & (self.ties.sign >= 0) & self.ties.exists()).astype(np.int32)

    @cached_property
    def included_ties(self) -> "TieTable":
        """The ties that make the edges."""
        return self.ties if len(self.included) == len(self.ties) else self.ties.take(self.included)

    @cached_property
    def arcs(self) -> "CollapsedTies":
        """The directed network: who can pass a message to whom; ties of undirected kinds run both ways."""
        from graph.networks import collapsed

        return collapsed.arcs(self.ties, self.included)

    @cached_property
    def edges(self) -> "CollapsedTies":
        """The undirected projection, each edge in both directions."""
        from graph.networks import collapsed

        return collapsed.edges(self.ties, self.included, self.arcs)

    @cached_property
    def in_tension(self) -> "Adjacency":
        """The pairs with an existing tie of negative sign, whatever its kind, in both directions; without weights."""
        import numpy as np

        from graph.kernels.adjacency import Adjacency

        negative = (self.ties.sign < 0) & self.ties.exists()
        one, other = self.ties.start[negative].astype(np.int64), self.ties.end[negative]
        nodes = max(len(self.nodes), 1)
        low, high = np.divmod(np.unique(np.minimum(one, other) * nodes + np.maximum(one, other)), nodes)
        return Adjacency.of(len(self.nodes), low, high)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each stakeholder among the nodes."""
        return {key: position for position, key in enumerate(self.nodes)}

    def contacts(self, key: str) -> tuple[str, ...]:
        """Return who shares an edge with a stakeholder, sorted. Raises ``KeyError`` for one the network lacks."""
        return self._named(self.edges.of_node(self.positions[key]))

    def in_tension_with(self, key: str) -> tuple[str, ...]:
        """Return, sorted, with whom a stakeholder is in tension. Raises ``KeyError`` for one the network lacks."""
        return self._named(self.in_tension.of_node(self.positions[key]))

    def _named(self, positions: "NDArray[np.int32]") -> tuple[str, ...]:
        ids = self.ties.node_ids
        return tuple(ids[position] for position in positions.tolist())

    def arc(self, start: str, end: str, *, directed: bool) -> Arc:
        """Return the arc, or else the edge, from one stakeholder to another, with its source ties.

        Raises ``KeyError`` where no included tie joins them.
        """
        rows = self.arcs if directed else self.edges
        edge = rows.edge_index(self.positions[start], self.positions[end])
        if edge < 0:
            raise KeyError((start, end))
        existence, strength, trust = (float(rows.weights[name][edge]) for name in ("existence", "strength", "trust"))
        return Arc(existence, strength, trust, tuple(self.ties.at(rows.source_ties(edge).tolist())))

    def within(self, keep: Callable[[Node], bool]) -> "StakeholderNetwork":
        """Return the network of the stakeholders that ``keep`` accepts and the ties among them.

        The last few are memoised, so that the next question about the same stakeholders can use their measures.
        """
        members = [node for node in self.nodes.values() if keep(node)]
        return self._memoised(
            frozenset(node.id for node in members),
            lambda: build_network(members, self.ties, kinds=self.kinds, revision=self.revision, as_of=self.as_of),
        )

    def of_kinds(self, kinds: Iterable[str] | None = None) -> "StakeholderNetwork":
        """Return the same stakeholders and ties with other kinds in use, by default those that carry messages.

        It shares the arrays of ties; the order of kinds does not matter. The last few are memoised as in ``within``.
        Raises ``KeyError`` for a kind the vocabulary does not have.
        """
        chosen = _in_order(kinds)
        return self if chosen == self.kinds else self._memoised(chosen, lambda: replace(self, kinds=chosen))

    def _memoised(self, key: Hashable, make: "Callable[[], StakeholderNetwork]") -> "StakeholderNetwork":
        """Return the filtered network memoised under a key, or make it and drop the one used longest ago."""
        lock, parts = self._parts
        with lock:
            part = parts.pop(key, None)
        if part is None:
            part = make()
        with lock:
            parts[key] = part
            while len(parts) > PARTS:
                del parts[next(iter(parts))]
        return part

    @cached_property
    def _parts(self) -> "tuple[Lock, dict[Hashable, StakeholderNetwork]]":
        """Filtered networks by their stakeholders or kinds, the one used last at the end."""
        return Lock(), {}

    def notes(self) -> Iterator[str]:
        """Yield what a reader should know of the numbers: assumed values, undated and contested ties."""
        from graph.networks.notes import tie_notes

        return tie_notes(self.ties, self.included)


def build_network(
    nodes: Iterable[Node],
    ties: Iterable[Tie],
    *,
    revision: int,
    as_of: date,
    kinds: Iterable[str] | None = None,
) -> StakeholderNetwork:
    """Build the network of these stakeholders; ties to others are left out.

    ``kinds`` defaults to those that carry messages. Nodes are sorted by id and ties by what they join, so equal input
    gives equal output. A ``TieTable`` of exactly these stakeholders is used as it is. Raises ``KeyError`` for a
    kind the vocabulary does not have.
    """
    from graph.networks.tie_table import TieTable

    members = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
    ids = tuple(members)
    return StakeholderNetwork(
        nodes=members,
        ties=ties.among(ids) if isinstance(ties, TieTable) else TieTable.of(ties, ids),
        kinds=_in_order(kinds),
        revision=revision,
        as_of=as_of,
    )


def _in_order(kinds: Iterable[str] | None) -> tuple[str, ...]:
    """Return the kinds once each in the order of the vocabulary; ``None`` stands for those that carry messages."""
    chosen = MESSAGE_KINDS if kinds is None else {TIE_KINDS[kind].code for kind in kinds}
    return tuple(kind for kind in TIE_KINDS if kind in chosen)
