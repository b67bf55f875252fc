"""Ranks that equal values share, and tied groups, for measures that may be undefined."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import ceil, log10
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.networks.network import StakeholderNetwork

DECIMALS = 9
"""Measures are rounded to this many decimals, so that equal ones are equal whatever the order of summation."""

DIGITS = 12
"""Significant digits of the largest value, where ``DECIMALS`` would keep more: a sum of doubles in another order
differs in the 14th or so."""

Key = TypeVar("Key", bound=Hashable)


def competition_ranks(values: Mapping[Key, float | None], *, low_is_best: bool = False) -> dict[Key, int | None]:
    """Return each key's rank, 1 being best; an undefined value has none.

    Equal values share the best of their ranks, and the ranks after it are left out (1, 2, 2, 4).
    """
    order = sorted((value for value in values.values() if value is not None), reverse=not low_is_best)
    rank: dict[float, int] = {}
    for position, value in enumerate(order, start=1):
        rank.setdefault(value, position)
    return {key: None if value is None else rank[value] for key, value in values.items()}


@dataclass(frozen=True, slots=True)
class TiedGroup:
    """The rows that a measure cannot tell apart: a list puts them in some order, which means nothing.

    ``group`` counts from 1, the best; ``size`` is how many are in it.
    """

    group: int
    size: int


def tied_groups(order: Mapping[Key, object]) -> dict[Key, TiedGroup]:
    """Return the tied group of each key: those with equal values, numbered in the order of the list."""
    sizes = Counter(order.values())
    number = {value: group for group, value in enumerate(sizes, start=1)}  # a Counter keeps the order of first meeting
    return {key: TiedGroup(number[value], sizes[value]) for key, value in order.items()}


def by_stakeholder(network: "StakeholderNetwork", values: "NDArray[Any]") -> dict[str, float]:
    """Return the values of an array over the positions of the nodes by id, rounded to ``DECIMALS`` or ``DIGITS``."""
    return dict(zip(network.nodes, rounded(values), strict=True))


def defined(network: "StakeholderNetwork", values: "NDArray[Any]") -> dict[str, float | None]:
    """Do the same where nan stands for undefined, which becomes ``None``."""
    return {key: value if value == value else None for key, value in by_stakeholder(network, values).items()}  # noqa: PLR0124 - only nan differs from itself


def rounded(values: "NDArray[Any]") -> list[float]:
    """Round an array of measures so that what is equal but for the order of summation is equal."""
    import numpy as np

    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max(initial=1.0))
    found: list[float] = np.round(values, min(DECIMALS, DIGITS - ceil(log10(largest)))).tolist()
    return found
