"""Spellings and how often each occurs: the most frequent, and all of them as text."""

from collections.abc import Mapping
from typing import TypeVar

Item = TypeVar("Item", str, tuple[float, float])


def by_frequency(counted: Mapping[Item, int]) -> list[Item]:
    """Return the items, the most frequent first, equally frequent ones in ascending order."""
    return sorted(counted, key=lambda item: (-counted[item], item))


def most_frequent(counted: Mapping[Item, int]) -> Item | None:
    """Return the most frequent item, the smallest of equally frequent ones; ``None`` if there is none."""
    return min(counted, key=lambda item: (-counted[item], item), default=None)


def listed(counted: Mapping[str, int]) -> str:
    """Return the five most frequent items with their counts, and how many more there are."""
    # Five: as many as a person compares at a glance.
    shown = [f"{item} ({counted[item]:,})" for item in by_frequency(counted)]
    return ", ".join(shown[:5]) + (f" and {len(shown) - 5} more" if len(shown) > 5 else "")
