"""Distances from a batch of sources, summed at each node."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled("void(int64[::1], int32[::1], int32[::1], float64[::1], float64[::1], float64[::1])")
def add_hops(offsets, neighbours, sources, near, far, reached):
    """Add Σ 1/d, Σ d and the number of sources reached, d in hops from each source; rows lead backwards.

    64 sources go at once, one bit each, so a tie is read once per hop for all of them (Then et al. 2014).
    """
    n = offsets.size - 1
    seen = np.zeros(n, np.uint64)
    front = np.zeros(n, np.uint64)
    coming = np.zeros(n, np.uint64)
    for first in range(0, sources.size, 64):
        seen[:] = 0
        front[:] = 0
        for lane in range(min(64, sources.size - first)):
            bit = np.uint64(1) << np.uint64(lane)
            seen[sources[first + lane]] |= bit
            front[sources[first + lane]] |= bit
        hops = 0.0
        going = True
        while going:
            going = False
            hops += 1.0
            for node in range(n):
                bits = np.uint64(0)
                known = seen[node]
                if known != np.uint64(0xFFFFFFFFFFFFFFFF):
                    for edge in range(offsets[node], offsets[node + 1]):
                        bits |= front[neighbours[edge]]
                    bits &= ~known
                coming[node] = bits
                if bits:
                    going = True
                    count = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
                    count = (count & np.uint64(0x3333333333333333)) + (
                        (count >> np.uint64(2)) & np.uint64(0x3333333333333333)
                    )
                    count = (count + (count >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
                    count += count >> np.uint64(8)
                    count += count >> np.uint64(16)
                    count += count >> np.uint64(32)
                    met = float(count & np.uint64(0x7F))
                    near[node] += met / hops
                    far[node] += met * hops
                    reached[node] += met
            for node in range(n):
                seen[node] |= coming[node]
                front[node] = coming[node]


@compiled("void(int64[::1], int32[::1], float64[::1], int32[::1], float64[::1], float64[::1], float64[::1])")
def add_lengths(offsets, neighbours, length, sources, near, far, reached):
    """Add the same with lengths (Dijkstra 1959); rows lead forwards."""
    n = offsets.size - 1
    best = np.full(n, np.inf)
    settled = np.zeros(n, np.bool_)
    order = np.zeros(n, np.int32)
    heap_key = np.zeros(neighbours.size + 1)
    heap_node = np.zeros(neighbours.size + 1, np.int32)
    for number in range(sources.size):
        best[sources[number]] = 0.0
        heap_key[0] = 0.0
        heap_node[0] = sources[number]
        size = 1
        met = 0
        while size > 0:
            here = heap_key[0]
            node = heap_node[0]
            size -= 1
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
            if settled[node]:
                continue
            settled[node] = True
            order[met] = node
            met += 1
            for edge in range(offsets[node], offsets[node + 1]):
                other = neighbours[edge]
                there = here + length[edge]
                if there < best[other]:
                    best[other] = there
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
        for position in range(met):
            node = order[position]
            if position > 0:
                near[node] += 1.0 / best[node]
                far[node] += best[node]
                reached[node] += 1.0
            best[node] = np.inf
            settled[node] = False
