"""Choose the reader for a file by its first bytes; the file name is not trusted."""

from graph.errors import InvalidInput
from service.exchange.tables.delimited import read_delimited
from service.exchange.tables.limits import MAX_BYTES, refuse_over
from service.exchange.tables.table import Table
from service.exchange.tables.workbook import read_workbook

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old binary Excel files and password-protected new ones."""


def read_tables(data: bytes) -> tuple[Table, ...]:
    """Return the tables of a CSV, XLSX or ODS file that have at least one filled cell.

    Raises ``InvalidInput`` for another format or an empty file, ``TooLarge`` over a limit of ``limits``.
    """
    refuse_over(len(data), MAX_BYTES, "bytes")
    if data.startswith(OLE_SIGNATURE):
        raise InvalidInput(
            "The file is an old Excel file (.xls) or is locked by a password.",
            cure="Open it in a spreadsheet program and save it as XLSX without a password.",
        )
    tables = read_workbook(data) if data.startswith(b"PK") else (read_delimited(data),)
    filled = tuple(table for table in tables if table.rows)
    if not filled:
        raise InvalidInput("The file has no filled cell.", cure="Choose the file that contains the table.")
    return filled
