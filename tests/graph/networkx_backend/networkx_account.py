"""A pytest plugin for NetworkX's own tests: says at the end what ran in our kernels and what was left, and why."""

import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any

SEEN: Counter[str] = Counter()


class _Count(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        SEEN[record.getMessage()] += 1


def pytest_configure(config: Any) -> None:
    logger = logging.getLogger("graph.networkx_backend.backend")
    logger.setLevel(logging.DEBUG)
    logger.addHandler(_Count())


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--account", help="write how often each function ran in our kernels to this file")


def pytest_unconfigure(config: Any) -> None:
    place = config.getoption("--account")
    if place:
        Path(place).write_text(json.dumps(SEEN), encoding="utf-8")
