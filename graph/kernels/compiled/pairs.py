"""What two nodes have in common: scores that foretell a tie (Liben-Nowell & Kleinberg 2007)."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled("float64[:, ::1](int64[::1], int32[::1], int32[::1], int32[::1])")
def scores(start, ends, ones, others):
    """Return, a row a pair: common contacts, Jaccard, Adamic-Adar and resource allocation; rows sorted."""
    found = np.zeros((ones.size, 4))
    for pair in range(ones.size):
        i, i_end = start[ones[pair]], start[ones[pair] + 1]
        j, j_end = start[others[pair]], start[others[pair] + 1]
        either = (i_end - i) + (j_end - j)
        while i < i_end and j < j_end:
            if ends[i] < ends[j]:
                i += 1
            elif ends[i] > ends[j]:
                j += 1
            else:
                degree = float(start[ends[i] + 1] - start[ends[i]])
                found[pair, 0] += 1.0
                # Whoever is a contact of two has at least two; one alone only where both of a pair are the same.
                if degree > 1.0:
                    found[pair, 2] += 1.0 / np.log(degree)
                found[pair, 3] += 1.0 / degree
                i += 1
                j += 1
        if either > 0:
            found[pair, 1] = found[pair, 0] / (either - found[pair, 0])
    return found


@compiled("Tuple((int32[::1], int32[::1]))(int64[::1], int32[::1])")
def two_apart(start, ends):
    """Return every pair, smaller number first, that is not tied but has a common contact, in rising order."""
    n = start.size - 1
    seen = np.full(n, -1, np.int32)
    ones = np.zeros(1024, np.int32)
    others = np.zeros(1024, np.int32)
    count = 0
    for node in range(n):
        seen[node] = node
        for slot in range(start[node], start[node + 1]):
            seen[ends[slot]] = node
        before = count
        for slot in range(start[node], start[node + 1]):
            middle = ends[slot]
            for further in range(start[middle], start[middle + 1]):
                other = ends[further]
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
