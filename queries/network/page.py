"""A page of drawn ties as the database gives it → arrays. Needs NumPy, so it is imported where a network is read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.evidence import EVIDENCE_MODEL, tie_id
from graph.tie_table import KINDS, PLACE_OF_STATUS, TieTable, aged, starts
from queries.connection import Row
from queries.ties.fold_text import columns_of

_SILENT = -1
"""The status of a tie of which nothing is said in its window."""


class Pages:
    """Turns pages into tables over the same sorted ids. ``others`` are the ties that must be folded from reports."""

    def __init__(self, ids: Sequence[str], as_of: date) -> None:
        self.others: list[str] = []
        self._ids = tuple(ids)
        self._place = {key: position for position, key in enumerate(ids)}
        self._as_of = as_of

    def table(self, columns: Row) -> TieTable:
        """Return the ties of one page, aged to the day; a stakeholder who came meanwhile is left out with its ties."""
        folds = columns_of(columns["fold"])
        day = self._as_of.toordinal()
        drawn = np.array([model == EVIDENCE_MODEL for model in folds["evidence_model"]], dtype=np.bool_)
        drawn &= _numbers(folds["holds_from"]) <= day
        drawn &= (day < (until := _numbers(folds["holds_to"]))) | (until == 0)
        for at in np.flatnonzero(~drawn).tolist():
            self.others.append(tie_id(KINDS[columns["kind"][at]], columns["from_id"][at], columns["to_id"][at]))
        names: dict[str, int] = {}
        said = [origins or () for origins in folds["origins"]]
        status = np.array([PLACE_OF_STATUS.get(word, _SILENT) for word in folds["status"]], dtype=np.int8)
        made: dict[str, NDArray[Any]] = {
            "start": self._places(columns["from_id"]),
            "end": self._places(columns["to_id"]),
            "kind": np.array(columns["kind"], dtype=np.int8),
            "strength": np.array(folds["strength"], dtype=np.float64),  # None becomes NaN
            "trust": np.array(folds["trust"], dtype=np.float64),
            "sign": _numbers(folds["sign"]).astype(np.int8),
            "first_confirmed": _numbers(folds["first_confirmed"]),
            "last_confirmed": _numbers(folds["last_confirmed"]),
            "reports": _numbers(folds["reports"]),
            "undated": np.array(folds["undated"], dtype=np.bool_),
        }
        made["existence"], made["status"] = aged(
            np.array(folds["confirmed"], dtype=np.float64),
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
        told = drawn & (status != _SILENT) & (table.start >= 0) & (table.end >= 0)
        return (table if told.all() else table.take(told)).in_order()

    def _places(self, ids: Sequence[str]) -> NDArray[np.int32]:
        place = self._place
        return np.array([place.get(key, -1) for key in ids], dtype=np.int32)


def _numbers(values: Sequence[int | None]) -> NDArray[np.int32]:
    """Whole numbers, 0 where nothing was said."""
    return np.array([value or 0 for value in values], dtype=np.int32)
