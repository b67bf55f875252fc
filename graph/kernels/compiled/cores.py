"""Core numbers by removing the node with fewest contacts left (Batagelj & Zaversnik 2003)."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled("int32[::1](int64[::1], int32[::1])")
def core_numbers(offsets, neighbours):
    """Return, by node, the highest k for which it is in the k-core; undirected rows without ties to oneself.

    ``order`` holds the nodes by their number of contacts left; ``first`` is the offset of those with each number.
    """
    n = offsets.size - 1
    left = np.zeros(n, np.int32)
    for node in range(n):
        left[node] = offsets[node + 1] - offsets[node]
    most = 0
    for node in range(n):
        most = max(most, left[node])
    first = np.zeros(most + 2, np.int64)
    for node in range(n):
        first[left[node] + 1] += 1
    for number in range(1, most + 2):
        first[number] += first[number - 1]
    order = np.zeros(n, np.int32)
    position = np.zeros(n, np.int64)
    filled = first.copy()
    for node in range(n):
        position[node] = filled[left[node]]
        order[position[node]] = node
        filled[left[node]] += 1
    for at in range(n):
        node = order[at]
        for edge in range(offsets[node], offsets[node + 1]):
            other = neighbours[edge]
            if left[other] > left[node]:
                # It swaps positions with the first of those with as many left, and the others begin one later.
                begin = first[left[other]]
                swapped = order[begin]
                order[begin] = other
                order[position[other]] = swapped
                position[swapped] = position[other]
                position[other] = begin
                first[left[other]] += 1
                left[other] -= 1
    return left
