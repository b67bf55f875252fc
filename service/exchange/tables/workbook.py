"""XLSX and ODS → tables of text, by calamine, once the size of the sheets has been checked."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from service.exchange.tables.extent import check_extent
from service.exchange.tables.limits import refuse_over
from service.exchange.tables.spreadsheet_parts import SpreadsheetParts, damaged, unpack
from service.exchange.tables.table import Table, make_table

MAX_SHEETS = 100
"""Most sheets in a workbook; real ones have a handful."""


def read_workbook(data: bytes) -> tuple[Table, ...]:
    """Return every sheet that has a filled cell, in workbook order. Raises ``InvalidInput`` or ``TooLarge``."""
    parts = unpack(data)
    check_extent(parts)
    return tuple(_sheets(parts))


def _sheets(parts: SpreadsheetParts) -> Iterator[Table]:
    import python_calamine  # lazy: most commands read no spreadsheet

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(parts.to_zip()))
        refuse_over(len(workbook.sheet_names), MAX_SHEETS, "sheets")
        for position, name in enumerate(workbook.sheet_names):
            # The empty area above and left of the table is kept, so that row numbers are those of the sheet.
            rows = workbook.get_sheet_by_index(position).to_python(skip_empty_area=False)
            table = make_table(name, ((_text(value) for value in row) for row in rows))
            if table.rows:
                yield table
    except (python_calamine.CalamineError, OSError, ValueError, LookupError) as error:
        raise damaged() from error
    except BaseException as error:
        # A panic of the reader is raised as an exception that no module exports and that is no ``Exception``.
        if type(error).__name__ == "PanicException":
            raise damaged() from error
        raise


def _text(value: object) -> str:
    """Return a cell's value as text: whole numbers without ``.0``, days as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
