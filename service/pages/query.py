"""The query of a page's address, read by the same schemas as the API's."""

from typing import Any
from urllib.parse import urlencode

import marshmallow as ma
from flask import request

from service.http.errors import InvalidQuery
from service.http.refusals import loaded


def read_query(schema: type[ma.Schema]) -> dict[str, Any]:
    """Return the query of this page's address. Fields that a form sent empty count as left out.

    Raises ``InvalidQuery`` naming what cannot be used.
    """
    reader = schema()
    lists = {field.data_key or name for name, field in reader.fields.items() if isinstance(field, ma.fields.List)}
    values_by_name: dict[str, Any] = {}
    for name, values in request.args.lists():
        filled = [value for value in values if value.strip()]
        if filled:
            values_by_name[name] = filled if name in lists else filled[-1]
    return loaded(reader, values_by_name, kind=InvalidQuery)


def address_with(**changes: str) -> str:
    """Return this page's address with some parameters of its query changed."""
    query = request.args.to_dict(flat=False) | {name: [value] for name, value in changes.items()}
    return f"{request.path}?{urlencode(query, doseq=True)}"
