"""Sets of stakeholders that matter together (the key player problem, Borgatti 2006).

    reach          D_R(S) = 1/n Σ_v 1/d(S, v), members counting 1        best set to spread through or to listen with
    m-reach        #{v: d(S, v) ≤ m}, members included
    fragmentation  D_F = 1 − 2 Σ_{i<j} 1/d_ij / (n (n − 1)),  F = 1 − Σ_k s_k (s_k − 1) / (n (n − 1))

with d in hops on the undirected projection and s_k the sizes of the components; fragmentation is that of the n left
without S, and shows which channels to back up.

Up to ``EXACT_STAKEHOLDERS`` and ``EXACT_SIZE`` every set is tried. Beyond, sets grow by the best next member: for the
two kinds of reach, which are monotone and submodular, that is at least (1 − 1/e) of the best (Nemhauser, Wolsey &
Fisher 1978); for fragmentation it goes by F, without a guarantee.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import rounded
from graph.errors import TooLarge
from graph.networks.network import StakeholderNetwork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.kernels.adjacency import Floats

EXACT_STAKEHOLDERS = 60
"""34,220 sets of three: half a second of one core. More than 64 would not fit the 64-bit words that hold the ties."""

EXACT_SIZE = 3

LARGEST = 5_000
"""Stakeholders whose distances are held in memory at once: 25 million bytes."""

FAR = 255
"""Stands for no route; a route of more hops than 254 counts as none, which changes reach by less than 1/255 a head."""

CRITERIA = ("reach", "m-reach", "fragmentation")


@dataclass(frozen=True, slots=True)
class FoundSet:
    """A set of members by id: sorted where every set was tried, else in the order in which they were picked.

    ``value`` is D_R, the number reached, or D_F; ``fragmentation`` is F, for that criterion alone. ``None`` where fewer
    than two stakeholders would be left.
    """

    members: tuple[str, ...]
    value: float | None
    fragmentation: float | None = None


def is_exact(stakeholders: int, size: int) -> bool:
    """Tell whether every set of this size is tried."""
    return stakeholders <= EXACT_STAKEHOLDERS and size <= EXACT_SIZE


@memoised
def best_sets(network: StakeholderNetwork, *, size: int, criterion: str, within: int = 2) -> tuple[FoundSet, ...]:
    """Return the sets of ``size`` members: all of them, the best first, where exact, else the one found greedily.

    ``within`` is m. Equal sets come in the order of their ids. Empty where there are fewer stakeholders than ``size``.
    Raises ``TooLarge`` for reach among more than ``LARGEST``.
    """
    n = len(network.nodes)
    if size > n:
        return ()
    if not is_exact(n, size):
        return (_greedy(network, size, criterion, within),)
    import numpy as np

    sets = np.array(list(combinations(range(n), size)), np.int32).reshape(-1, size)
    found = _values(network, sets, criterion, within)
    order = sorted(found, key=lambda one: (-(one.value or 0.0), -(one.fragmentation or 0.0)))
    return tuple(order)


def value_of(network: StakeholderNetwork, members: tuple[str, ...], *, criterion: str, within: int = 2) -> FoundSet:
    """Return the value of one set. Raises ``KeyError`` for a member the network lacks, ``TooLarge`` as above."""
    import numpy as np

    positions = np.array([[network.positions[key] for key in members]], np.int32).reshape(1, -1)
    (one,) = _values(network, positions, criterion, within)
    return FoundSet(tuple(members), one.value, one.fragmentation)


def _values(network: StakeholderNetwork, sets: "NDArray[np.int32]", criterion: str, within: int) -> list[FoundSet]:
    import numpy as np

    ids = network.ties.node_ids
    members = [tuple(ids[at] for at in row) for row in sets.tolist()]
    if criterion == "fragmentation":
        pairs, near = _left_without(network, sets)
        left = len(ids) - sets.shape[1]
        if left < 2:
            return [FoundSet(keys, None, None) for keys in members]
        most = left * (left - 1) / 2
        columns = zip(rounded(1 - near / most), rounded(1 - pairs / most), strict=True)
        return [FoundSet(keys, *values) for keys, values in zip(members, columns, strict=True)]
    hops, gain = hops_between(network), _gain(len(ids), criterion, within)
    values = np.zeros(len(sets))
    if sets.shape[1]:
        for batch in range(0, len(sets), 4096):
            values[batch : batch + 4096] = gain[hops[sets[batch : batch + 4096]].min(axis=1)].sum(axis=1)
    return [FoundSet(keys, value) for keys, value in zip(members, rounded(values), strict=True)]


def _gain(stakeholders: int, criterion: str, within: int) -> "Floats":
    """Return what a stakeholder adds to reach, by its number of hops from the set."""
    import numpy as np

    hops = np.arange(FAR + 1)
    if criterion == "m-reach":
        return (hops <= within).astype(np.float64)
    gain: Floats = np.where(hops == FAR, 0.0, 1.0 / np.maximum(hops, 1)) / max(stakeholders, 1)
    return gain


@memoised
def hops_between(network: StakeholderNetwork) -> "NDArray[np.uint8]":
    """Return the hops between all stakeholders by position, ``FAR`` for none. ``TooLarge`` past ``LARGEST``."""
    import numpy as np
    from scipy.sparse.csgraph import shortest_path

    rows, n = network.edges, len(network.nodes)
    if n > LARGEST:
        raise TooLarge(
            f"Reach is computed for up to {LARGEST:,} stakeholders; these are {n:,}.",
            cure="Narrow the question to an area or to some categories.",
        )
    hops = np.full((n, n), FAR, np.uint8)
    matrix = rows.matrix(np.ones(len(rows.neighbours)))
    for first in range(0, n, 500):
        batch = np.arange(first, min(first + 500, n))
        distances = shortest_path(matrix, method="D", unweighted=True, indices=batch)
        hops[batch] = np.minimum(distances, FAR).astype(np.uint8)
    return hops


def _left_without(network: StakeholderNetwork, sets: "NDArray[np.int32]") -> "tuple[Floats, Floats]":
    """Return, for each set, the connected pairs left without it and their Σ 1/d."""
    import numpy as np

    from graph.kernels.blocks import Blocks
    from graph.kernels.closeness import reach

    rows = network.edges
    if len(rows) <= EXACT_STAKEHOLDERS:
        from graph.kernels.compiled import groups

        contacts = np.zeros(len(rows), np.uint64)
        np.bitwise_or.at(contacts, rows.row, np.uint64(1) << rows.neighbours.astype(np.uint64))
        return groups.left_without(contacts, np.ascontiguousarray(sets))  # type: ignore[no-any-return]
    pairs, near = np.zeros(len(sets)), np.zeros(len(sets))
    for number, gone in enumerate(sets):
        lost = np.zeros(len(rows), np.bool_)
        lost[gone] = True
        rest = rows.where(~(lost[rows.row] | lost[rows.neighbours]))
        pairs[number] = (Blocks.of(rest).component - 1.0).sum() / 2
        near[number] = reach(rest).near.sum() / 2
    return pairs, near


def _greedy(network: StakeholderNetwork, size: int, criterion: str, within: int) -> FoundSet:
    import numpy as np

    from graph.kernels.blocks import fragmentation

    ids = network.ties.node_ids
    if criterion == "fragmentation":
        picked, _ = fragmentation(network.edges, size)
        return value_of(network, tuple(ids[at] for at in picked.tolist()), criterion=criterion)
    hops, gain = hops_between(network), _gain(len(ids), criterion, within)
    nearest = np.full(len(ids), FAR, np.uint8)
    chosen: list[int] = []
    for _ in range(size):
        reached = np.array(rounded(np.array([gain[np.minimum(nearest, row)].sum() for row in hops])))
        reached[chosen] = -1.0
        chosen.append(int(reached.argmax()))  # the first of equals, so the smallest id
        nearest = np.minimum(nearest, hops[chosen[-1]])
    return FoundSet(tuple(ids[at] for at in chosen), rounded(np.array([gain[nearest].sum()]))[0])
