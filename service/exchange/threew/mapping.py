"""The user's mapping of fields to columns (by heading or number), checked against the table."""

from collections.abc import Mapping, Sequence

from graph.errors import Finding, InvalidInput
from service.exchange.tables.limits import MAX_COLUMNS
from service.exchange.tables.table import tidy
from service.exchange.threew import headings
from service.exchange.threew.fields import FIELDS

ColumnMapping = Mapping[str, str | int]
"""Field → heading or number (from 1) of its column; ``""`` leaves a field out."""


def checked_mapping(mapping: ColumnMapping) -> dict[str, str]:
    """Return the mapping with every column as text; raises ``InvalidInput`` for an unknown field or column type."""
    findings = [
        Finding(_pointer(field), f"{str(field)[:60]!r} is not a field", f"Use one of: {', '.join(FIELDS)}.")
        for field in mapping
        if field not in FIELDS
    ]
    findings += [
        Finding(_pointer(field), "is neither a heading nor a column number", "Give its heading or number, from 1.")
        for field, column in mapping.items()
        if not (isinstance(column, str) or (type(column) is int and abs(column) <= MAX_COLUMNS))
    ]
    if findings:
        raise InvalidInput(
            "The mapping is not valid: " + "; ".join(f"{f.pointer} {f.detail}" for f in findings),
            cure=" ".join(dict.fromkeys(f.cure for f in findings)),
            findings=findings,
        )
    return {field: tidy(str(column)) for field, column in mapping.items()}


def mapped_columns(mapping: Mapping[str, str], names: Sequence[str]) -> dict[str, int]:
    """Return the columns that the user named: by heading, else by number.

    Raises ``InvalidInput`` for missing columns; the cure lists the columns of the table.
    """
    by_heading = {headings.compact(name): column for column, name in reversed(list(enumerate(names))) if name}
    chosen = {}
    findings = []
    for field, column_text in mapping.items():
        if not column_text:
            continue
        column = (
            by_heading.get(headings.compact(column_text))
            if headings.compact(column_text)
            else _exact(names, column_text)
        )
        if column is None and column_text.isdecimal() and len(column_text) <= 4 and 1 <= int(column_text) <= len(names):
            column = int(column_text) - 1
        if column is None:
            findings.append(Finding(_pointer(field), f"there is no column {column_text[:60]!r}", listed_columns(names)))
        else:
            chosen[field] = column
    if findings:
        raise InvalidInput(
            "The mapping does not fit the table: " + "; ".join(f"{f.pointer} {f.detail}" for f in findings),
            cure=listed_columns(names),
            findings=findings,
        )
    return chosen


def listed_columns(names: Sequence[str]) -> str:
    """Return a sentence that names the columns of a table by number and heading."""
    shown = [f"{number} {name[:40]!r}" for number, name in enumerate(names, 1) if name]
    # 60 columns: as many as fit on a screen; others can still be named by number.
    more = f" and {len(shown) - 60} more" if len(shown) > 60 else ""
    return f"The columns are: {', '.join(shown[:60])}{more}."


def _pointer(field: str) -> str:
    """Return the JSON Pointer to a field, escaped as RFC 6901 says."""
    return "/mapping/" + str(field)[:60].replace("~", "~0").replace("/", "~1")


def _exact(names: Sequence[str], column_text: str) -> int | None:
    """Return the column of an equal heading; for headings without Latin letters or digits even when transliterated."""
    return names.index(column_text) if column_text in names else None
