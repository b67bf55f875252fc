"""Dataclass → JSON Schema, so that the published document describes exactly what is sent.

The rules are those of ``graph.analysis.answers.answer.as_json``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from graph.access import Sensitivity

Schema = dict[str, Any]

PLAIN: dict[object, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    NoneType: {"type": "null"},
    Any: {},
    object: {},
}


def json_schema(kind: Any, **parameters: Any) -> Schema:  # noqa: ANN401 - any type
    """Return the JSON Schema (2020-12) of what ``as_json`` makes of a value of type ``kind``.

    ``parameters`` maps the names of a generic dataclass's type variables to types. Raises ``TypeError``
    for a type that ``as_json`` does not know.
    """
    if isinstance(kind, TypeVar):
        return json_schema(parameters.get(kind.__name__, object))
    if kind in PLAIN:
        return dict(PLAIN[kind])
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _any_of([json_schema(part, **parameters) for part in inner])
    if origin is Literal:
        return {"enum": list(inner)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": json_schema(inner[1], **parameters)}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return {"type": "array", "items": json_schema(inner[0], **parameters)}
    if isinstance(kind, type) and issubclass(kind, Sensitivity):
        return {"type": "string", "enum": [level.code for level in kind]}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if is_dataclass(origin or kind):
        return _object(origin or kind, parameters)
    raise TypeError(f"{kind!r} has no form in JSON.")


def _object(kind: Any, parameters: Mapping[str, Any]) -> Schema:  # noqa: ANN401
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    description = " ".join((kind.__doc__ or "").split("\n\n")[0].split()).replace("``", "`")
    return {
        "type": "object",
        "description": description,
        "required": names,
        "properties": {name: json_schema(hints[name], **parameters) for name in names},
    }


def _any_of(options: list[Schema]) -> Schema:
    """Join alternatives; ``null`` beside one plain type is written as a list of types, as clients expect."""
    null = {"type": "null"}
    others = [option for option in options if option != null]
    if len(others) == 1 and null in options:
        (only,) = others
        if set(only) <= {"type", "format"} and "type" in only:
            return {**only, "type": [only["type"], "null"]}
    return {"anyOf": options}
