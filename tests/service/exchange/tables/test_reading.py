"""Any bytes are read as tables or refused with a clear error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidInput, StakeholderGraphError, TooLarge
from service.exchange.tables import limits, reading
from tests.service.exchange.samples import as_csv, as_ods, as_xlsx


@given(st.binary(max_size=2_000) | st.binary(max_size=500).map(lambda tail: b"PK\x03\x04" + tail))
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        tables = reading.read_tables(data)
    except StakeholderGraphError:
        return
    assert all(table.rows for table in tables)


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,,\n,,\n", "\ufeff".encode(), as_xlsx(T=[])])
def test_a_file_without_a_filled_cell_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="no filled cell"):
        reading.read_tables(data)


def test_the_format_is_recognised_by_content() -> None:
    for data in (as_csv([["Org"]]), as_xlsx(T=[["Org"]]), as_ods([["Org"]])):
        assert reading.read_tables(data)[0].rows[0].cells == ("Org",)


def test_the_error_names_old_and_locked_excel_files() -> None:
    with pytest.raises(InvalidInput, match=r"old Excel file \(.xls\) or is locked"):
        reading.read_tables(reading.OLE_SIGNATURE + b"\0" * 100)


def test_a_file_over_the_size_limit_is_refused_without_reading_it() -> None:
    with pytest.raises(TooLarge, match="bytes"):
        reading.read_tables(b"\0" * (limits.MAX_BYTES + 1))
