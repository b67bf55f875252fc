"""Ranks with shared places, for measures that may be undefined."""

from collections.abc import Mapping

DECIMALS = 9
"""Measures are rounded to this many decimals, so that equal ones are equal whatever the order of summation."""


def competition_ranks(values: Mapping[str, float | None], *, low_is_best: bool = False) -> dict[str, int | None]:
    """Return each one's place, 1 being best; an undefined value has none.

    Equal values share the best of their places, and as many behind it stay empty (1, 2, 2, 4).
    """
    order = sorted((value for value in values.values() if value is not None), reverse=not low_is_best)
    place: dict[float, int] = {}
    for position, value in enumerate(order, start=1):
        place.setdefault(value, position)
    return {key: None if value is None else place[value] for key, value in values.items()}
