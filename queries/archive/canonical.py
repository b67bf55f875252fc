"""Rows ↔ lines of canonical text, and the fingerprint of all of them.

A line is JSON with sorted keys, so that equal rows make equal lines whatever server they come from. A type
that JSON does not have becomes an object of one key: ``{"date": "2024-05-01"}``,
``{"instant": "2024-05-01T08:00:00.000000000+00:00"}`` (nanoseconds, as Neo4j stores them), ``{"number": "NaN"}``.
A property in Neo4j is never an object, so no stored value can be mistaken for one of these.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from math import isfinite
from typing import Any

from graph.errors import Conflict

Row = Mapping[str, Any]

_MODULUS = 2**256


def to_line(row: Row) -> bytes:
    """Return a row as one line of canonical text, UTF-8 without its line end.

    Raises ``Conflict`` for a value of a type that this program never writes (a point, a duration, a time zone by name).
    """
    write = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_tagged)
    try:
        text = write(row, allow_nan=False)
    except ValueError:  # a number that JSON does not have
        text = write(_without_odd_numbers(row))
    return text.encode()


def from_line(line: bytes) -> dict[str, Any]:
    """Return the row that ``to_line`` made the line of; raises ``ValueError`` if it made no such line."""
    row = json.loads(line, object_hook=_value)
    if not isinstance(row, dict):
        raise ValueError("a line of an archive is an object")  # noqa: TRY004 - what json raises for other wrong text
    return row


class Fingerprint:
    """A hash of many lines in which their order does not matter and their number does: the graph's canonical hash.

    The SHA-256 of each line together with its kind, as numbers, added up modulo 2^256. It tells whether two databases
    hold the same; it is no defence against somebody who forges lines with the same sum, for which an archive has its
    seal and its encryption.
    """

    def __init__(self) -> None:
        self._sum = 0

    def add(self, kind: str, line: bytes) -> None:
        """Add one line."""
        self._sum += int.from_bytes(sha256(b"%b\n%b" % (kind.encode(), line)).digest(), "big")

    def hexdigest(self) -> str:
        """Return the hash of the added lines as 64 hexadecimal digits."""
        return f"{self._sum % _MODULUS:064x}"


def _tagged(value: Any) -> dict[str, str]:  # noqa: ANN401 - the driver's own types
    from neo4j.time import Date, DateTime

    if isinstance(value, Date):
        return {"date": value.iso_format()}
    # A zone by name (pytz) is never written by us, and the driver could not send it back with Python's own zones.
    if (
        isinstance(value, DateTime)
        and value.tzinfo is not None
        and getattr(value.tzinfo, "zone", None) in (None, "UTC")
    ):
        return {"instant": value.iso_format()}
    raise Conflict(
        f"The database holds a value of type {type(value).__name__}, which this program never writes.",
        cure="Find who wrote it, and remove that property: an archive could not restore it as it was.",
    )


def _without_odd_numbers(value: Any) -> Any:  # noqa: ANN401 - whatever a row holds
    if isinstance(value, float) and not isfinite(value):
        return {"number": str(value)}
    if isinstance(value, Mapping):
        return {name: _without_odd_numbers(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_without_odd_numbers(part) for part in value]
    return value


def _value(item: dict[str, Any]) -> Any:  # noqa: ANN401 - any value of the line
    if len(item) == 1:
        if "date" in item:
            return date.fromisoformat(item["date"])
        if "number" in item:
            return float(item["number"])
        if "instant" in item:
            return _instant(item["instant"])
    return item


def _instant(text: str) -> Any:  # noqa: ANN401 - Python's own, or the driver's where that is finer
    """Return an instant as the driver accepts it: Python's date-time, which ends at microseconds, if that suffices."""
    whole, offset = text[:29], text[29:]  # 2024-05-01T08:00:00.123456789, +00:00
    if not whole.endswith("000"):
        from neo4j.time import DateTime

        return DateTime.from_iso_format(text)
    instant = datetime.fromisoformat(whole[:26] + offset)
    return instant.replace(tzinfo=UTC) if offset == "+00:00" else instant
