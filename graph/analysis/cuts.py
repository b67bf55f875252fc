"""Single channels: whose loss, or which tie's loss, would separate stakeholders (Hopcroft & Tarjan 1973).

An articulation point is a node whose removal raises the number of components, a bridge a tie of which the same is
true, both on the undirected projection. Read them as channels to back up.

One depth-first walk finds both and what each separates: in the order of the walk everything below a node stands
together, and the part below a child hangs on the node alone when no tie leads from it further up than the node.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.network import StakeholderNetwork

if TYPE_CHECKING:
    import networkx as nx

Part = tuple[str, ...]


class Cuts:
    """The articulation points and bridges of the undirected projection. ``bridges`` have the smaller id first.

    What each separates is put together when asked for: all of it at once would be of quadratic size.
    """

    def __init__(self, network: StakeholderNetwork) -> None:
        """Walk the whole graph once; costs its nodes and ties."""
        graph = network.undirected
        self._hanging: dict[str, tuple[_Walk, list[str]]] = {}
        self._below: dict[tuple[str, str], tuple[_Walk, str]] = {}
        reached: set[str] = set()
        for root in sorted(graph):
            if root not in reached:
                walk = _walk(graph, root)
                reached.update(walk.order)
                self._note(walk, root)
        self.articulation_points = frozenset(self._hanging)
        self.bridges = frozenset(self._below)

    def parts(self, node: str) -> tuple[Part, ...]:
        """Return what would be left of a node's component without it: largest part first, then by smallest id.

        Empty for a node that is no articulation point.
        """
        if node not in self._hanging:
            return ()
        walk, children = self._hanging[node]
        parts = [walk.subtree(child) for child in children]
        below = {member for part in parts for member in part}
        rest = [member for member in walk.order if member not in below and member != node]
        return _largest_first([*parts, rest] if rest else parts)

    def cut_off(self, node: str) -> Part:
        """Return who would be apart from the largest remaining part without ``node``, sorted by id."""
        return tuple(sorted(member for part in self.parts(node)[1:] for member in part))

    def cut_off_by_tie(self, one: str, other: str) -> Part:
        """Return who would be apart from the larger part without the tie between the two; empty if it is no bridge."""
        pair = min(one, other), max(one, other)
        if pair not in self._below:
            return ()
        walk, child = self._below[pair]
        below = walk.subtree(child)
        rest = walk.order[: walk.met[child]] + walk.order[walk.end[child] :]
        return _largest_first([below, rest])[1]

    def _note(self, walk: "_Walk", root: str) -> None:
        hanging: dict[str, list[str]] = {}
        for node, above in walk.parent.items():
            if walk.highest[node] >= walk.met[above]:
                hanging.setdefault(above, []).append(node)
            if walk.highest[node] > walk.met[above]:
                self._below[min(node, above), max(node, above)] = walk, node
        for node, children in hanging.items():
            if node != root or len(children) > 1:
                self._hanging[node] = walk, children


@dataclass(frozen=True, slots=True)
class _Walk:
    """A depth-first walk over one component.

    ``met`` is the position of a node in ``order`` and ``end`` that behind its subtree; ``highest`` is the first
    position that a tie leads to from its subtree.
    """

    order: list[str]
    met: Mapping[str, int]
    end: Mapping[str, int]
    parent: Mapping[str, str]
    highest: Mapping[str, int]

    def subtree(self, node: str) -> list[str]:
        return self.order[self.met[node] : self.end[node]]


def _walk(graph: "nx.Graph[str]", root: str) -> _Walk:
    """Walk without recursion, which a chain of a thousand stakeholders would exhaust."""
    order, met, highest = [root], {root: 0}, {root: 0}
    end: dict[str, int] = {}
    parent: dict[str, str] = {}
    trail = [(root, iter(graph.adj[root]))]
    while trail:
        node, others = trail[-1]
        for other in others:
            if other not in met:
                met[other] = highest[other] = len(order)
                order.append(other)
                parent[other] = node
                trail.append((other, iter(graph.adj[other])))
                break
            if other != parent.get(node):
                highest[node] = min(highest[node], met[other])
        else:
            trail.pop()
            end[node] = len(order)
            if node in parent:
                above = parent[node]
                highest[above] = min(highest[above], highest[node])
    return _Walk(order, met, end, parent, highest)


def _largest_first(parts: list[list[str]]) -> tuple[Part, ...]:
    return tuple(sorted((tuple(sorted(part)) for part in parts), key=lambda part: (-len(part), part)))
