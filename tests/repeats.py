"""How often a test is repeated: with a few seeds in every run, with all of them in ``make test-faults``."""

from typing import Any

import pytest


def seeds(count: int, *, usual: int) -> list[Any]:
    """Return 0 … ``count`` − 1 as parameters, those from ``usual`` on marked as long."""
    return [pytest.param(seed, marks=[pytest.mark.long] if seed >= usual else []) for seed in range(count)]
