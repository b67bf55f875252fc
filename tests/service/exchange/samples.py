"""Tables for tests: builders of small ones, and the real ones in ../shared/data if they exist."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pytest

from graph.model import Area, Record, Sector

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"

REAL = {
    "afghanistan": "3w_afghanistan/afghanistan_3w_jan_mar_2024.csv",
    "burundi": "3w_burundi_fr/3w_bdi_feb_2023.ods",
    "ethiopia": "3w_ethiopia_4w/3w_august_2025.csv",
    "lebanon": "3w_lebanon/lbn_sectorsreporting_bydistrict_20240902_hxlated.csv",
    "nigeria": "3w_nigeria/nigeria_3w_apr_jun_2023.xlsx",
}

R = TypeVar("R", bound=Record)
RawRows = Sequence[Sequence[object]]


class NothingStored:
    """An empty store."""

    def by_external_ids(self, kind: type[R], external_ids: Sequence[str]) -> Mapping[str, R]:  # noqa: ARG002
        """Return nothing."""
        return {}

    def names(self) -> Mapping[str, Sequence[str]]:
        """Return nothing."""
        return {}

    def areas(self) -> Sequence[Area]:
        """Return nothing."""
        return ()

    def sectors(self) -> Sequence[Sector]:
        """Return nothing."""
        return ()


def real_table(country: str) -> Path:
    """The path of a real table; skips the test where the sample data is absent."""
    path = DATA / REAL[country]
    if not path.is_file():
        pytest.skip("the sample data ../shared/data is missing")
    return path


def as_csv(rows: RawRows, *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(**sheets: RawRows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(rows: RawRows) -> bytes:
    document = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Feuille1")
    for raw_row in rows:
        row = odf.table.TableRow()
        for value in raw_row:
            cell = odf.table.TableCell(valuetype="string")
            cell.addElement(odf.text.P(text=str(value)))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()
