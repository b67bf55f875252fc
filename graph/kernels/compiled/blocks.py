"""One depth-first walk that finds blocks and cut points (Hopcroft & Tarjan 1973), and greedy fragmentation with it."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled(
    "Tuple((int32[::1], int32[::1], int32[::1], int32[::1], int32[::1], int32[::1]))"
    "(int64[::1], int32[::1], boolean[::1])"
)
def walk(offsets, neighbours, gone):
    """Walk over all nodes that are not gone, without recursion; ties to oneself do not matter.

    Returns ``order`` (nodes as met, padded with -1), and by node ``met`` (position there), ``parent`` (-1 at a root),
    ``highest`` (first position that a tie leads to from the part below), ``below`` (nodes in the part below, itself
    included) and ``component`` (its nodes, given at every member).
    """
    n = offsets.size - 1
    order = np.full(n, -1, np.int32)
    met = np.full(n, -1, np.int32)
    parent = np.full(n, -1, np.int32)
    highest = np.full(n, -1, np.int32)
    below = np.zeros(n, np.int32)
    component = np.zeros(n, np.int32)
    at = offsets[:-1].copy()
    count = 0
    for root in range(n):
        if met[root] >= 0 or gone[root]:
            continue
        first = count
        order[count] = root
        met[root] = highest[root] = count
        count += 1
        node = root
        while True:
            if at[node] < offsets[node + 1]:
                other = neighbours[at[node]]
                at[node] += 1
                if gone[other]:
                    continue
                if met[other] < 0:
                    order[count] = other
                    met[other] = highest[other] = count
                    count += 1
                    parent[other] = node
                    node = other
                elif other != parent[node] and met[other] < highest[node]:
                    highest[node] = met[other]
            else:
                above = parent[node]
                below[node] = count - met[node]
                if above < 0:
                    break
                highest[above] = min(highest[above], highest[node])
                node = above
        for position in range(first, count):
            component[order[position]] = count - first
    return order, met, parent, highest, below, component


@compiled("Tuple((int32[::1], float64[::1]))(int64[::1], int32[::1], int64)")
def fragment(offsets, neighbours, picks):
    """Remove, one by one, the node whose loss leaves the fewest connected pairs (the first of equals).

    Returns the nodes picked and how many pairs of the others are still connected after each.
    """
    n = offsets.size - 1
    gone = np.zeros(n, np.bool_)
    picked = np.zeros(min(picks, n), np.int32)
    left = np.zeros(min(picks, n))
    apart = np.zeros(n)  # by node, in one walk: nodes in the parts that it alone connects
    pairs = np.zeros(n)  # and the pairs within those parts
    for pick in range(picked.size):
        _order, met, parent, highest, below, component = walk(offsets, neighbours, gone)
        apart[:] = 0.0
        pairs[:] = 0.0
        total = 0.0
        for node in range(n):
            if met[node] < 0:
                continue
            above = parent[node]
            if above < 0:
                size = float(component[node])
                total += size * (size - 1.0) / 2.0
            elif highest[node] >= met[above]:
                size = float(below[node])
                apart[above] += size
                pairs[above] += size * (size - 1.0) / 2.0
        best = -1
        most = -1.0
        for node in range(n):
            if met[node] >= 0:
                size = float(component[node])
                rest = size - 1.0 - apart[node]
                loss = size * (size - 1.0) / 2.0 - pairs[node] - rest * (rest - 1.0) / 2.0
                if loss > most:
                    most = loss
                    best = node
        gone[best] = True
        picked[pick] = best
        left[pick] = total - most
    return picked, left
