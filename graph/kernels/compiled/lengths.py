"""Dependencies along shortest routes by length, from a batch of sources (Brandes 2001, after Dijkstra 1959).

The queue is a ring of buckets of equal width, the current one kept as a small binary heap: a node waits in a bucket
at no cost, and is sorted only among the few in the current bucket. Where all fall into one bucket it is Dijkstra's
plain heap, so no input makes it worse than that. Routes are stored as one tie that leads to each node and a list of
further ones of equal length, which has few entries unless lengths are alike.

The heap is written out where it is used, here and in ``reach``: compiled code cached on disk does not notice when
a function that it calls from another file has changed.
"""

import numpy as np

from graph.kernels.compiling import compiled

BEFORE, ALSO, BUCKET, FOLLOWING, PREVIOUS = 0, 1, 2, 3, 4


@compiled(
    "int64(int64[::1], int32[::1], float64[::1], int32[::1], float64[::1], float64[::1], float64, float64, int64,"
    " float64, float64[::1], float64[::1], float64[::1])"
)
def add_dependencies(
    offsets, neighbours, length, sources, factors, counts, tolerance, per_length, ring, endpoint, nodes, ties, squares
):
    """Add the dependencies of routes from the sources to all others, and return how many equal routes were met.

    ``factors`` multiplies what each source gives, ``counts`` is the number of targets at each node, and routes
    that differ by no more than ``tolerance`` count as equal. ``per_length`` is 1 / width of a bucket and ``ring`` their
    number, a power of two: ring / per_length must exceed the longest tie. ``endpoint`` is added for the ends of each
    route. Results go to ``nodes``, and unless empty to ``ties`` (by edge index) and ``squares`` (of single sources).
    """
    n = offsets.size - 1
    mask = ring - 1
    with_ties = ties.size > 0
    with_squares = squares.size > 0
    best = np.full(n, np.inf)
    routes = np.zeros(n)
    depends = np.zeros(n)
    links = np.full((n, 8), -1, np.int32)  # together, as they are read together: half a cache line
    before_edge = np.zeros(n if with_ties else 0, np.int64)
    also_node = np.zeros(neighbours.size + 1, np.int32)
    also_edge = np.zeros(neighbours.size + 1 if with_ties else 0, np.int64)
    also_next = np.zeros(neighbours.size + 1, np.int32)
    order = np.zeros(n, np.int32)
    better = np.zeros(n + 1, np.int64)
    # The ring: doubly linked lists through the nodes; `BUCKET` is that of a waiting node, -1 of any other.
    first = np.full(ring, -1, np.int32)
    # The heap of the current bucket. A node whose length fell while in it is in it again.
    heap_key = np.zeros(n + 64)
    heap_node = np.zeros(n + 64, np.int32)
    equal_routes = 0
    looked = 0
    settled_before = 0
    for number in range(sources.size):
        source = sources[number]
        best[source] = 0.0
        routes[source] = 1.0
        settled = 0
        waiting = 0
        spare = 0
        if looked > 8 * (settled_before + 16) and ring > 16:
            # Long chains pass many empty buckets: make them wider.
            ring >>= 1
            mask = ring - 1
            per_length *= 0.5
        looked = 0
        hand = 0  # the current bucket, counted from the source without wrapping round
        heap_key[0] = 0.0
        heap_node[0] = source
        size = 1
        while True:
            if size == 0:
                if waiting == 0:
                    break
                empty = hand
                hand += 1
                while first[hand & mask] < 0:
                    hand += 1
                looked += hand - empty
                node = first[hand & mask]
                first[hand & mask] = -1
                while node >= 0:
                    waiting -= 1
                    links[node, BUCKET] = -1
                    key = best[node]
                    at = size
                    size += 1
                    while at > 0:
                        above = (at - 1) >> 1
                        if heap_key[above] <= key:
                            break
                        heap_key[at] = heap_key[above]
                        heap_node[at] = heap_node[above]
                        at = above
                    heap_key[at] = key
                    heap_node[at] = node
                    node = links[node, FOLLOWING]
            node = heap_node[0]
            here = heap_key[0]
            size -= 1
            if size > 0:
                key = heap_key[size]
                moved = heap_node[size]
                at = 0
                while True:
                    below = 2 * at + 1
                    if below >= size:
                        break
                    if below + 1 < size and heap_key[below + 1] < heap_key[below]:
                        below += 1
                    if heap_key[below] >= key:
                        break
                    heap_key[at] = heap_key[below]
                    heap_node[at] = heap_node[below]
                    at = below
                heap_key[at] = key
                heap_node[at] = moved
            if here != best[node] or links[node, BUCKET] == -2:
                continue
            links[node, BUCKET] = -2
            order[settled] = node
            settled += 1
            if node != source:
                count = routes[links[node, BEFORE]]
                item = links[node, ALSO]
                while item >= 0:
                    count += routes[also_node[item]]
                    item = also_next[item]
                routes[node] = count
            # Two loops: which ties lead to new nodes is unpredictable, so finding them must not branch.
            promising = 0
            for edge in range(offsets[node], offsets[node + 1]):
                better[promising] = edge
                promising += here + length[edge] <= best[neighbours[edge]] + tolerance
            for item in range(promising):
                edge = better[item]
                other = neighbours[edge]
                there = here + length[edge]
                known = best[other]
                if there <= known + tolerance:
                    if there < known - tolerance:
                        was = links[other, BUCKET]
                        if was == -2:
                            continue  # a tie too short to make a difference to this length
                        best[other] = there
                        links[other, BEFORE] = node
                        links[other, ALSO] = -1
                        if with_ties:
                            before_edge[other] = edge
                        bucket = np.int64(there * per_length)
                        if bucket <= hand:
                            if was >= 0:
                                left = links[other, PREVIOUS]
                                right = links[other, FOLLOWING]
                                if left >= 0:
                                    links[left, FOLLOWING] = right
                                else:
                                    first[was] = right
                                if right >= 0:
                                    links[right, PREVIOUS] = left
                                links[other, BUCKET] = -1
                                waiting -= 1
                            if size == heap_key.size:
                                heap_key = np.concatenate((heap_key, np.zeros(size)))
                                heap_node = np.concatenate((heap_node, np.zeros(size, np.int32)))
                            at = size
                            size += 1
                            while at > 0:
                                above = (at - 1) >> 1
                                if heap_key[above] <= there:
                                    break
                                heap_key[at] = heap_key[above]
                                heap_node[at] = heap_node[above]
                                at = above
                            heap_key[at] = there
                            heap_node[at] = other
                        else:
                            now = np.int32(bucket & mask)
                            if was != now:
                                if was >= 0:
                                    left = links[other, PREVIOUS]
                                    right = links[other, FOLLOWING]
                                    if left >= 0:
                                        links[left, FOLLOWING] = right
                                    else:
                                        first[was] = right
                                    if right >= 0:
                                        links[right, PREVIOUS] = left
                                else:
                                    waiting += 1
                                right = first[now]
                                links[other, FOLLOWING] = right
                                links[other, PREVIOUS] = -1
                                if right >= 0:
                                    links[right, PREVIOUS] = other
                                first[now] = other
                                links[other, BUCKET] = now
                    elif links[other, BUCKET] != -2:
                        equal_routes += 1
                        also_node[spare] = node
                        if with_ties:
                            also_edge[spare] = edge
                        also_next[spare] = links[other, ALSO]
                        links[other, ALSO] = spare
                        spare += 1
        settled_before = settled
        factor = factors[number]
        for position in range(settled - 1, 0, -1):
            node = order[position]
            depend = depends[node]
            share = (counts[node] + depend) / routes[node]
            ahead = links[node, BEFORE]
            part = routes[ahead] * share
            depends[ahead] += part
            if with_ties:
                ties[before_edge[node]] += factor * part
            item = links[node, ALSO]
            while item >= 0:
                ahead = also_node[item]
                part = routes[ahead] * share
                depends[ahead] += part
                if with_ties:
                    ties[also_edge[item]] += factor * part
                item = also_next[item]
            given = factor * (depend + endpoint)
            nodes[node] += given
            if with_squares:
                squares[node] += given * given
            best[node] = np.inf
            depends[node] = 0.0
            links[node, ALSO] = -1
            links[node, BUCKET] = -1
        nodes[source] += factor * endpoint * (settled - 1)
        best[source] = np.inf
        depends[source] = 0.0
        links[source, ALSO] = -1
        links[source, BUCKET] = -1
    return equal_routes
