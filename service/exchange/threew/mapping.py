"""Which columns the user says hold what: field → heading or number, checked against the table."""

from collections.abc import Mapping, Sequence

from graph.errors import Finding, InvalidInput
from service.exchange.tables.limits import MAX_COLUMNS
from service.exchange.tables.table import tidy
from service.exchange.threew import headings
from service.exchange.threew.fields import FIELDS

ColumnMapping = Mapping[str, str | int]
"""Field → heading or number (from 1) of its column; ``""`` leaves a field out."""


def checked_mapping(mapping: ColumnMapping) -> dict[str, str]:
    """Return the mapping with every column as text; raises ``InvalidInput`` for an unknown field or a strange value."""
    findings = [
        Finding(_pointer(field), f"{str(field)[:60]!r} is no field", f"Use one of: {', '.join(FIELDS)}.")
        for field in mapping
        if field not in FIELDS
    ]
    findings += [
        Finding(_pointer(field), "is neither text nor a number of a column", "Give its heading or number, from 1.")
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


def mapped_columns(wanted: Mapping[str, str], names: Sequence[str]) -> dict[str, int]:
    """Return the columns the user named, by heading first and by number where no heading reads so.

    Raises ``InvalidInput`` for columns that are not there, with those that are in the cure.
    """
    by_heading = {headings.compact(name): column for column, name in reversed(list(enumerate(names))) if name}
    chosen = {}
    findings = []
    for field, asked in wanted.items():
        if not asked:
            continue
        column = by_heading.get(headings.compact(asked)) if headings.compact(asked) else _exact(names, asked)
        if column is None and asked.isdecimal() and len(asked) <= 4 and 1 <= int(asked) <= len(names):
            column = int(asked) - 1
        if column is None:
            findings.append(Finding(_pointer(field), f"there is no column {asked[:60]!r}", listed_columns(names)))
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
    # 60 columns: as many as fit on a screen; wider tables are told by number all the same.
    more = f" and {len(shown) - 60} more" if len(shown) > 60 else ""
    return f"The columns are: {', '.join(shown[:60])}{more}."


def _pointer(field: str) -> str:
    """Return the JSON Pointer to a field, escaped as RFC 6901 says."""
    return "/mapping/" + str(field)[:60].replace("~", "~0").replace("/", "~1")


def _exact(names: Sequence[str], asked: str) -> int | None:
    """Find a heading that has no Latin letter or digit even when transliterated."""
    return names.index(asked) if asked in names else None
