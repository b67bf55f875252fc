"""Ties as a table of columns, so that a million of them fit in memory and can be computed with.

Stakeholders are positions in the sorted ids, words are positions in their registries, days are ordinals, what was
never reported is NaN, and the origins of all ties are one list of positions with the offset where each tie's begin. A
``Tie`` object is made only when asked for; its id is not stored, because it follows from what the tie joins.

This module needs NumPy, so it is imported where a network is built, not where its type is only mentioned.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from graph.evidence import PRIOR, tie_id
from graph.networks.columns import (
    CONTESTED,
    KINDS,
    NUMBER_OF_KIND,
    NUMBER_OF_STATUS,
    PRESENT,
    STALE,
    STATUSES,
    TYPES,
    offsets,
    sort_keys,
)
from graph.ties import Tie


@dataclass(frozen=True, eq=False)
class TieTable(Sequence[Tie]):
    """Ties in the order of from, to and kind. ``start`` and ``end`` are positions in ``node_ids``, which are sorted.

    The origins of tie i are ``origin_names[j]`` for each j in ``origins[origin_offsets[i]:origin_offsets[i + 1]]``.
    The columns may not be written to: networks share them.
    """

    node_ids: tuple[str, ...]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    kind: NDArray[np.int8]
    existence: NDArray[np.float64]
    strength: NDArray[np.float64]
    trust: NDArray[np.float64]
    sign: NDArray[np.int8]
    status: NDArray[np.int8]
    first_confirmed: NDArray[np.int32]
    last_confirmed: NDArray[np.int32]
    reports: NDArray[np.int32]
    undated: NDArray[np.bool_]
    origin_offsets: NDArray[np.int32]
    origins: NDArray[np.int32]
    origin_names: tuple[str, ...]

    @classmethod
    def of(cls, ties: Iterable[Tie], node_ids: Sequence[str]) -> "TieTable":
        """Return the table of these ties; those with an end not in ``node_ids`` (sorted) are left out."""
        position = {key: number for number, key in enumerate(node_ids)}
        among = [tie for tie in ties if tie.from_id in position and tie.to_id in position]
        names: dict[str, int] = {}
        columns = {
            "start": [position[tie.from_id] for tie in among],
            "end": [position[tie.to_id] for tie in among],
            "kind": [NUMBER_OF_KIND[tie.kind] for tie in among],
            "status": [NUMBER_OF_STATUS[tie.status.value] for tie in among],
            "first_confirmed": [tie.first_confirmed.toordinal() for tie in among],
            "last_confirmed": [tie.last_confirmed.toordinal() for tie in among],
            **{name: [getattr(tie, name) for tie in among] for name in _AS_GIVEN},
        }
        return cls(
            node_ids=tuple(node_ids),
            **{name: np.array(values, dtype=TYPES[name]) for name, values in columns.items()},  # None becomes NaN
            origin_offsets=offsets([len(tie.origins) for tie in among]),
            origins=np.array([names.setdefault(o, len(names)) for tie in among for o in tie.origins], dtype=np.int32),
            origin_names=tuple(names),
        ).in_order()

    @property
    def sort_key(self) -> NDArray[np.int64]:
        """One number for each tie, unique, rising in the order of from, to and kind."""
        return sort_keys(self.start, self.end, self.kind, len(self.node_ids))

    @property
    def nbytes(self) -> int:
        """The memory of the columns in bytes."""
        return sum(value.nbytes for item in fields(self) if isinstance(value := getattr(self, item.name), np.ndarray))

    def exists(self) -> NDArray[np.bool_]:
        """Return, for each tie, whether it counts as existing, as ``graph.networks.network.exists`` does."""
        contested = (self.status == CONTESTED) & (self.existence > PRIOR)
        existing: NDArray[np.bool_] = (self.status == PRESENT) | (self.status == STALE) | contested
        return existing

    def in_order(self) -> "TieTable":
        """Return the ties in order: this table itself if they already are."""
        keys = self.sort_key
        if (keys[1:] >= keys[:-1]).all():
            return self
        return self.take(np.argsort(keys, kind="stable"))

    def take(self, chosen: NDArray[np.integer[Any]] | NDArray[np.bool_]) -> "TieTable":
        """Return the ties at these positions, in that order, or those for which a mask is true."""
        positions: NDArray[np.intp] = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen.astype(np.intp)
        counts = np.diff(self.origin_offsets)[positions]
        begins = offsets(counts)
        shift = np.repeat(self.origin_offsets[:-1][positions] - begins[:-1], counts)
        return self._with(
            **{name: getattr(self, name)[positions] for name in TYPES},
            origin_offsets=begins,
            origins=self.origins[np.arange(len(shift)) + shift],
        )

    def among(self, node_ids: Sequence[str]) -> "TieTable":
        """Return the ties between these stakeholders (sorted ids), by their positions."""
        if self.node_ids == tuple(node_ids):
            return self
        position = {key: number for number, key in enumerate(node_ids)}
        moved = np.array([position.get(key, -1) for key in self.node_ids], dtype=np.int32)
        start, end = moved[self.start], moved[self.end]
        both_in = (start >= 0) & (end >= 0)
        return self._with(node_ids=tuple(node_ids), start=start, end=end).take(both_in)

    def position(self, node_id: str) -> int:
        """Return the position of a stakeholder in ``node_ids``, -1 if it is not in them."""
        at = bisect_left(self.node_ids, node_id)
        return at if at < len(self.node_ids) and self.node_ids[at] == node_id else -1

    def matching(
        self, *, kind: str | None = None, status: str | None = None, stakeholder_id: str | None = None
    ) -> NDArray[np.intp]:
        """Return the positions of the ties that match all given filters, in order; words as in the vocabulary."""
        matches = np.ones(len(self), np.bool_)
        if kind is not None:
            matches &= self.kind == NUMBER_OF_KIND[kind]
        if status is not None:
            matches &= self.status == NUMBER_OF_STATUS[status]
        if stakeholder_id is not None:
            node = self.position(stakeholder_id)
            matches &= (self.start == node) | (self.end == node)
        return np.flatnonzero(matches)

    def first_after(self, from_id: str, to_id: str, kind: str) -> int:
        """Return the position of the first tie after this one in the order of from, to and kind.

        The tie and its ends need not be in the table. Raises ``KeyError`` for a kind that the vocabulary lacks.
        """
        kind_number, nodes = NUMBER_OF_KIND[kind], len(self.node_ids)
        start, end = (bisect_left(self.node_ids, key) for key in (from_id, to_id))
        if start == nodes or self.node_ids[start] != from_id:
            number = start * nodes * len(KINDS) - 1
        elif end == nodes or self.node_ids[end] != to_id:
            number = (start * nodes + end) * len(KINDS) - 1
        else:
            number = (start * nodes + end) * len(KINDS) + kind_number
        return int(np.searchsorted(self.sort_key, number, side="right"))

    def without(self, ties: Collection[tuple[str, str, str]]) -> "TieTable":
        """Return the table without these ties, each given as kind, from and to; it need not have them."""
        node = {key: self.position(key) for tie in ties for key in tie[1:]}
        gone = [
            (node[from_id] * len(self.node_ids) + node[to_id]) * len(KINDS) + NUMBER_OF_KIND[kind]
            for kind, from_id, to_id in ties
            if node[from_id] >= 0 and node[to_id] >= 0
        ]
        lost = np.isin(self.sort_key, np.array(gone, dtype=np.int64))
        return self.take(~lost) if lost.any() else self

    def _with(self, **changes: Any) -> "TieTable":  # noqa: ANN401 - columns of several types
        return TieTable(**{**{item.name: getattr(self, item.name) for item in fields(self)}, **changes})

    def at(self, positions: Iterable[int]) -> Iterator[Tie]:
        """Make ``Tie`` objects of the ties at these positions, in that order."""
        for at in positions:
            kind, from_id, to_id = KINDS[self.kind[at]], self.node_ids[self.start[at]], self.node_ids[self.end[at]]
            origins = self.origins[self.origin_offsets[at] : self.origin_offsets[at + 1]].tolist()
            yield Tie(
                id=tie_id(kind, from_id, to_id),
                from_id=from_id,
                to_id=to_id,
                kind=kind,
                existence=float(self.existence[at]),
                strength=_or_none(self.strength[at]),
                trust=_or_none(self.trust[at]),
                sign=int(self.sign[at]),
                status=STATUSES[self.status[at]],
                first_confirmed=date.fromordinal(int(self.first_confirmed[at])),
                last_confirmed=date.fromordinal(int(self.last_confirmed[at])),
                reports=int(self.reports[at]),
                origins=tuple(self.origin_names[origin] for origin in origins),
                undated=bool(self.undated[at]),
            )

    def __len__(self) -> int:
        """Return the number of ties."""
        return len(self.start)

    def __iter__(self) -> Iterator[Tie]:
        """Make each tie in turn."""
        return self.at(range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Tie: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Tie, ...]: ...
    def __getitem__(self, index: int | slice) -> Tie | tuple[Tie, ...]:
        """Make one tie, or those of a slice."""
        if isinstance(index, slice):
            return tuple(self.at(range(*index.indices(len(self)))))
        return next(self.at([range(len(self))[index]]))

    def __eq__(self, other: object) -> bool:
        """Tell whether the other sequence has equal ties in the same order."""
        if not isinstance(other, TieTable | list | tuple):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # like its arrays


_AS_GIVEN = ("existence", "strength", "trust", "sign", "reports", "undated")


def _or_none(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
