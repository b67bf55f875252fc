"""Blocks and cut points: parts connected only through one node or one tie (Hopcroft & Tarjan 1973).

A block is a largest part that no single node's loss would separate; two blocks share at most one node, a cut point.
Every shortest route crosses a block between the nodes where it enters and leaves, so all that is connected to a block
through one of its nodes can be counted at that node (Sariyüce et al. 2013). A bridge is a block of two.

On the undirected projection; ties to oneself do not matter.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency, Floats, Numbers, Positions

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Blocks:
    """A depth-first walk and its results; arrays by node as ``compiled.blocks.walk`` describes them."""

    rows: Adjacency
    order: Numbers
    met: Numbers
    parent: Numbers
    highest: Numbers
    below: Numbers
    component: Numbers

    @classmethod
    def of(cls, rows: Adjacency) -> "Blocks":
        """Walk over the whole network once; costs the number of nodes and ties. ``ValueError`` for directed rows."""
        from graph.kernels.compiled import blocks

        if rows.directed:
            raise ValueError("Blocks are those of an undirected network: pass the undirected projection.")
        return cls(rows, *blocks.walk(rows.offsets, rows.neighbours, np.zeros(len(rows), np.bool_)))

    @cached_property
    def opens(self) -> Flags:
        """Whether the tie that first led to a node opened a block, whose cut point or root is the node's parent."""
        has_parent = self.parent >= 0
        return has_parent & (self.highest >= np.where(has_parent, self.met[self.parent], 0))

    @cached_property
    def apart(self) -> Positions:
        """By node, the number of nodes in the parts below it that it alone connects."""
        first = np.flatnonzero(self.opens)
        return np.bincount(self.parent[first], self.below[first], minlength=len(self.met)).astype(np.int64)

    @cached_property
    def articulation(self) -> Flags:
        """Whether the loss of a node would raise the number of components."""
        children = np.bincount(self.parent[self.opens], minlength=len(self.met))
        return children > (self.parent < 0)

    @cached_property
    def bridges(self) -> npt.NDArray[np.int32]:
        """The ties whose loss would raise the number of components, one row each, smaller number first, sorted."""
        lower = np.flatnonzero(self.opens & (self.highest == self.met))
        ties = np.sort(np.column_stack((lower, self.parent[lower])).astype(np.int32), axis=1)
        return ties[np.lexsort((ties[:, 1], ties[:, 0]))]

    @cached_property
    def separated(self) -> Floats:
        """By node, the number of pairs of others that are connected only through it."""
        first = np.flatnonzero(self.opens)
        size = self.below[first].astype(float)
        others = self.component - 1.0
        rest = others - self.apart
        squares = np.bincount(self.parent[first], size * size, minlength=len(self.met))
        return np.asarray((others * others - squares - rest * rest) / 2, np.float64)

    def parts(self, node: int) -> list[Numbers]:
        """Return what would be left of a node's component without it, each part sorted; [] for one without others."""
        cut_off = [
            np.sort(self.order[self.met[child] : self.met[child] + self.below[child]])
            for child in np.flatnonzero(self.opens & (self.parent == node))
        ]
        root = node
        while self.parent[root] >= 0:
            root = int(self.parent[root])
        whole = self.order[self.met[root] : self.met[root] + self.below[root]]
        taken = np.zeros(len(self.met), np.bool_)
        taken[node] = True
        for part in cut_off:
            taken[part] = True
        rest = np.sort(whole[~taken[whole]])
        return [*cut_off, rest] if rest.size else cut_off

    @cached_property
    def number(self) -> Numbers:
        """By node, the block of the tie that first led to it, counted from 0; -1 at a root."""
        opened = np.cumsum(self.opens[self.order]) - 1
        number = np.full(len(self.met), -1, np.int32)
        for position, node in enumerate(self.order.tolist()):
            if self.opens[node]:
                number[node] = opened[position]
            elif self.parent[node] >= 0:
                number[node] = number[self.parent[node]]
        return number


@dataclass(frozen=True)
class Apart:
    """The blocks taken apart: ``rows`` holds a copy of each node for each block it is in, no two blocks tied.

    ``node`` is the original of each copy, ``members`` the size of its block, ``count`` the number of nodes it stands
    for within the block: itself and all that reach the block through it. ``edge`` is the original of each edge index.
    """

    rows: Adjacency
    node: Numbers
    members: Positions
    count: Floats
    edge: Positions


def take_apart(blocks: Blocks) -> Apart:
    """Take blocks apart: the copies of one block together in memory, those with most ties first."""
    rows = blocks.rows.unlooped
    nodes = len(rows)
    number, parent = blocks.number, blocks.parent
    inner = np.flatnonzero(parent >= 0)  # each such node has one copy in the block it was first met in
    firsts = np.flatnonzero(blocks.opens)
    firsts = firsts[np.argsort(number[firsts])]
    top = parent[firsts]  # by block
    owner = np.concatenate((inner, top)).astype(np.int64)
    block = np.concatenate((number[inner], np.arange(top.size))).astype(np.int64)
    count = np.concatenate((1.0 + blocks.apart[inner], (blocks.component[top] - blocks.below[firsts]).astype(float)))
    degree = np.diff(rows.offsets)
    order = np.lexsort((owner, -degree[owner], block))
    position = np.empty(order.size, np.int64)
    position[order] = np.arange(order.size)
    inner_position = np.full(nodes, -1, np.int64)
    inner_position[inner] = position[: inner.size]
    top_position = position[inner.size :]
    heads, ends = rows.row, rows.neighbours
    of_edge = number[np.where(blocks.met[heads] > blocks.met[ends], heads, ends)]
    one = np.where(top[of_edge] == heads, top_position[of_edge], inner_position[heads]) if top.size else heads
    other = np.where(top[of_edge] == ends, top_position[of_edge], inner_position[ends]) if top.size else ends
    sort = np.lexsort((other, one))
    start = np.zeros(order.size + 1, np.int64)
    np.cumsum(np.bincount(one, minlength=order.size), out=start[1:])
    copies = Adjacency(start, other[sort].astype(np.int32), {name: v[sort] for name, v in rows.weights.items()})
    members = np.bincount(block)[block[order]] if block.size else block
    return Apart(copies, owner[order].astype(np.int32), members, count[order], sort)


def fragmentation(rows: Adjacency, picks: int) -> tuple[Numbers, Floats]:
    """Pick nodes one by one whose loss raises F most, and return them with F after each (KPP-Neg, Borgatti 2006).

    F = 1 − Σ_k s_k (s_k − 1) / (n (n − 1)) over the components of the n that are left: 0 while connected, 1 when
    no two are tied; 1 by convention when fewer than two are left. Greedy: each pick is the best after
    those before (the first of equals), the set need not be. ``ValueError`` for directed rows or a negative number.
    """
    from graph.kernels.compiled import blocks

    if rows.directed or picks < 0:
        raise ValueError("Fragmentation is that of an undirected network and of 0 or more picks.")
    chosen, pairs = blocks.fragment(rows.offsets, rows.neighbours, picks)
    left = len(rows) - np.arange(1.0, chosen.size + 1)
    most = left * (left - 1) / 2
    return chosen, 1 - np.divide(pairs, most, out=np.zeros(chosen.size), where=most > 0)
