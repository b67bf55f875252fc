"""Scores of pairs by their common contacts, which predict a tie (Liben-Nowell & Kleinberg 2007)."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled("float64[:, ::1](int64[::1], int32[::1], int32[::1], int32[::1])")
def scores(offsets, neighbours, ones, others):
    """Return one row for each pair: common contacts, Jaccard, Adamic-Adar and resource allocation; rows sorted."""
    found = np.zeros((ones.size, 4))
    for pair in range(ones.size):
        i, i_end = offsets[ones[pair]], offsets[ones[pair] + 1]
        j, j_end = offsets[others[pair]], offsets[others[pair] + 1]
        either = (i_end - i) + (j_end - j)
        while i < i_end and j < j_end:
            if neighbours[i] < neighbours[j]:
                i += 1
            elif neighbours[i] > neighbours[j]:
                j += 1
            else:
                degree = float(offsets[neighbours[i] + 1] - offsets[neighbours[i]])
                found[pair, 0] += 1.0
                # A contact of two nodes has at least two ties; one only where both of a pair are the same.
                if degree > 1.0:
                    found[pair, 2] += 1.0 / np.log(degree)
                found[pair, 3] += 1.0 / degree
                i += 1
                j += 1
        if either > 0:
            found[pair, 1] = found[pair, 0] / (either - found[pair, 0])
    return found


@compiled("Tuple((int32[::1], int32[::1]))(int64[::1], int32[::1])")
def two_apart(offsets, neighbours):
    """Return every pair, smaller number first, that is not tied but has a common contact, in rising order."""
    n = offsets.size - 1
    seen = np.full(n, -1, np.int32)
    ones = np.zeros(1024, np.int32)
    others = np.zeros(1024, np.int32)
    count = 0
    for node in range(n):
        seen[node] = node
        for edge in range(offsets[node], offsets[node + 1]):
            seen[neighbours[edge]] = node
        before = count
        for edge in range(offsets[node], offsets[node + 1]):
            middle = neighbours[edge]
            for further in range(offsets[middle], offsets[middle + 1]):
                other = neighbours[further]
                if other > node and seen[other] != node:
                    seen[other] = node
                    if count == ones.size:
                        ones = np.concatenate((ones, np.zeros(count, np.int32)))
                        others = np.concatenate((others, np.zeros(count, np.int32)))
                    ones[count] = node
                    others[count] = other
                    count += 1
        others[before:count].sort()
    return ones[:count].copy(), others[:count].copy()
