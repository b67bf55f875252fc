"""The columns of a table of ties: their types, what their numbers stand for, and how values age."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.evidence import PRIOR
from graph.vocabulary import TIE_KINDS, TieStatus

KINDS = tuple(TIE_KINDS)
STATUSES = tuple(TieStatus)
"""What the numbers in ``kind`` and ``status`` stand for."""

NUMBER_OF_KIND = {kind: number for number, kind in enumerate(KINDS)}
NUMBER_OF_STATUS = {status.value: number for number, status in enumerate(STATUSES)}
DIRECTED = np.array([kind.directed for kind in TIE_KINDS.values()])

HALF_LIVES = np.array([kind.half_life_days for kind in TIE_KINDS.values()])
"""By the numbers of ``kind``: whether it has a direction, and its half-life in days."""

PRESENT, STALE = (NUMBER_OF_STATUS[status.value] for status in (TieStatus.PRESENT, TieStatus.STALE))
CONTESTED = NUMBER_OF_STATUS[TieStatus.CONTESTED.value]
"""The numbers in ``status`` of those three."""

TYPES: dict[str, type[Any]] = {
    "start": np.int32,
    "end": np.int32,
    "kind": np.int8,
    "existence": np.float64,
    "strength": np.float64,
    "trust": np.float64,
    "sign": np.int8,
    "status": np.int8,
    "first_confirmed": np.int32,
    "last_confirmed": np.int32,
    "reports": np.int32,
    "undated": np.bool_,
}
"""The columns with one value for each tie."""


def aged(
    confirmed: NDArray[np.float64],
    status: NDArray[np.int8],
    kind: NDArray[np.int8],
    last_confirmed: NDArray[np.int32],
    *,
    as_of: date,
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """Return existence and status on a day, to the last bit what ``graph.evidence.tie_as_of`` gives for each tie.

    p(t) = p0 + (p − p0) · 2^(−age / half-life). There are few kinds and few ages, so each power is computed once, by
    Python itself: NumPy's may differ in the last bit.
    """
    half_life = HALF_LIVES[kind]
    age = np.maximum(as_of.toordinal() - last_confirmed.astype(np.int64), 0)
    codes, which = np.unique(age * len(KINDS) + kind, return_inverse=True)
    powers = [2 ** (-(code // len(KINDS)) / int(HALF_LIVES[code % len(KINDS)])) for code in codes.tolist()]
    existence = PRIOR + (confirmed - PRIOR) * np.array(powers, dtype=np.float64)[which]
    stale = (status == PRESENT) & (age > half_life)
    return existence, np.where(stale, np.int8(STALE), status).astype(np.int8)


def sort_keys(start: NDArray[Any], end: NDArray[Any], kind: NDArray[Any], nodes: int) -> NDArray[np.int64]:
    """Return one number for each (from, to, kind), in that order: 2 · 10^9 stakeholders squared do not fit, 10^8 do."""
    numbers: NDArray[np.int64] = (start.astype(np.int64) * nodes + end) * len(KINDS) + kind
    return numbers


def offsets(counts: Iterable[int] | NDArray[Any]) -> NDArray[np.int32]:
    """Return where the items of each begin in one long list (CSR): 0, then the running sum of the counts."""
    counted = counts if isinstance(counts, np.ndarray) else np.fromiter(counts, dtype=np.int32)
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(counted, dtype=np.int32)])
