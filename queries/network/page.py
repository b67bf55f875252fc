"""A page of drawn ties as the database gives it → arrays. Needs NumPy, so it is imported where a network is read."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.tie_table import TieTable, aged, starts
from queries.connection import Row


class Pages:
    """Turns pages into tables over the same sorted ids; a day and an origin that came before are known again."""

    def __init__(self, ids: Sequence[str], as_of: date) -> None:
        self._ids = tuple(ids)
        self._place = {key: position for position, key in enumerate(ids)}
        self._as_of = as_of
        self._days = _Days()

    def table(self, columns: Row) -> TieTable:
        """Return the ties of one page, aged to the day; a stakeholder who came meanwhile is left out with its ties."""
        place, days = self._place, self._days
        said = columns["origins"]
        names: dict[str, int] = {}
        words = np.array(columns["words"], dtype=np.int64)
        both = np.array([days[code] for code in columns["days"]], dtype=np.int32).reshape(-1, 2)
        made = {
            "start": np.array([place.get(key, -1) for key in columns["from_id"]], dtype=np.int32),
            "end": np.array([place.get(key, -1) for key in columns["to_id"]], dtype=np.int32),
            "kind": (words // 100 % 100).astype(np.int8),
            "strength": _said(columns["strength"]),
            "trust": _said(columns["trust"]),
            "sign": (words % 10 // 2 - 1).astype(np.int8),
            "first_confirmed": both[:, 0].copy(),
            "last_confirmed": both[:, 1].copy(),
            "reports": (words // 10_000).astype(np.int32),
            "undated": words % 2 == 1,
        }
        made["existence"], made["status"] = aged(
            np.array(columns["confirmed"], dtype=np.float64),
            (words // 10 % 10).astype(np.int8),
            made["kind"],
            made["last_confirmed"],
            as_of=self._as_of,
        )
        table = TieTable(
            node_ids=self._ids,
            **made,
            origin_starts=starts([len(origins) for origins in said]),
            origins=np.array([names.setdefault(o, len(names)) for origins in said for o in origins], dtype=np.int32),
            origin_names=tuple(names),
        )
        known = (table.start >= 0) & (table.end >= 0)
        return (table if known.all() else table.take(known)).in_order()


def _said(values: Sequence[float]) -> NDArray[np.float64]:
    """What was said, NaN where nothing was."""
    said = np.array(values, dtype=np.float64)
    said[said < 0] = np.nan
    return said


class _Days(dict[int, tuple[int, int]]):
    """First · 10,000,000 + last, each a year · 1,000 + day of the year → ordinals of the two days."""

    def __missing__(self, code: int) -> tuple[int, int]:
        first, last = (date(day // 1_000, 1, 1).toordinal() + day % 1_000 - 1 for day in divmod(code, 10_000_000))
        self[code] = first, last
        return self[code]
