"""Brokerage: the open triads of each node, by role (Gould & Fernandez 1989)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.kernels.adjacency import Adjacency, Floats

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


@dataclass(frozen=True, slots=True)
class Triads:
    """Open triads by node: ``roles`` has a column for each of ``ROLES``.

    The others say what pairs of the open triads (a, c) of one broker have in common: ``total`` of them, ``reverse``
    those open in both directions, ``given`` and ``taken`` Σ squares of how often each node is a giver and a taker, and
    ``passed`` Σ of the products of both.
    """

    roles: npt.NDArray[np.int64]
    total: Floats
    reverse: Floats
    given: Floats
    taken: Floats
    passed: Floats


def open_triads(rows: Adjacency, groups: npt.ArrayLike) -> Triads:
    """Count open triads; ``groups`` has the number of each node's group, from 0. Ties to oneself do not count."""
    from graph.kernels.compiled import triads

    plain = rows.unlooped
    back = plain.reversed
    group = np.ascontiguousarray(np.asarray(groups, np.int32))
    most = int(group.max(initial=-1)) + 1
    roles, shared = triads.open_triads(plain.offsets, plain.neighbours, back.offsets, back.neighbours, group, most)
    return Triads(roles, *np.ascontiguousarray(shared.T))
