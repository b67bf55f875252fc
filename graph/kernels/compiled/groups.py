"""Measures of groups of nodes, and betweenness without contacts: on routes of fewest hops."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled("float64[::1](int64[::1], int32[::1])")
def bridgeness(offsets, neighbours):
    """Return betweenness without the pairs with an end tied to the node, over ordered pairs."""
    n = offsets.size - 1
    total = np.zeros(n)
    order = np.zeros(n, np.int32)
    hops = np.full(n, -1, np.int32)
    routes = np.zeros(n)
    depends = np.zeros(n)
    beyond = np.zeros(n)  # the same, without routes that end at a contact
    near = np.full(n, -1, np.int32)
    for source in range(n):
        near[source] = source
        for edge in range(offsets[source], offsets[source + 1]):
            near[neighbours[edge]] = source
        order[0] = source
        hops[source] = 0
        routes[source] = 1.0
        met = 1
        at = 0
        while at < met:
            node = order[at]
            at += 1
            for edge in range(offsets[node], offsets[node + 1]):
                other = neighbours[edge]
                if hops[other] < 0:
                    hops[other] = hops[node] + 1
                    order[met] = other
                    met += 1
                if hops[other] == hops[node] + 1:
                    routes[other] += routes[node]
        for position in range(met - 1, -1, -1):
            node = order[position]
            for edge in range(offsets[node], offsets[node + 1]):
                other = neighbours[edge]
                if hops[other] == hops[node] - 1:
                    share = routes[other] / routes[node]
                    depends[other] += share * (1.0 + depends[node])
                    beyond[other] += share * depends[node]
            if near[node] != source:
                total[node] += beyond[node]
        for position in range(met):
            node = order[position]
            hops[node] = -1
            routes[node] = depends[node] = beyond[node] = 0.0
    return total


@compiled("float64(int64[::1], int32[::1], boolean[::1])")
def pairs_met(offsets, neighbours, inside):
    """Return the number of pairs of others whose shortest routes meet a node inside, each counted by its share."""
    n = offsets.size - 1
    total = 0.0
    order = np.zeros(n, np.int32)
    hops = np.full(n, -1, np.int32)
    routes = np.zeros(n)
    around = np.zeros(n)  # routes that meet no node inside
    for source in range(n):
        if inside[source]:
            continue
        order[0] = source
        hops[source] = 0
        routes[source] = around[source] = 1.0
        met = 1
        at = 0
        while at < met:
            node = order[at]
            at += 1
            for edge in range(offsets[node], offsets[node + 1]):
                other = neighbours[edge]
                if hops[other] < 0:
                    hops[other] = hops[node] + 1
                    order[met] = other
                    met += 1
                if hops[other] == hops[node] + 1:
                    routes[other] += routes[node]
                    if not inside[other]:
                        around[other] += around[node]
        for position in range(met):
            node = order[position]
            if node > source and not inside[node]:
                total += 1.0 - around[node] / routes[node]
            hops[node] = -1
            routes[node] = around[node] = 0.0
    return total


@compiled("Tuple((float64[::1], float64[::1]))(uint64[::1], int32[:, ::1])")
def left_without(contacts, sets):
    """Return, for each set of removed nodes, the connected pairs of the rest and their Σ 1/d, d in hops.

    At most 64 nodes: bit j of ``contacts[i]`` says that i and j are tied.
    """
    n = contacts.size
    one = np.uint64(1)
    pairs = np.zeros(sets.shape[0])
    near = np.zeros(sets.shape[0])
    for number in range(sets.shape[0]):
        gone = np.uint64(0)
        for at in range(sets.shape[1]):
            gone |= one << np.uint64(sets[number, at])
        for source in range(n):
            front = one << np.uint64(source)
            if front & gone:
                continue
            seen = front | gone
            hops = 0.0
            while front:
                coming = np.uint64(0)
                for node in range(n):
                    if (front >> np.uint64(node)) & one:
                        coming |= contacts[node]
                front = coming & ~seen
                seen |= front
                hops += 1.0
                count = 0.0
                for node in range(n):
                    count += float((front >> np.uint64(node)) & one)
                pairs[number] += count / 2.0
                near[number] += count / hops / 2.0
    return pairs, near
