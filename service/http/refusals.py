"""What a schema refuses, as findings: each with its place as a JSON Pointer and what the field accepts."""

# ruff: noqa: ANN401 - marshmallow's messages are dictionaries as deeply nested as the input

from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma

from graph.errors import Finding, InvalidInput
from service.http.errors import InvalidQuery
from service.http.strict_json import pointer_token

FINDINGS_IN_SENTENCE = 5
"""Findings repeated in the sentence of a refusal; all of them are listed beside it."""


def loaded(
    schema: ma.Schema, sent: Mapping[str, Any], *, kind: type[InvalidInput] | type[InvalidQuery] = InvalidInput
) -> dict[str, Any]:
    """Return the values that ``schema`` reads from ``sent``; raises ``kind`` where it refuses them."""
    try:
        values: dict[str, Any] = schema.load(sent)
    except ma.ValidationError as error:
        raise refusal(error.messages, schema, kind=kind) from error
    return values


def refusal(
    messages: Any, schema: ma.Schema, *, kind: type[InvalidInput] | type[InvalidQuery], whole: str = "The input"
) -> InvalidInput | InvalidQuery:
    """Return the error for a schema's messages; ``whole`` is the name used where a finding has no pointer."""
    findings = tuple(findings_from(messages, schema))
    detail = " ".join(f"{finding.pointer or whole}: {finding.detail}" for finding in findings[:FINDINGS_IN_SENTENCE])
    return kind(detail, cure=findings[0].cure, findings=findings)


def findings_from(messages: Any, part: Any, pointer: str = "") -> Iterator[Finding]:
    """Yield a finding for each message of a marshmallow error; ``part`` is the schema or field they belong to."""
    if not isinstance(messages, Mapping):
        for message in messages if isinstance(messages, list) else [messages]:
            yield Finding(pointer, str(message), getattr(part, "accepts", ""))
        return
    schema = _schema_of(part)
    fields = {field.data_key or name: field for name, field in schema.fields.items()} if schema else {}
    for key, inner in messages.items():
        if key == "_schema":
            yield from findings_from(inner, part, pointer)
        elif isinstance(key, int):
            yield from findings_from(inner, getattr(part, "inner", None), f"{pointer}/{key}")
        elif key in fields:
            yield from findings_from(inner, fields[key], f"{pointer}/{pointer_token(key)}")
        else:
            cure = f"Use only: {', '.join(name for name, field in fields.items() if not field.dump_only)}."
            yield Finding(f"{pointer}/{pointer_token(str(key))}", "Unknown field.", cure)


def _schema_of(part: object) -> ma.Schema | None:
    if isinstance(part, ma.fields.Nested):
        return part.schema
    return part if isinstance(part, ma.Schema) else None
