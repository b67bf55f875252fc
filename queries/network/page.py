"""A page of drawn ties as the database gives it → arrays. Needs NumPy, so it is imported where a network is read."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from graph.tie_table import PLACE_OF_STATUS, TYPES, TieTable, aged, starts
from queries.connection import Row

_AS_SENT = ("kind", "strength", "trust", "sign", "reports", "undated")


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
        begins = np.array([place.get(key, -1) for key in columns["from_ids"]], dtype=np.int32)
        said = columns["origins"]
        names: dict[str, int] = {}
        made = {name: np.array(columns[name], dtype=TYPES[name]) for name in _AS_SENT}  # None becomes NaN
        made["start"] = np.repeat(begins, columns["counts"])
        made["end"] = np.array([place.get(key, -1) for key in columns["to_id"]], dtype=np.int32)
        for name in ("first_confirmed", "last_confirmed"):
            made[name] = np.array([days[code] for code in columns[name]], dtype=np.int32)
        status = np.array([PLACE_OF_STATUS[word] for word in columns["status"]], dtype=np.int8)
        made["existence"], made["status"] = aged(
            np.array(columns["confirmed"], dtype=np.float64),
            status,
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


class _Days(dict[int, int]):
    """Year · 1000 + day of the year → ordinal of the day."""

    def __missing__(self, code: int) -> int:
        year, day = divmod(code, 1000)
        self[code] = date(year, 1, 1).toordinal() + day - 1
        return self[code]
