"""How often a promise is tried: a few times in every run, all of them in ``make test-faults``."""

from typing import Any

import pytest


def seeds(count: int, *, usual: int) -> list[Any]:
    """Return 0 … ``count`` − 1 as parameters, those from ``usual`` on marked as long."""
    return [pytest.param(seed, marks=[pytest.mark.long] if seed >= usual else []) for seed in range(count)]
