"""Cut points: stakeholders and ties whose loss would separate others (Hopcroft & Tarjan 1973).

An articulation point is a node whose removal raises the number of components, a bridge a tie of which the same is
true, both on the undirected projection. Read them as channels to back up.
"""

from bisect import bisect_left
from collections.abc import Iterable

from graph.analysis.answers.memo import memoised
from graph.kernels.blocks import Blocks
from graph.networks.network import StakeholderNetwork

Part = tuple[str, ...]


@memoised
def cut_points(network: StakeholderNetwork) -> "CutPoints":
    """Return the articulation points and bridges of a network."""
    return CutPoints(network)


class CutPoints:
    """The articulation points and bridges of the undirected projection. ``bridges`` have the smaller id first.

    What each separates is computed when asked for: all of it at once would be of quadratic size.
    """

    def __init__(self, network: StakeholderNetwork) -> None:
        """Walk the whole graph once; costs the number of nodes and ties."""
        self._ids = network.ties.node_ids
        self._blocks = Blocks.of(network.edges)
        self.articulation_points = frozenset(
            key for key, separates in zip(self._ids, self._blocks.articulation.tolist(), strict=True) if separates
        )
        self.bridges = frozenset((self._ids[one], self._ids[other]) for one, other in self._blocks.bridges.tolist())

    def parts(self, node: str) -> tuple[Part, ...]:
        """Return what would be left of a node's component without it: largest part first, then by smallest id.

        Empty for a node that is no articulation point.
        """
        if node not in self.articulation_points:
            return ()
        return self._largest_first(part.tolist() for part in self._blocks.parts(self._position(node)))

    def cut_off(self, node: str) -> Part:
        """Return those who would be cut off from the largest remaining part without ``node``, sorted by id."""
        return tuple(sorted(member for part in self.parts(node)[1:] for member in part))

    def cut_off_by_tie(self, one: str, other: str) -> Part:
        """Return those cut off from the larger part without the tie between the two; empty if it is no bridge."""
        if (min(one, other), max(one, other)) not in self.bridges:
            return ()
        blocks, first, second = self._blocks, self._position(one), self._position(other)
        lower, root = first if blocks.parent[first] == second else second, first
        while blocks.parent[root] >= 0:
            root = int(blocks.parent[root])
        begin, end = int(blocks.met[lower]), int(blocks.met[lower] + blocks.below[lower])
        whole = int(blocks.met[root]), int(blocks.met[root] + blocks.below[root])
        below = blocks.order[begin:end].tolist()
        rest = [*blocks.order[whole[0] : begin].tolist(), *blocks.order[end : whole[1]].tolist()]
        return self._largest_first((below, rest))[1]

    def _position(self, node: str) -> int:
        return bisect_left(self._ids, node)

    def _largest_first(self, parts: Iterable[list[int]]) -> tuple[Part, ...]:
        named = (tuple(self._ids[node] for node in sorted(part)) for part in parts)
        return tuple(sorted(named, key=lambda part: (-len(part), part)))
