"""Burt's measures of structural holes in one pass over the triangles (Burt 1992)."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled("Tuple((float64[::1], float64[::1], float64[::1]))(int64[::1], int32[::1], float64[::1])")
def structural_holes(offsets, neighbours, weight):
    """Return constraint, effective size and hierarchy by node: nan where there is no tie of positive weight.

    Rows are symmetric, sorted, without ties to oneself; weights ≥ 0. Each triangle is met once, from its corner with
    the fewest ties, so the cost of a hub is the number of its contacts' ties, not the square of its own.
    """
    n = offsets.size - 1
    edges = neighbours.size
    total = np.zeros(n)
    most = np.zeros(n)
    back = np.zeros(edges, np.int64)
    cursor = offsets[:-1].copy()
    forward_start = np.zeros(n + 1, np.int64)
    for node in range(n):
        degree = offsets[node + 1] - offsets[node]
        for edge in range(offsets[node], offsets[node + 1]):
            other = neighbours[edge]
            total[node] += weight[edge]
            most[node] = max(most[node], weight[edge])
            # Rows are sorted and nodes come in order, so the reverse edges of one row are met in order, too.
            back[edge] = cursor[other]
            cursor[other] += 1
            theirs = offsets[other + 1] - offsets[other]
            if degree < theirs or (degree == theirs and node < other):
                forward_start[node + 1] += 1
    for node in range(n):
        forward_start[node + 1] += forward_start[node]
    forward = np.zeros(forward_start[n], np.int64)
    forward_end = np.zeros(forward_start[n], np.int32)
    filled = forward_start[:-1].copy()
    for node in range(n):
        degree = offsets[node + 1] - offsets[node]
        for edge in range(offsets[node], offsets[node + 1]):
            other = neighbours[edge]
            theirs = offsets[other + 1] - offsets[other]
            if degree < theirs or (degree == theirs and node < other):
                forward[filled[node]] = edge
                forward_end[filled[node]] = other
                filled[node] += 1
    through = np.zeros(edges)
    redundant = np.zeros(n)
    marked = np.full(n, -1, np.int64)
    for a in range(n):
        for i in range(forward_start[a], forward_start[a + 1]):
            marked[forward_end[i]] = forward[i]
        for i in range(forward_start[a], forward_start[a + 1]):
            b = forward_end[i]
            ab = forward[i]
            ba = back[ab]
            for k in range(forward_start[b], forward_start[b + 1]):
                c = forward_end[k]
                ac = marked[c]
                if ac < 0:
                    continue
                bc = forward[k]
                wab, wac, wbc = weight[ab], weight[ac], weight[bc]
                if total[a] > 0 and total[b] > 0 and total[c] > 0:
                    through[ab] += wac / total[a] * wbc / total[c]
                    through[ac] += wab / total[a] * wbc / total[b]
                    through[ba] += wbc / total[b] * wac / total[c]
                    through[bc] += wab / total[b] * wac / total[a]
                    through[back[ac]] += wbc / total[c] * wab / total[b]
                    through[back[bc]] += wac / total[c] * wab / total[a]
                    # A contact tied by a weight of 0 is none; the share that counts for it sees to that.
                    if wab > 0:
                        redundant[a] += wac / total[a] * wbc / most[b]
                        redundant[b] += wbc / total[b] * wac / most[a]
                    if wac > 0:
                        redundant[a] += wab / total[a] * wbc / most[c]
                        redundant[c] += wbc / total[c] * wab / most[a]
                    if wbc > 0:
                        redundant[b] += wab / total[b] * wac / most[c]
                        redundant[c] += wac / total[c] * wab / most[b]
        for i in range(forward_start[a], forward_start[a + 1]):
            marked[forward_end[i]] = -1
    constraint = np.full(n, np.nan)
    size = np.full(n, np.nan)
    hierarchy = np.full(n, np.nan)
    for node in range(n):
        if total[node] > 0:
            contacts = 0
            whole = 0.0
            for edge in range(offsets[node], offsets[node + 1]):
                if weight[edge] > 0:
                    contacts += 1
                    through[edge] = (weight[edge] / total[node] + through[edge]) ** 2
                    whole += through[edge]
            constraint[node] = whole
            size[node] = contacts - redundant[node]
            hierarchy[node] = 1.0
            if contacts > 1:
                mean = whole / contacts
                uneven = 0.0
                for edge in range(offsets[node], offsets[node + 1]):
                    if weight[edge] > 0:
                        uneven += through[edge] / mean * np.log(through[edge] / mean)
                hierarchy[node] = uneven / (contacts * np.log(contacts))
    return constraint, size, hierarchy
