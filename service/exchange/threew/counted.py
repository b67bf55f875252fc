"""Spellings and how often each was met: which stands for all, and how to print them."""

from collections.abc import Mapping
from typing import TypeVar

Item = TypeVar("Item", str, tuple[float, float])


def by_frequency(counted: Mapping[Item, int]) -> list[Item]:
    """Return what was counted, the most frequent first, equally frequent ones in their own order."""
    return sorted(counted, key=lambda item: (-counted[item], item))


def most(counted: Mapping[Item, int]) -> Item | None:
    """Return the most frequent, ``None`` of nothing."""
    return min(counted, key=lambda item: (-counted[item], item), default=None)


def listed(counted: Mapping[str, int]) -> str:
    """Return the five most frequent with their number, and how many more there are."""
    # Five: what a person compares at a glance.
    shown = [f"{item} ({counted[item]:,})" for item in by_frequency(counted)]
    return ", ".join(shown[:5]) + (f" and {len(shown) - 5} more" if len(shown) > 5 else "")
