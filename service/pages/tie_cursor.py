"""Where a page of ties begins: after the last one of the page before, in the order of from, to and kind.

That is the order in which a network holds its ties, so a page is found without reading the others. The API lists
ties by id, and its cursors are ids.
"""

# ruff: noqa: ANN401 - marshmallow's own signatures take anything

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from graph.ties import Tie
from graph.vocabulary import TIE_KINDS
from service.http.fields import ID_LENGTH
from service.resources.schemas import Cursor, cursor
from service.resources.ties.schemas import TieQuery


class TieCursor(Cursor):
    """A cursor that names a tie by from, to and kind, separated by spaces; the tie need not exist any more."""

    longest = 3 * ID_LENGTH

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        parts = text.split(" ")
        if len(parts) != 3 or parts[-1] not in TIE_KINDS:
            raise ma.ValidationError("This is no cursor of this service.")
        return text


class TiePageQuery(TieQuery):
    """Which ties a page lists."""

    after = TieCursor()


def tie_cursor(tie: Tie) -> str:
    """Return the cursor of the page that begins after a tie."""
    return cursor(f"{tie.from_id} {tie.to_id} {tie.kind}")
