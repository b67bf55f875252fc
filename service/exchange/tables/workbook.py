"""XLSX and ODS → tables of text, through calamine, after the archive and its extent have been checked."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from service.exchange.tables.archive import Archive, damaged, unpack
from service.exchange.tables.extent import check_extent
from service.exchange.tables.limits import refuse_over
from service.exchange.tables.table import Table, make_table

MAX_SHEETS = 100
"""Most sheets in a workbook; real ones have a handful."""


def read_workbook(data: bytes) -> tuple[Table, ...]:
    """Return every sheet that has a cell, in workbook order. Raises ``InvalidInput`` or ``TooLarge``."""
    archive = unpack(data)
    check_extent(archive)
    return tuple(_sheets(archive))


def _sheets(archive: Archive) -> Iterator[Table]:
    import python_calamine  # lazy: most commands read no spreadsheet

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(archive.packed()))
        refuse_over(len(workbook.sheet_names), MAX_SHEETS, "sheets")
        for position, name in enumerate(workbook.sheet_names):
            # With the empty area above and left of the table, so that row numbers are those of the sheet.
            lines = workbook.get_sheet_by_index(position).to_python(skip_empty_area=False)
            table = make_table(name, ((_text(value) for value in line) for line in lines))
            if table.rows:
                yield table
    except (python_calamine.CalamineError, OSError, ValueError, LookupError) as error:
        raise damaged() from error
    except BaseException as error:
        # A panic of the reader comes as an exception that no module names, outside the tree of Exception.
        if type(error).__name__ == "PanicException":
            raise damaged() from error
        raise


def _text(value: object) -> str:
    """Return what a cell shows, near enough: whole numbers without ``.0``, days as ISO 8601."""
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
