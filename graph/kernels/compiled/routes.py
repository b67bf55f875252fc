"""Shortest routes by two lengths, the second deciding where the first is equal (Dijkstra 1959; Pohl 1971).

Lengths are whole numbers, so sums are exact in any order. The heap is written out here for the reason given in
``lengths``.
"""

import numpy as np

from graph.kernels.compiling import compiled


@compiled(
    "Tuple((int32[::1], int64, int64))(int64[::1], int32[::1], int64[::1], int64[::1], int64[::1], int32[::1],"
    " int64[::1], int64[::1], boolean[::1], boolean[::1], int64, int64)"
)
def best_route(
    offsets,
    neighbours,
    first,
    second,
    back_offsets,
    back_neighbours,
    back_first,
    back_second,
    closed,
    barred,
    source,
    target,
):
    """Return the nodes of the best route and its two lengths; no nodes where there is none.

    ``first`` and ``second`` are the lengths by edge index, those of the backward rows come after. No ``closed`` node
    is on the route, and no ``barred`` node comes second on it. The search goes from both ends in turn. Of equally good
    routes the one completed first wins, nodes in the order in which they were reached.
    """
    n = offsets.size - 1
    met = np.zeros((2, n), np.int8)  # 0 not met, 1 waiting, 2 settled
    one = np.zeros((2, n), np.int64)
    two = np.zeros((2, n), np.int64)
    before = np.full((2, n), -1, np.int32)
    room = 1024
    heap_one = np.zeros((2, room), np.int64)
    heap_two = np.zeros((2, room), np.int64)
    heap_turn = np.zeros((2, room), np.int64)
    heap_node = np.zeros((2, room), np.int32)
    size = np.ones(2, np.int64)
    heap_node[0, 0] = source
    heap_node[1, 0] = target
    heap_turn[1, 0] = 1
    turn = 2
    met[0, source] = 1
    met[1, target] = 1
    middle = -1
    best_one = 0
    best_two = 0
    done = False
    way = 1
    while size[0] > 0 and size[1] > 0:
        way = 1 - way
        node = heap_node[way, 0]
        size[way] -= 1
        last = size[way]
        if last > 0:
            a, b, c, moved = heap_one[way, last], heap_two[way, last], heap_turn[way, last], heap_node[way, last]
            at = 0
            while True:
                below = 2 * at + 1
                if below >= last:
                    break
                if below + 1 < last:
                    x, y = below + 1, below
                    if heap_one[way, x] < heap_one[way, y] or (
                        heap_one[way, x] == heap_one[way, y]
                        and (
                            heap_two[way, x] < heap_two[way, y]
                            or (heap_two[way, x] == heap_two[way, y] and heap_turn[way, x] < heap_turn[way, y])
                        )
                    ):
                        below += 1
                p, q, r = heap_one[way, below], heap_two[way, below], heap_turn[way, below]
                if not (p < a or (p == a and (q < b or (q == b and r < c)))):
                    break
                heap_one[way, at], heap_two[way, at], heap_turn[way, at] = p, q, r
                heap_node[way, at] = heap_node[way, below]
                at = below
            heap_one[way, at], heap_two[way, at], heap_turn[way, at], heap_node[way, at] = a, b, c, moved
        if met[way, node] == 2:
            continue
        met[way, node] = 2
        if met[1 - way, node] == 2:
            done = True
            break
        begin = offsets[node] if way == 0 else back_offsets[node]
        end = offsets[node + 1] if way == 0 else back_offsets[node + 1]
        for edge in range(begin, end):
            other = neighbours[edge] if way == 0 else back_neighbours[edge]
            if closed[other] or met[way, other] == 2:
                continue
            if (way == 0 and node == source and barred[other]) or (way == 1 and other == source and barred[node]):
                continue
            a = one[way, node] + (first[edge] if way == 0 else back_first[edge])
            b = two[way, node] + (second[edge] if way == 0 else back_second[edge])
            if met[way, other] == 1 and not (a < one[way, other] or (a == one[way, other] and b < two[way, other])):
                continue
            met[way, other] = 1
            one[way, other] = a
            two[way, other] = b
            before[way, other] = node
            if size[way] == room:
                empty = np.zeros((2, room), np.int64)
                heap_one = np.concatenate((heap_one, empty), axis=1)
                heap_two = np.concatenate((heap_two, empty), axis=1)
                heap_turn = np.concatenate((heap_turn, empty), axis=1)
                heap_node = np.concatenate((heap_node, np.zeros((2, room), np.int32)), axis=1)
                room *= 2
            at = size[way]
            size[way] += 1
            while at > 0:
                above = (at - 1) >> 1
                p, q = heap_one[way, above], heap_two[way, above]
                if p < a or (p == a and q <= b):
                    break
                heap_one[way, at], heap_two[way, at], heap_turn[way, at] = p, q, heap_turn[way, above]
                heap_node[way, at] = heap_node[way, above]
                at = above
            heap_one[way, at], heap_two[way, at], heap_turn[way, at], heap_node[way, at] = a, b, turn, other
            turn += 1
            if met[1 - way, other] > 0:
                whole_one = one[0, other] + one[1, other]
                whole_two = two[0, other] + two[1, other]
                if middle < 0 or whole_one < best_one or (whole_one == best_one and whole_two < best_two):
                    middle = other
                    best_one = whole_one
                    best_two = whole_two
    if not done:
        return np.zeros(0, np.int32), 0, 0
    if middle < 0:  # source and target are one
        middle = source
    count = 1
    node = middle
    while before[0, node] >= 0:
        node = before[0, node]
        count += 1
    ahead = count
    node = middle
    while before[1, node] >= 0:
        node = before[1, node]
        count += 1
    route = np.zeros(count, np.int32)
    node = middle
    for at in range(ahead - 1, -1, -1):
        route[at] = node
        node = before[0, node]
    node = middle
    for at in range(ahead, count):
        node = before[1, node]
        route[at] = node
    return route, best_one, best_two


@compiled("int64[::1](int64[::1], int32[::1], int64[::1], boolean[::1], int64)")
def lengths_from(offsets, neighbours, length, closed, source):
    """Return, by node, how long the shortest route from the source is; -1 where there is none, or it is ``closed``."""
    n = offsets.size - 1
    far = np.full(n, -1, np.int64)
    settled = np.zeros(n, np.bool_)
    heap_key = np.zeros(neighbours.size + 1, np.int64)
    heap_node = np.zeros(neighbours.size + 1, np.int32)
    far[source] = 0
    heap_node[0] = source
    size = 1
    while size > 0:
        node = heap_node[0]
        size -= 1
        if size > 0:
            key, moved = heap_key[size], heap_node[size]
            at = 0
            while True:
                below = 2 * at + 1
                if below >= size:
                    break
                if below + 1 < size and heap_key[below + 1] < heap_key[below]:
                    below += 1
                if heap_key[below] >= key:
                    break
                heap_key[at], heap_node[at] = heap_key[below], heap_node[below]
                at = below
            heap_key[at], heap_node[at] = key, moved
        if settled[node]:
            continue
        settled[node] = True
        for edge in range(offsets[node], offsets[node + 1]):
            other = neighbours[edge]
            key = far[node] + length[edge]
            if closed[other] or settled[other] or (far[other] >= 0 and far[other] <= key):
                continue
            far[other] = key
            at = size
            size += 1
            while at > 0:
                above = (at - 1) >> 1
                if heap_key[above] <= key:
                    break
                heap_key[at], heap_node[at] = heap_key[above], heap_node[above]
                at = above
            heap_key[at], heap_node[at] = key, other
    return far
