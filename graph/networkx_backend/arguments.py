"""NetworkX's arguments as the kernels take them: names of weights, positions of nodes.

Each raises ``NotImplementedError`` for what a kernel would compute differently from NetworkX, whose own code then runs.
"""

from collections.abc import Hashable, Iterable
from random import Random

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency
from graph.networkx_backend.sparse_graph import Sparse

Node = Hashable

EXACT = 2.0**53
"""Whole numbers add up without rounding below this."""


def length_for(graph: Sparse, weight: str | None) -> str | None:
    """Return the name of a length the kernels can use; ``None`` where every tie counts as 1."""
    if callable(weight):
        raise NotImplementedError("lengths from a function")
    values = graph.rows.weights.get(weight) if weight is not None else None
    if values is None or (values == 1.0).all():
        return None
    least, most = float(values.min()), float(values.max())
    # Below this, adding the shortest tie to the longest route would make no difference.
    if not (least > 0 and most * len(graph.names) < EXACT * least):
        raise NotImplementedError("lengths that are 0, negative, infinite or too far apart in size")
    return weight


def adds_up(rows: Adjacency, length: str | None) -> bool:
    """Return whether lengths add up without rounding, so that the parts of a route sum to its length."""
    if length is None:
        return True
    values = rows.weights[length]
    return bool((values == np.rint(values)).all() and values.max() * len(rows) < EXACT)


def strength_for(graph: Sparse, weight: str | None) -> str | None:
    """Return the name of a strength the kernels can use; ``None`` where every tie counts as 1."""
    if graph.rows.loops:
        raise NotImplementedError("ties to oneself")
    values = graph.rows.weights.get(weight) if weight is not None else None
    if values is not None and not (values.min(initial=np.inf) > 0 and np.isfinite(values).all()):
        raise NotImplementedError("strengths that are not above 0")
    return None if values is None else weight


def sampled_positions(graph: Sparse, k: int, seed: Random | None) -> list[int]:
    """Return the positions of ``k`` nodes that NetworkX itself would sample with this seed."""
    if seed is None or k < 1:
        raise NotImplementedError("a sample of none, or a seed that NetworkX has not looked at")
    return [graph.number[name] for name in seed.sample(list(graph.names), k)]


def positions(graph: Sparse, names: Iterable[Node]) -> npt.NDArray[np.int32]:
    """Return the positions of named nodes."""
    try:
        return np.array([graph.number[name] for name in names], np.int32)
    except (KeyError, TypeError) as error:
        raise NotImplementedError(f"a node that the graph lacks: {error}") from error
