"""Dependencies along shortest routes by hops, from a batch of sources (Brandes 2001)."""

import numpy as np

from graph.kernels.compiling import compiled


@compiled(
    "void(int64[::1], int32[::1], int32[::1], float64[::1], float64[::1], float64, float64[::1], float64[::1],"
    " float64[::1])"
)
def add_dependencies(offsets, neighbours, sources, factors, counts, endpoint, nodes, ties, squares):
    """Add the dependencies of routes from the sources to all others.

    ``factors`` multiplies what each source gives and ``counts`` is the number of targets that each node stands for.
    ``endpoint`` is added for the ends of each route. Results go to ``nodes``, and to ``ties`` (by edge index) and
    ``squares`` (of single sources) unless those are empty.
    """
    n = offsets.size - 1
    with_ties = ties.size > 0
    with_squares = squares.size > 0
    far = np.int32(2**31 - 1)
    hops = np.full(n, far, np.int32)
    routes = np.zeros(n)
    share = np.zeros(n)
    order = np.zeros(n + 1, np.int32)
    onward = np.zeros(n + 1, np.int32)
    for number in range(sources.size):
        source = sources[number]
        hops[source] = 0
        routes[source] = 1.0
        order[0] = source
        met = 1
        position = 0
        while position < met:
            node = order[position]
            position += 1
            further = np.int32(hops[node] + 1)
            count = routes[node]
            # Two loops: which ties lead on is unpredictable, so finding them must not branch.
            leading = 0
            for edge in range(offsets[node], offsets[node + 1]):
                other = neighbours[edge]
                onward[leading] = other
                leading += hops[other] >= further
            for item in range(leading):
                other = onward[item]
                order[met] = other
                met += hops[other] > further
                hops[other] = further
                routes[other] += count
        factor = factors[number]
        for position in range(met - 1, -1, -1):
            node = order[position]
            further = hops[node] + 1
            count = routes[node]
            depend = 0.0
            if with_ties:
                for edge in range(offsets[node], offsets[node + 1]):
                    other = neighbours[edge]
                    if hops[other] == further:
                        part = count * share[other]
                        depend += part
                        ties[edge] += factor * part
            else:
                for edge in range(offsets[node], offsets[node + 1]):
                    other = neighbours[edge]
                    depend += share[other] if hops[other] == further else 0.0
                depend *= count
            share[node] = (counts[node] + depend) / count
            if position > 0:
                given = factor * (depend + endpoint)
                nodes[node] += given
                if with_squares:
                    squares[node] += given * given
        nodes[source] += factor * endpoint * (met - 1)
        for position in range(met):
            node = order[position]
            hops[node] = far
            routes[node] = 0.0
