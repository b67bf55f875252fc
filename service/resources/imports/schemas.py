"""The options of an import."""

# ruff: noqa: ANN401 - marshmallow's own signatures take anything

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from service.http.errors import MalformedBody
from service.http.fields import FlagText, SingleLine
from service.http.strict_json import read_json
from service.resources.schemas import Strict


class ColumnMapping(ma.fields.String):
    """Field → heading or number of a column, as a JSON object in text."""

    accepts = 'Give a JSON object such as {"organisation": "Partner"}.'

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            mapping = read_json(text.encode())
        except MalformedBody as error:
            raise ma.ValidationError(error.detail) from error
        if not isinstance(mapping, dict) or not all(isinstance(column, str) for column in mapping.values()):
            raise ma.ValidationError("This is not an object whose values are text.")
        return mapping


class ImportOptions(Strict):
    """The options of an import, in the query or as fields of the form beside the file."""

    dry_run = FlagText(load_default=False, metadata={"description": "Report what would happen and change nothing."})
    mapping = ColumnMapping(
        metadata={
            "description": "Columns that are not recognised: a JSON object, field → heading or number of the column."
        }
    )
    filename = SingleLine(most=255, metadata={"description": "Name to use in messages."})
