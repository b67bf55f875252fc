"""Records ↔ properties in Neo4j.

Words are stored as text, sensitivity as its number (so that a read can compare it), dates as Neo4j dates, instants as
Neo4j date-times in UTC, several values as lists. A missing property reads as ``None`` or as an empty list.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from graph.model import Record

R = TypeVar("R", bound=Record)


def to_properties(record: Record, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the fields of a record as property values, those of ``without`` left out."""
    return {
        name: value if (value := getattr(record, name)).__class__ in _AS_THEY_ARE else _plain(value)
        for name in _names(type(record), frozenset(without))  # type: ignore[arg-type]  # as in to_record
    }


def to_record(kind: type[R], row: Mapping[str, Any]) -> R:
    """Return the record that a row describes; columns that are not fields of the record are ignored."""
    conversions = _conversions(kind)  # type: ignore[arg-type]  # mypy takes the records' hash for that of their class
    return kind(**{name: convert(row.get(name)) for name, convert in conversions.items()})


def dump(record: Record) -> str:
    """Return a record as text from which ``load`` makes it again."""
    return json.dumps(asdict(record), default=_as_text, ensure_ascii=False, separators=(",", ":"))


def load(kind: type[R], text: str) -> R:
    """Return the record that ``dump`` made the text of."""
    return to_record(kind, json.loads(text))


def as_date(value: Any) -> date | None:  # noqa: ANN401 - the driver's own types load with the driver
    """Return a date as Python's own, from Neo4j's, from Python's or from ISO text."""
    if value is None or isinstance(value, date):
        return value
    native: date = date.fromisoformat(value) if isinstance(value, str) else value.to_native()
    return native


def as_instant(value: Any) -> datetime | None:  # noqa: ANN401 - the driver's own types load with the driver
    """Return an instant in UTC, from Neo4j's date-time, from Python's or from ISO text."""
    if value is None:
        return None
    if isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(UTC)
    native: datetime = value if isinstance(value, datetime) else value.to_native()
    return native.astimezone(UTC)


_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


@cache
def _names(kind: type[Record], without: frozenset[str]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind) if item.name not in without)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _as_text(value: date | datetime) -> str:
    return value.isoformat()


@cache
def _conversions(kind: type[Record]) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(kind)
    return {item.name: _conversion(hints[item.name]) for item in fields(kind)}


def _conversion(hint: object) -> Callable[[Any], Any]:
    if isinstance(hint, UnionType):  # X | None
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        item = _conversion(get_args(hint)[0])
        return lambda value: tuple(item(part) for part in value or ())
    if hint is datetime:
        return as_instant
    if hint is date:
        return as_date
    if hint in (str, bool, int) or not isinstance(hint, type):
        return _as_is
    value_type: type[Any] = hint  # a word, a sensitivity, a number, or a dataclass
    if is_dataclass(value_type):
        parts = {name: _conversion(part) for name, part in get_type_hints(value_type).items()}
        return lambda value: value_type(**{name: convert(value[name]) for name, convert in parts.items()})
    return lambda value: None if value is None else value_type(value)


def _as_is(value: object) -> object:
    return value
