"""Periods as tables and file names write them."""

from datetime import date

import pytest

from service.exchange.tables.reading import read_tables
from service.exchange.threew.columns import find_columns
from service.exchange.threew.periods import Period, Periods, period_in, year_in
from tests.service.exchange.samples import as_csv

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3w_august_2025", "2025-08-01", "2025-08-31"),
        ("afghanistan_3w_jan_mar_2024", "2024-01-01", "2024-03-31"),
        ("3w_bdi_feb_2023", "2023-02-01", "2023-02-28"),
        ("Août 2024", "2024-08-01", "2024-08-31"),
        ("Nov-Jan 2024", "2023-11-01", "2024-01-31"),
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("T4 2023", "2023-10-01", "2023-12-31"),
        ("2e trimestre 2023", "2023-04-01", "2023-06-30"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("31/12/2024", "2024-12-31", "2024-12-31"),
        ("12/31/2024", "2024-12-31", "2024-12-31"),
    ],
)
def test_a_period_is_understood(text: str, first: str, last: str) -> None:
    assert period_in(text) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["", "August", "3/4/2024", "13 2024", "2024-02-30", "soon", "lbn_20240902_x", "1e5", "9999999999"]
)
def test_an_ambiguous_or_meaningless_text_is_not_a_period(text: str) -> None:
    assert period_in(text) is None


def test_a_year_is_found_in_a_timestamp_too() -> None:
    assert year_in("lbn_20240902_hxlated") == 2024
    assert year_in("3w_august_2025") == 2025
    assert year_in("page 12345") is None


def period_of(heading: list[str], row: list[str], stem: str = "table") -> tuple[Period | None, str]:
    columns = find_columns(read_tables(as_csv([["Org", *heading], ["ACF", *row]])))
    return Periods(columns, stem, today=TODAY).of(columns.rows[0])


def test_month_and_year_of_a_row_are_its_period() -> None:
    assert period_of(["Month", "Year"], ["avril", "2023"])[0] == Period(date(2023, 4, 1), date(2023, 4, 30))


def test_a_month_without_year_has_the_year_of_the_file_name() -> None:
    assert period_of(["Month"], ["August"], "4w_2025")[0] == Period(date(2025, 8, 1), date(2025, 8, 31))


def test_a_month_without_any_year_is_not_understood() -> None:
    assert period_of(["Month"], ["August"]) == (None, "August")


def test_start_and_end_are_a_period() -> None:
    found = period_of(["Start date", "End date"], ["2023-05-10", "30/06/2024"])[0]
    assert found == Period(date(2023, 5, 10), date(2024, 6, 30))


def test_an_end_before_the_start_is_not_understood() -> None:
    assert period_of(["Start", "End"], ["2024-05-10", "2023-06-30"]) == (None, "2024-05-10 – 2023-06-30")


@pytest.mark.parametrize("year", ["1900", "2099", "0", "20255"])
def test_an_implausible_year_is_not_read(year: str) -> None:
    assert period_of(["Year"], [year]) == (None, year)


def test_without_columns_for_time_a_row_has_the_period_of_the_file_name() -> None:
    assert period_of([], [], "bdi_feb_2023")[0] == Period(date(2023, 2, 1), date(2023, 2, 28))
