"""All ties of a network collapsed into one edge for each pair, as compressed sparse rows, for analyses and kernels.

The rules are those of ``graph/networks/arcs.py`` and give the same numbers; here the first tie of every pair is taken,
then the second of those that have two, and so on, for all pairs at once.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.kernels.adjacency import Adjacency
from graph.networks.arcs import ASSUMED_STRENGTH, ASSUMED_TRUST, LEAST_RELIABILITY, MOST_RELIABILITY
from graph.networks.columns import DIRECTED, offsets
from graph.networks.tie_table import TieTable


@dataclass(frozen=True, eq=False, kw_only=True)
class CollapsedTies(Adjacency):
    """Which stakeholders are tied, and by which ties. Nodes are positions in the sorted ids.

    ``weights`` are ``existence`` and ``reliability`` in (0, 1), ``strength`` ≥ 0, ``trust`` in [0, 1] and ``distance``
    = −ln reliability. Bit k of ``kinds`` says that a tie of the k-th kind of the registry is among them. The source
    ties of an edge index e are the positions ``ties[tie_offsets[p]:tie_offsets[p + 1]]`` of the network's ties for
    p = ``pair[e]``, most reliable first; both directions of an undirected edge have the same pair.
    """

    kinds: NDArray[np.int32]
    pair: NDArray[np.int32]
    tie_offsets: NDArray[np.int32]
    ties: NDArray[np.int32]

    def source_ties(self, edge: int) -> NDArray[np.int32]:
        """Return the positions, among the network's ties, of the source ties of an edge index."""
        pair = self.pair[edge]
        return self.ties[self.tie_offsets[pair] : self.tie_offsets[pair + 1]]

    @property
    def nbytes(self) -> int:
        """The memory of the arrays in bytes."""
        arrays: list[NDArray[Any]] = [self.offsets, self.neighbours, self.kinds, self.pair, self.tie_offsets, self.ties]
        return sum(array.nbytes for array in (*arrays, *self.weights.values()))


def arcs(table: TieTable, included: NDArray[np.int32]) -> CollapsedTies:
    """Return who can pass something to whom by the ties at these positions; undirected ties run both ways."""
    nodes = len(table.node_ids)
    start, end = table.start[included].astype(np.int64), table.end[included]
    both = ~DIRECTED[table.kind[included]]
    keys = np.concatenate([start * nodes + end, end[both].astype(np.int64) * nodes + start[both]])
    ties = np.concatenate([included, included[both]])
    keys, ties, begins = _grouped(keys, ties, table)
    values = _collapsed(table, ties, begins)
    sources = _SourceTies(np.arange(len(begins) - 1, dtype=np.int32), begins, ties)
    return _collapsed_ties(keys[begins[:-1]], nodes, values, sources, directed=True)


def edges(table: TieTable, included: NDArray[np.int32], directed: CollapsedTies) -> CollapsedTies:
    """Return the undirected projection of the arcs, each edge in both rows.

    There is an edge where either direction has an arc, with the larger of the two strengths and the values of the more
    reliable direction; where both are equally reliable, their other values decide.
    """
    nodes = len(table.node_ids)
    forward = directed.row.astype(np.int64) * nodes + directed.neighbours
    backward = directed.neighbours.astype(np.int64) * nodes + directed.row
    own = np.arange(len(forward), dtype=np.int32)
    reverse = np.minimum(np.searchsorted(forward, backward), max(len(forward) - 1, 0)).astype(np.int32)
    mutual = forward[reverse] == backward
    reverse = np.where(mutual, reverse, own)
    keys, source = np.concatenate([forward, backward[~mutual]]), np.concatenate([own, own[~mutual]])
    del forward, backward, mutual  # a million ties: each of these takes 16 MB
    order = np.argsort(keys, kind="stable").astype(np.int32)
    keys, source = keys[order], source[order]
    del order
    better = _better(directed, own, reverse)[source]
    strength = directed.weights["strength"]
    values = (
        directed.weights["existence"][better],
        np.maximum(strength, strength[reverse])[source],
        directed.weights["trust"][better],
        (directed.kinds | directed.kinds[reverse])[source],
    )
    del own, reverse, better, source
    low, high = (
        np.minimum(table.start[included], table.end[included]),
        np.maximum(table.start[included], table.end[included]),
    )
    pairs, ties, begins = _grouped(low.astype(np.int64) * nodes + high, included, table)
    del low, high
    row, column = (part.astype(np.int32) for part in np.divmod(keys, max(nodes, 1)))
    pairs = pairs[begins[:-1]]
    edge_pairs = np.minimum(row, column).astype(np.int64) * nodes + np.maximum(row, column)
    pair = np.searchsorted(pairs, edge_pairs).astype(np.int32)
    del row, column, pairs, edge_pairs
    return _collapsed_ties(keys, nodes, values, _SourceTies(pair, begins, ties), directed=False)


def _better(directed: CollapsedTies, one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.int32]:
    better, equal = np.zeros(len(one), np.bool_), np.ones(len(one), np.bool_)
    for values in (directed.weights[name] for name in ("reliability", "existence", "trust")):
        better |= equal & (values[other] > values[one])
        equal &= values[other] == values[one]
    return np.where(better, other, one)


def _grouped(
    keys: NDArray[np.int64], ties: NDArray[np.int32], table: TieTable
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Return keys and ties grouped by key, most reliable tie first, and the offset of each group."""
    order = np.argsort(keys, kind="stable")
    keys, ties = keys[order], ties[order]
    first = np.ones(len(keys), np.bool_)
    first[1:] = keys[1:] != keys[:-1]
    begins = np.append(np.flatnonzero(first), len(keys)).astype(np.int32)
    # Few pairs have several ties: only those are sorted by more than their key.
    several = np.flatnonzero(np.repeat(np.diff(begins) > 1, np.diff(begins)))
    parallel = ties[several]
    reliable = table.existence[parallel] * _or(table.trust[parallel], ASSUMED_TRUST)
    within = np.lexsort((table.end[parallel], table.start[parallel], table.kind[parallel], -reliable, keys[several]))
    ties[several] = parallel[within]
    return keys, ties, begins


_Values = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.int32]]


def _collapsed(table: TieTable, ties: NDArray[np.int32], begins: NDArray[np.int32]) -> _Values:
    """Return existence, strength, trust and kinds of each group of ties."""
    head, size = begins[:-1], np.diff(begins)
    lead = ties[head]
    absent = 1 - table.existence[lead]
    strength = _or(table.strength[lead], ASSUMED_STRENGTH)
    trust = _or(table.trust[lead], ASSUMED_TRUST)
    kinds = (1 << table.kind[lead].astype(np.int32)).astype(np.int32)
    groups = np.flatnonzero(size > 1)
    most = int(size.max(initial=1))
    for step in range(1, most):
        at = groups[size[groups] > step]
        tie = ties[head[at] + step]
        strength[at] += _or(table.strength[tie], ASSUMED_STRENGTH)
        kinds[at] |= (1 << table.kind[tie].astype(np.int32)).astype(np.int32)
    sums = np.zeros(len(groups))
    for step in range(most if len(groups) else 0):
        inside = size[groups] > step
        at = groups[inside]
        tie = ties[head[at] + step]
        total = strength[at]
        even = total == 0
        share = np.where(even, 1 / size[at], _or(table.strength[tie], ASSUMED_STRENGTH) / np.where(even, 1, total))
        sums[inside] += share * _or(table.trust[tie], ASSUMED_TRUST)
    trust[groups] = sums
    absent[groups] = _absent(table, ties, head[groups], size[groups])
    return 1 - absent, strength, trust, kinds


def _absent(
    table: TieTable, ties: NDArray[np.int32], head: NDArray[np.int32], size: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return Π(1 − p_i) of each group over ties of disjoint origins, the likeliest first."""
    group = np.repeat(np.arange(len(head)), size)
    inside = np.arange(len(group)) - np.repeat(offsets(size)[:-1], size) + np.repeat(head, size)
    ordered = ties[inside]
    keys = (table.end[ordered], table.start[ordered], table.kind[ordered], -table.existence[ordered], group)
    ordered = ordered[np.lexsort(keys)]
    begins, product = offsets(size)[:-1], np.ones(len(head))
    counted: NDArray[np.int64] = np.zeros(0, np.int64)
    for step in range(int(size.max(initial=0))):
        at = np.flatnonzero(size > step)
        tie = ordered[begins[at] + step]
        counts = (table.origin_offsets[tie + 1] - table.origin_offsets[tie]).astype(np.int64)
        which = np.repeat(np.arange(len(at)), counts)
        offset = np.arange(len(which)) - np.repeat(offsets(counts)[:-1], counts)
        origins = (
            at[which] * len(table.origin_names) + table.origins[np.repeat(table.origin_offsets[tie], counts) + offset]
        )
        repeats = np.zeros(len(at), np.bool_)
        repeats[which[np.isin(origins, counted)]] = True
        product[at[~repeats]] *= 1 - table.existence[tie[~repeats]]
        counted = np.concatenate([counted, origins[~repeats[which]]])
    return product


class _SourceTies(NamedTuple):
    """The source ties of the edges, as in ``CollapsedTies``."""

    pair: NDArray[np.int32]
    tie_offsets: NDArray[np.int32]
    ties: NDArray[np.int32]


def _collapsed_ties(
    keys: NDArray[np.int64], nodes: int, values: _Values, sources: _SourceTies, *, directed: bool
) -> CollapsedTies:
    existence, strength, trust, kinds = values
    row, column = np.divmod(keys, max(nodes, 1))
    reliability = np.clip(existence * trust, LEAST_RELIABILITY, MOST_RELIABILITY)
    return CollapsedTies(
        offsets=offsets(np.bincount(row, minlength=nodes)).astype(np.int64),
        neighbours=column.astype(np.int32),
        weights={
            "existence": existence,
            "strength": strength,
            "trust": trust,
            "reliability": reliability,
            "distance": -np.log(reliability),
        },
        directed=directed,
        kinds=kinds,
        **sources._asdict(),
    )


def _or(values: NDArray[Any], assumed: float) -> NDArray[np.float64]:
    return np.where(np.isnan(values), assumed, values)
