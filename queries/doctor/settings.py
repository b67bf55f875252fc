"""Compares the settings of a server with a ``neo4j.conf``."""

import re
from collections import defaultdict
from collections.abc import Mapping

_SIZE = re.compile(r"([\d.]+)\s*([kmgt])(?:ib|b)?", re.IGNORECASE)

_FACTORS = {unit: 1024**power for power, unit in enumerate("kmgt", start=1)}


def different(configuration: str, values: Mapping[str, str]) -> list[str]:
    """Return each setting of a ``neo4j.conf`` that the server has another value for, with both values.

    The server's internal settings cannot be compared, as it does not show them. It shows a setting that is given
    several times as so many lines.
    """
    expected: dict[str, list[str]] = defaultdict(list)
    for line in configuration.splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.startswith("#"):
            expected[name.strip()].append(value.strip())
    return [
        f"{name} is {values[name] or 'empty'}, not {value or 'empty'}"
        for name, value in ((name, "\n".join(lines)) for name, lines in expected.items())
        if name in values and _plain(value) != _plain(values[name])
    ]


def _plain(value: str) -> str | float:
    """Return a size in bytes, as the server writes 256m as 256.00MiB; any other value unchanged."""
    size = _SIZE.fullmatch(value.strip())
    return float(size[1]) * _FACTORS[size[2].lower()] if size else value.strip().lower()
