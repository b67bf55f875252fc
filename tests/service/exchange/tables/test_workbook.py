"""XLSX and ODS: what a cell shows, which sheets are read, and which files are refused before they can do harm."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest

from graph.errors import InvalidInput, StakeholderGraphError, TooLarge
from service.exchange.tables.limits import MAX_COLUMNS, MAX_ROWS
from service.exchange.tables.workbook import read_workbook
from tests.service.exchange.samples import RawRows, as_ods, as_xlsx

ROWS: RawRows = [["Org", "Year", "Day", "Share", "Yes"], ["ACF", 2023.0, date(2023, 5, 1), 0.25, True]]
SHEET = "xl/worksheets/sheet1.xml"


def edited(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, edit(content) if entry.filename == part else content)
    return out.getvalue()


def with_rows(rows: bytes) -> bytes:
    """An XLSX file with these rows appended to its sheet."""
    return edited(as_xlsx(T=[["Org"]]), SHEET, lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>"))


def with_cells(cells: str) -> bytes:
    """An ODS file with these rows appended to its table."""
    end = b"</table:table>"
    return edited(as_ods([["Org"]]), "content.xml", lambda content: content.replace(end, cells.encode() + end))


def test_cells_are_read_as_they_are_shown() -> None:
    (table,) = read_workbook(as_xlsx(T=ROWS))
    assert table.name == "T"
    assert table.rows[1].cells == ("ACF", "2023", "2023-05-01", "0.25", "TRUE")


def test_a_date_with_a_time_keeps_the_time() -> None:
    (table,) = read_workbook(as_xlsx(T=[[datetime(2023, 5, 1, 14, 30)]]))  # noqa: DTZ001 - spreadsheets know no zone
    assert table.rows[0].cells == ("2023-05-01 14:30:00",)


def test_row_numbers_are_those_of_the_sheet() -> None:
    (table,) = read_workbook(as_xlsx(T=[[], [], ["Org"], [], ["ACF"]]))
    assert [row.number for row in table.rows] == [3, 5]
    assert table.height == 5


def test_empty_sheets_are_left_out() -> None:
    assert [table.name for table in read_workbook(as_xlsx(Empty=[], Full=[["Org"]]))] == ["Full"]


def test_opendocument_is_read() -> None:
    (table,) = read_workbook(as_ods([["Organisation", "Région"], ["Ligue Iteka", "Gitega"]]))
    assert [row.cells for row in table.rows] == [("Organisation", "Région"), ("Ligue Iteka", "Gitega")]


def test_a_million_blank_rows_saved_by_a_spreadsheet_are_ignored() -> None:
    blank = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert [row.cells for row in read_workbook(with_cells(blank))[0].rows] == [("Org",)]


def test_a_formatted_empty_cell_far_from_the_table_is_ignored() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert [row.cells for row in read_workbook(with_rows(far))[0].rows] == [("Org",)]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        # A1 to XFD1048576 is 17 billion cells: the reader would request 500 GB, which ends the process.
        (b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>', "rows|columns"),
        (b'<row r="9999999"><c t="inlineStr"><is><t>x</t></is></c></row>', f"{MAX_ROWS:,} rows"),
        (b'<row r="2"><c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row>', f"{MAX_COLUMNS:,} columns"),
        (b'<row r="199999"><c r="SA199999"><v>1</v></c></row>', "cells"),
    ],
    ids=["corner", "row", "column", "area"],
)
def test_a_filled_cell_far_from_the_table_is_refused_before_the_sheet_is_loaded(rows: bytes, what: str) -> None:
    with pytest.raises(TooLarge, match=what):
        read_workbook(with_rows(rows))


@pytest.mark.parametrize("reference", ["ZZZZZZZZ1", "A99999999999", "A0x", "1", "É1"])
def test_an_invalid_cell_reference_is_refused(reference: str) -> None:
    with pytest.raises(InvalidInput, match="damaged"):
        read_workbook(with_rows(f'<row r="2"><c r="{reference}"><v>1</v></c></row>'.encode()))


def test_a_long_text_shared_by_too_many_cells_is_refused() -> None:
    # 30,000 characters, 3,000 cells: 90 million characters out of a file of a few kB.
    shared = f'<sst xmlns="x"><si><t>{"x" * 30_000}</t></si></sst>'
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 3_002))
    out = io.BytesIO(with_rows(rows.encode()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", shared)
    with pytest.raises(TooLarge, match="characters"):
        read_workbook(out.getvalue())


@pytest.mark.parametrize(
    ("rows", "columns", "spaces", "what"),
    [
        (1, 16_384, 1, "columns"),
        (1_048_576, 1, 1, "rows"),
        (99_999, 400, 1, "cells|characters"),
        (1, 1, 999_999_999, "characters"),
    ],
)
def test_too_many_repeated_cells_are_refused_before_they_are_expanded(
    rows: int, columns: int, spaces: int, what: str
) -> None:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
    text = f'<text:p>x<text:s text:c="{spaces}"/></text:p>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}{text}</table:table-cell></table:table-row>'
    with pytest.raises(TooLarge, match=what):
        read_workbook(with_cells(row))


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    with pytest.raises(TooLarge, match="bomb"):
        read_workbook(edited(as_xlsx(T=[["Org"]]), SHEET, lambda sheet: sheet + b" " * 20_000_000))


def test_a_zip_bomb_of_many_parts_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(3_000):
            archive.writestr(f"{number}.xml", b"")
    with pytest.raises(TooLarge, match="parts"):
        read_workbook(out.getvalue())


def test_a_zip_bomb_that_declares_a_false_size_is_refused() -> None:
    data = bytearray(edited(as_xlsx(T=[["Org"]]), SHEET, lambda sheet: sheet + b" " * 20_000_000))
    size = (20_000_000).to_bytes(4, "little")[2:]
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    assert data[start + 26 : start + 28] == size  # upper half of the unpacked size in the directory (APPNOTE 4.3.12)
    data[start + 24 : start + 28] = (1_000).to_bytes(4, "little")
    with pytest.raises(InvalidInput):
        read_workbook(bytes(data))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused(part: str) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    def declare(content: bytes) -> bytes:
        head, tag, rest = content.partition(b"?>")
        return head + tag + laughs + rest if tag else laughs + head

    with pytest.raises(InvalidInput, match="document type"):
        read_workbook(edited(as_xlsx(T=[["Org"]]), part, declare))


def test_xml_in_another_encoding_cannot_hide_cells() -> None:
    hidden = '<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16")
    with pytest.raises(InvalidInput, match="damaged"):
        read_workbook(edited(as_xlsx(T=[["Org"]]), SHEET, lambda _: hidden))


def test_duplicate_parts_are_refused() -> None:
    out = io.BytesIO(as_xlsx(T=[["Org"]]))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")
    with pytest.raises(InvalidInput, match="damaged"):
        read_workbook(out.getvalue())


def test_bytes_before_the_archive_are_not_passed_to_the_reader() -> None:
    # Two readers may disagree where an archive with a prefix begins; the spreadsheet reader gets only checked parts.
    assert read_workbook(b"PK\x03\x04" + b"\0" * 40 + as_xlsx(T=[["Org"]]))[0].rows[0].cells == ("Org",)


def test_a_workbook_that_the_reader_cannot_read_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="a" sheetId="1"/></sheets></workbook>')
    with pytest.raises(InvalidInput, match="damaged"):
        read_workbook(out.getvalue())


def test_the_error_names_a_spreadsheet_locked_by_a_password() -> None:
    data = bytearray(as_xlsx(T=[["Org"]]))
    start = data.find(b"PK\x01\x02")
    while start >= 0:
        data[start + 8] |= 1  # general purpose bit 0: encrypted (APPNOTE 4.4.4)
        start = data.find(b"PK\x01\x02", start + 4)
    with pytest.raises(InvalidInput, match="locked by a password"):
        read_workbook(bytes(data))


def test_an_archive_without_a_spreadsheet_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    with pytest.raises(InvalidInput, match="no XLSX or ODS"):
        read_workbook(out.getvalue())


@pytest.mark.parametrize("make", [lambda: as_xlsx(T=ROWS), lambda: as_ods([["Org", "What"], ["ACF", "Water"]])])
def test_a_file_cut_or_changed_anywhere_is_read_or_refused(make: Callable[[], bytes]) -> None:
    data = make()
    step = max(1, len(data) // 150)
    changed = [data[:end] for end in range(4, len(data), step)]
    changed += [data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :] for at in range(4, len(data), step)]
    assert len(changed) > 100
    for broken in changed:
        try:
            read_workbook(broken)
        except StakeholderGraphError:
            continue
