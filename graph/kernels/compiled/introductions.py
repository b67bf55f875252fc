"""The best pairs of two sides that are tied, or that one node in between could bring together.

The best few are kept in ``top``, so pairs that cannot be among them are not examined in full. ``in_first`` and
``in_second`` flag the nodes of each side, and only the smaller side, ``outer``, is iterated. A pair that is on
both sides in both orders counts once, with its larger number first.
"""

import numpy as np

from graph.kernels.compiling import compiled


@compiled(
    "Tuple((int32[:, ::1], float64[::1]))(int64[::1], int32[::1], float64[::1], int64[::1], int32[::1], int32[::1],"
    " boolean, boolean[::1], boolean[::1], int64)"
)
def best_tied(
    offsets,
    neighbours,
    reliability,
    tension_offsets,
    tension_neighbours,
    outer,
    outer_is_first,
    in_first,
    in_second,
    most,
):
    """Return up to ``most`` tied pairs that are not in tension, one row each: first and second side; and reliability.

    The most reliable come first, then those with the smaller numbers.
    """
    top = np.full((most, 2), -1, np.int32)
    value = np.zeros(most)
    size = 0
    for item in range(outer.size):
        node = outer[item]
        for edge in range(offsets[node], offsets[node + 1]):
            other = neighbours[edge]
            one, two = (node, other) if outer_is_first else (other, node)
            if not (in_first[one] and in_second[two]) or (one < two and in_first[two] and in_second[one]):
                continue
            key = reliability[edge]
            if size == most and key < value[size - 1]:
                continue
            in_tension = False
            for at in range(tension_offsets[node], tension_offsets[node + 1]):
                in_tension |= tension_neighbours[at] == other
            if in_tension:
                continue
            at = size if size < most else most - 1
            if size == most and not (
                key > value[at] or (key == value[at] and (one < top[at, 0] or (one == top[at, 0] and two < top[at, 1])))
            ):
                continue
            size = min(size + 1, most)
            while at > 0 and (
                key > value[at - 1]
                or (key == value[at - 1] and (one < top[at - 1, 0] or (one == top[at - 1, 0] and two < top[at - 1, 1])))
            ):
                top[at], value[at] = top[at - 1], value[at - 1]
                at -= 1
            top[at, 0], top[at, 1], value[at] = one, two, key
    return top[:size].copy(), value[:size].copy()


@compiled(
    "Tuple((int32[:, ::1], float64[::1]))(int64[::1], int32[::1], float64[::1], float64[::1], boolean[::1], int64[::1],"
    " int32[::1], int32[::1], boolean, boolean[::1], boolean[::1], float64[::1], int32[::1], int64)"
)
def best_introduced(
    offsets,
    neighbours,
    reliability,
    strongest,
    introduces,
    tension_offsets,
    tension_neighbours,
    outer,
    outer_is_first,
    in_first,
    in_second,
    best,
    through,
    most,
):
    """Return up to ``most`` untied pairs that a third could introduce: first side, second side, introducer; and r · r.

    Nobody is led to, or by, one they are in tension with. ``strongest`` is the most reliable tie of each node,
    ``introduces`` who may introduce. The most reliable come first, then those with the smaller numbers; of several who
    could introduce a pair equally well, the smallest number does. ``best`` and ``through`` are working arrays by node:
    0 and anything; ``best`` is left at 0.
    """
    top = np.full((most, 3), -1, np.int32)
    value = np.zeros(most)
    size = 0
    met = np.zeros(64, np.int32)
    for item in range(outer.size):
        node = outer[item]
        count = 0
        for edge in range(offsets[node], offsets[node + 1]):
            between = neighbours[edge]
            # Only worse pairs are skipped: equally good ones may have smaller numbers.
            if not introduces[between] or (size == most and reliability[edge] * strongest[between] < value[most - 1]):
                continue
            in_tension = False
            for at in range(tension_offsets[node], tension_offsets[node + 1]):
                in_tension |= tension_neighbours[at] == between
            if in_tension:
                continue
            for further in range(offsets[between], offsets[between + 1]):
                other = neighbours[further]
                one, two = (node, other) if outer_is_first else (other, node)
                if other == node or not (in_first[one] and in_second[two]):
                    continue
                if one < two and in_first[two] and in_second[one]:
                    continue
                key = reliability[edge] * reliability[further]
                if (size == most and key < value[most - 1]) or key < best[other]:
                    continue
                if key == best[other] and through[other] < between:
                    continue
                in_tension = False
                for at in range(tension_offsets[other], tension_offsets[other + 1]):
                    in_tension |= tension_neighbours[at] == node or tension_neighbours[at] == between
                if in_tension:
                    continue
                if best[other] == 0.0:
                    if count == met.size:
                        met = np.concatenate((met, np.zeros(count, np.int32)))
                    met[count] = other
                    count += 1
                best[other] = key
                through[other] = between
        for edge in range(offsets[node], offsets[node + 1]):
            best[neighbours[edge]] = 0.0  # tied already
        for number in range(count):
            other = met[number]
            key = best[other]
            best[other] = 0.0
            one, two = (node, other) if outer_is_first else (other, node)
            at = size if size < most else most - 1
            if key == 0.0 or (
                size == most
                and not (
                    key > value[at]
                    or (key == value[at] and (one < top[at, 0] or (one == top[at, 0] and two < top[at, 1])))
                )
            ):
                continue
            size = min(size + 1, most)
            while at > 0 and (
                key > value[at - 1]
                or (key == value[at - 1] and (one < top[at - 1, 0] or (one == top[at - 1, 0] and two < top[at - 1, 1])))
            ):
                top[at], value[at] = top[at - 1], value[at - 1]
                at -= 1
            top[at, 0], top[at, 1], top[at, 2], value[at] = one, two, through[other], key
    return top[:size].copy(), value[:size].copy()
