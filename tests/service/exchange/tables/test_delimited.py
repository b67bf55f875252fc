"""CSV files as spreadsheet programs and people save them."""

import pytest

from graph.errors import InvalidInput, TooLarge
from service.exchange.tables.delimited import read_delimited
from service.exchange.tables.limits import MAX_CELL_LENGTH, MAX_COLUMNS
from tests.service.exchange.samples import as_csv

ROWS = [["Org", "Région", "What"], ["ACF", "Équateur", "Water, clean"], ["MSF", "Ituri", "Health"]]


def cells(data: bytes) -> list[list[str]]:
    return [list(row.cells) for row in read_delimited(data).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(delimiter: str) -> None:
    assert cells(as_csv(ROWS, delimiter=delimiter)) == ROWS


def test_decimal_commas_are_not_read_as_separators() -> None:
    assert cells(b"Org;Lat;Long\nACF;10,5;35,9\nMSF;11,5;36,9\n")[1] == ["ACF", "10,5", "35,9"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_are_recognised(encoding: str) -> None:
    table = read_delimited(as_csv(ROWS, encoding=encoding))
    assert table.rows[1].cells == tuple(ROWS[1])
    assert table.encoding == ""


def test_another_encoding_is_read_as_windows_1252_and_named() -> None:
    table = read_delimited(as_csv(ROWS, encoding="cp1252"))
    assert table.rows[1].cells == tuple(ROWS[1])
    assert table.encoding == "Windows-1252"


def test_one_invalid_character_does_not_change_how_the_others_are_decoded() -> None:
    table = read_delimited("Org,Région\nÉlan,Équateur\n".encode() + b"AC\xffF,Ituri\n")
    assert table.rows[1].cells == ("Élan", "Équateur")
    assert table.encoding == "UTF-8 with 1 characters lost"


def test_a_line_break_inside_quotes_stays_in_its_cell() -> None:
    assert cells(b'Org,What\nACF,"Water\nand soap"\n')[1] == ["ACF", "Water and soap"]


def test_a_first_line_naming_the_separator_decides_it() -> None:
    assert cells(b"sep=;\nOrg;What\nACF;a,b,c,d\n")[2] == ["ACF", "a,b,c,d"]


def test_blank_rows_are_left_out_and_counted_in_the_height() -> None:
    table = read_delimited("Org,What\nACF,Water\n,\n\n \u00a0,\nMSF,Health\n,\n".encode())
    assert [row.number for row in table.rows] == [1, 2, 6]
    assert table.height == 7


def test_an_exact_repeat_is_marked_and_a_near_one_is_not() -> None:
    table = read_delimited(b"Org,What\nACF,Water\nACF,Water\nACF ,Water\n")
    assert [row.repeats for row in table.rows] == [False, False, True, False]


def test_white_space_and_invisible_characters_are_tidied_and_counted() -> None:
    table = read_delimited("Org\nA\u00a0C\u00a0F\u00a0\n\u202eMSF\u200b\nIRC\n".encode())
    assert [row.cells[0] for row in table.rows] == ["Org", "A C F", "MSF", "IRC"]
    assert (table.unusual, table.first_unusual) == (2, 2)


def test_zero_width_joiners_inside_names_are_kept() -> None:
    name = "می\u200cخواهم"
    assert cells(f"Org\n{name}\n".encode())[1] == [name]


def test_formulas_are_read_as_text() -> None:
    assert cells(b"Org,What\n=1+1,@SUM(A1)\n-5,+7\n")[1:] == [["=1+1", "@SUM(A1)"], ["-5", "+7"]]


def test_a_million_columns_are_refused() -> None:
    with pytest.raises(TooLarge, match=f"{MAX_COLUMNS} columns"):
        read_delimited(b"Org" + b"," * 10**6 + b"\nACF\n")


def test_a_million_columns_spread_over_quoted_lines_are_refused() -> None:
    with pytest.raises(TooLarge, match="columns"):
        read_delimited(b"Org\n" + b'"\n",' * 10**6)


def test_too_many_columns_are_refused_naming_the_row() -> None:
    with pytest.raises(TooLarge, match="row 2"):
        read_delimited(as_csv([["Org"], ["x"] * (MAX_COLUMNS + 1)]))


def test_a_cell_over_the_length_limit_is_refused_naming_the_row() -> None:
    with pytest.raises(TooLarge, match="row 2"):
        read_delimited(as_csv([["Org"], ["x" * (MAX_CELL_LENGTH + 1)]]))


def test_the_error_for_an_unclosed_quotation_mark_names_it() -> None:
    with pytest.raises((InvalidInput, TooLarge)) as raised:
        read_delimited(b'Org,What\n"ACF,Water\n' + b"MSF,Health\n" * 20_000)
    assert "quotation mark" in raised.value.cure


def test_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(InvalidInput, match="neither a spreadsheet"):
        read_delimited(b"Org,What\nACF\0,Water\n")
