"""Several tables of ties, as they are read part by part, joined into one."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.networks.columns import TYPES, offsets
from graph.networks.tie_table import TieTable


def joined(tables: Iterable[TieTable], node_ids: Sequence[str]) -> TieTable:
    """Return the ties of all these tables, which share ``node_ids``, in the order of ``TieTable``."""
    names: dict[str, int] = {}
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in TYPES}
    counts, origins = [], []
    for table in tables:
        for name, arrays in parts.items():
            arrays.append(getattr(table, name))
        number = np.array([names.setdefault(name, len(names)) for name in table.origin_names], dtype=np.int32)
        counts.append(np.diff(table.origin_offsets))
        origins.append(number[table.origins])
    return TieTable(
        node_ids=tuple(node_ids),
        # The parts of each column are freed as soon as it is whole: else a million ties would be in memory twice.
        **{name: _concatenated(parts.pop(name), kind) for name, kind in TYPES.items()},
        origin_offsets=offsets(_concatenated(counts, np.int32)),
        origins=_concatenated(origins, np.int32),
        origin_names=tuple(names),
    ).in_order()


def _concatenated(parts: Sequence[NDArray[Any]], kind: type[Any]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, kind), *parts]).astype(kind, copy=False)
