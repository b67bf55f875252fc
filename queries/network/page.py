"""Turns pages of materialised ties into arrays. Needs NumPy, so it is imported only where a network is read."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.evidence import tie_id
from graph.networks.columns import KINDS, NUMBER_OF_STATUS, TYPES, aged, offsets
from graph.networks.tie_table import TieTable
from queries.driver.running import Row
from queries.ties.fold_text import FIELDS, NOT_OURS, STATUSES, names_of, numbers_of, origins_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NUMBERS = np.dtype([(name, f"<{letter}") for name, letter in FIELDS.items()])
_STATUSES = np.array([NUMBER_OF_STATUS[word] for word in STATUSES], dtype=np.int8)


class Pages:
    """Turns pages into tables over the same sorted ids. ``others`` are the ties that must be folded from reports."""

    def __init__(self, ids: Sequence[str], as_of: date) -> None:
        self.others: list[str] = []
        self._ids = tuple(ids)
        self._positions = {key: position for position, key in enumerate(ids)}
        self._as_of = as_of

    def table(self, columns: Row) -> TieTable:
        """Return the ties of one page, aged to the day; one with a stakeholder who appeared meanwhile is left out."""
        stored = np.frombuffer(numbers_of(columns["fold"]), dtype=_NUMBERS)
        day = self._as_of.toordinal()
        until = stored["holds_to"]
        usable = (stored["status"] != NOT_OURS) & (stored["holds_from"] <= day) & ((day < until) | (until == 0))
        for at in np.flatnonzero(~usable).tolist():
            self.others.append(tie_id(KINDS[columns["kind"][at]], columns["from_id"][at], columns["to_id"][at]))
        positions = self._positions
        start = np.array([positions.get(key, -1) for key in columns["from_id"]], dtype=np.int32)
        end = np.array([positions.get(key, -1) for key in columns["to_id"]], dtype=np.int32)
        kind = np.array(columns["kind"], dtype=np.int8)
        rows = np.flatnonzero(usable & (stored["status"] >= 0) & (start >= 0) & (end >= 0))
        stored, kind = stored[rows], kind[rows]
        existence, status = aged(
            stored["confirmed"], _STATUSES[stored["status"]], kind, stored["last_confirmed"], as_of=self._as_of
        )
        columns_of_table: dict[str, Any] = {
            **{name: stored[name].astype(TYPES[name]) for name in FIELDS if name in TYPES},
            # As in ``tie_as_of``: what is confirmed only afterwards counts as confirmed on the day asked for.
            **{
                name: np.minimum(stored[name], day).astype(TYPES[name])
                for name in ("first_confirmed", "last_confirmed")
            },
            "start": start[rows],
            "end": end[rows],
            "kind": kind,
            "existence": existence,
            "status": status,
        }
        origin_offsets, origins, names = _origins(origins_of([columns["fold"][at] for at in rows.tolist()]))
        return TieTable(
            self._ids, **columns_of_table, origin_offsets=origin_offsets, origins=origins, origin_names=names
        ).in_order()


def _origins(texts: Sequence[str]) -> "tuple[NDArray[np.int32], NDArray[np.int32], tuple[str, ...]]":
    """Return the columns of a table with the origins of each tie. Few of the lists differ: each is parsed once."""
    lists: dict[str, int] = {}
    which = np.array([lists.setdefault(text, len(lists)) for text in texts], dtype=np.intp)
    names: dict[str, int] = {}
    positions = [[names.setdefault(name, len(names)) for name in names_of(text)] for text in lists]
    counts = np.array([len(each) for each in positions], dtype=np.int32)
    begins = offsets(counts)[:-1]
    flat = np.array([position for each in positions for position in each], dtype=np.int32)
    of_tie = counts[which]
    origin_offsets = offsets(of_tie)
    shift = np.repeat(begins[which] - origin_offsets[:-1], of_tie)
    return origin_offsets, flat[np.arange(len(shift)) + shift], tuple(names)
