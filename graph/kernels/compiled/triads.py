"""Open triads around every broker: a → b and b → c but not a → c, with a ≠ c (Gould & Fernandez 1989)."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled("Tuple((int64[:, ::1], float64[:, ::1]))(int64[::1], int32[::1], int64[::1], int32[::1], int32[::1], int64)")
def open_triads(offsets, neighbours, back_start, back_ends, group, groups):
    """Return, by broker, its open triads by role, and what pairs of them have in common.

    Rows lead forwards in ``offsets`` and ``neighbours``, backwards in the other two; ``group`` is below ``groups``.
    Roles are coordinator, itinerant, gatekeeper, representative, liaison. Of the open triads (a, c) of one broker the
    second result counts: all T; those whose reverse is open, too; Σ_a out(a)², Σ_c in(c)² and Σ_v out(v) in(v), where
    out(v) is the number of them with v as giver and in(v) with v as taker.
    """
    n = offsets.size - 1
    roles = np.zeros((n, 5), np.int64)
    shared = np.zeros((n, 5))
    gives = np.full(n, -1, np.int32)  # whose giver, and whose taker, a node last was
    takes = np.full(n, -1, np.int32)
    open_out = np.zeros(n, np.int64)
    open_in = np.zeros(n, np.int64)
    givers = np.zeros(groups, np.int64)
    takers = np.zeros(groups, np.int64)
    mutual = np.zeros(groups, np.int64)
    for broker in range(n):
        own = group[broker]
        first, last = offsets[broker], offsets[broker + 1]
        back_first, back_last = back_start[broker], back_start[broker + 1]
        into, out = back_last - back_first, last - first
        both = 0
        for edge in range(back_first, back_last):
            giver = back_ends[edge]
            gives[giver] = broker
            givers[group[giver]] += 1
        for edge in range(first, last):
            taker = neighbours[edge]
            takes[taker] = broker
            takers[group[taker]] += 1
            if gives[taker] == broker:
                both += 1
                mutual[group[taker]] += 1
        for edge in range(back_first, back_last):
            giver = back_ends[edge]
            open_out[giver] = out - (takes[giver] == broker)
            open_in[giver] = 0
        for edge in range(first, last):
            taker = neighbours[edge]
            if gives[taker] != broker:
                open_out[taker] = 0
            open_in[taker] = into - (gives[taker] == broker)
        closed_within = 0  # all three of one group
        closed_same = 0  # the outer two of one group, the broker of another
        closed_in = 0
        closed_out = 0
        closed = 0
        mutual_ties = 0
        mutual_back = 0
        for edge in range(first, last):
            taker = neighbours[edge]
            for back in range(back_start[taker], back_start[taker + 1]):
                giver = back_ends[back]
                if gives[giver] != broker:
                    continue
                closed += 1
                open_out[giver] -= 1
                open_in[taker] -= 1
                if group[giver] == group[taker]:
                    if group[giver] == own:
                        closed_within += 1
                    else:
                        closed_same += 1
                elif group[giver] == own:
                    closed_out += 1
                elif group[taker] == own:
                    closed_in += 1
                if takes[giver] == broker and gives[taker] == broker:
                    mutual_ties += 1
                    at = np.searchsorted(neighbours[offsets[taker] : offsets[taker + 1]], giver) + offsets[taker]
                    mutual_back += at < offsets[taker + 1] and neighbours[at] == giver
        within = givers[own] * takers[own] - mutual[own] - closed_within
        same = -closed_same
        for edge in range(first, last):
            other = group[neighbours[edge]]
            if other != own:
                same += givers[other]
        for edge in range(first, last):
            taker = neighbours[edge]
            if group[taker] != own and gives[taker] == broker:
                same -= 1
        inwards = (into - givers[own]) * takers[own] - closed_in
        outwards = givers[own] * (out - takers[own]) - closed_out
        total = into * out - both - closed
        roles[broker, 0] = within
        roles[broker, 1] = same
        roles[broker, 2] = inwards
        roles[broker, 3] = outwards
        roles[broker, 4] = total - within - same - inwards - outwards
        shared[broker, 0] = total
        # Pairs of mutual contacts that are tied in at least one direction are closed in at least one.
        shared[broker, 1] = both * (both - 1) - (2 * mutual_ties - mutual_back)
        for edge in range(back_first, back_last):
            giver = back_ends[edge]
            shared[broker, 2] += float(open_out[giver]) ** 2
            shared[broker, 4] += float(open_out[giver]) * float(open_in[giver])
            givers[group[giver]] = 0
        for edge in range(first, last):
            taker = neighbours[edge]
            shared[broker, 3] += float(open_in[taker]) ** 2
            takers[group[taker]] = 0
            mutual[group[taker]] = 0
    return roles, shared
