"""The areas that a table names, and the areas of each row."""

import pytest

from service.exchange.findings import Findings
from service.exchange.tables.reading import read_tables
from service.exchange.threew.area_names import are_near, area_name_form, is_part_of_country, is_whole_country
from service.exchange.threew.areas import TableAreas
from service.exchange.threew.columns import find_columns
from service.exchange.threew.likeness import report_areas
from tests.service.exchange.samples import as_csv

HEADING = ["Org", "Admin1 name", "Admin1 pcode", "Admin2 name", "Admin2 pcode", "Lat", "Long"]


class ReadAreas:
    """The areas of a table of these rows."""

    def __init__(self, *rows: list[str], stem: str = "table") -> None:
        columns = find_columns(read_tables(as_csv([HEADING, *(["ACF", *row] for row in rows)])))
        self.findings = Findings()
        self.areas = TableAreas(columns, stem, self.findings)
        report_areas(self.areas.by_key, columns, self.findings)
        self.rows = [self.areas.of(row) for row in columns.rows]

    @property
    def names(self) -> list[tuple[str | None, ...]]:
        """The names of the areas of each row."""
        return [tuple(key and self.areas.by_key[key].name for key in areas) for areas in self.rows]

    @property
    def reasons(self) -> str:
        """The reasons of all findings."""
        return "; ".join(finding.reason for finding in self.findings.collected())


@pytest.mark.parametrize(
    "spellings",
    [
        ("Cibitoke", "CIBITOKE", "cibitoke "),
        ("Bujumbura Mairie", "Bujumbura-mairie"),
        ("Province Bujumbura", "Bujumbura", "Province de Bujumbura", "Bujumbura Province"),
        ("El_Nabatieh", "El Nabatieh"),
        ("Équateur", "Equateur"),
        ("N'Djamena", "N\u2019Djamena", "N Djamena"),
    ],
)
def test_spellings_of_one_area_are_equal(spellings: tuple[str, ...]) -> None:
    assert len({area_name_form(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "other"), [("Karusi", "Karuzi"), ("Mairie", "Bujumbura Mairie"), ("Hasbaya", "Hasbaiya")]
)
def test_similar_names_are_near_but_not_equal(name: str, other: str) -> None:
    assert area_name_form(name) != area_name_form(other)
    assert are_near(area_name_form(name), area_name_form(other))


@pytest.mark.parametrize(
    ("name", "other"), [("East Wellega", "West Wellega"), ("Area 1", "Area 2"), ("Guji", "West Guji")]
)
def test_names_that_differ_by_direction_or_number_are_not_near(name: str, other: str) -> None:
    assert not are_near(area_name_form(name), area_name_form(other))


@pytest.mark.parametrize("cell", ["Couverture nationale", "NATIONWIDE", "Toutes les provinces", "Tout le pays"])
def test_a_cell_for_the_whole_country_is_recognised(cell: str) -> None:
    assert is_whole_country(cell)


@pytest.mark.parametrize(
    "cell", ["Toutes les provinces sauf CANKUZO", "All districts except the north", "Plusieurs provinces"]
)
def test_a_cell_for_many_unnamed_areas_is_recognised(cell: str) -> None:
    assert is_part_of_country(cell)
    assert not is_whole_country(cell)


def test_one_pcode_is_one_area_whatever_the_spelling_of_its_name() -> None:
    read = ReadAreas(
        ["South", "LB6", "Sour", "LB63"], ["South", "LB6", "Tyre", "LB63"], ["South", "LB6", "Sour", "LB63"]
    )
    assert read.names == [("Sour",)] * 3
    assert "written in 2 ways: Sour (2), Tyre (1)" in read.reasons


def test_a_name_without_pcode_is_the_coded_area_of_that_name_in_the_same_parent() -> None:
    read = ReadAreas(["South", "LB6", "Sour", "LB63"], ["South", "LB6", "SOUR", ""], ["North", "LB5", "Sour", ""])
    assert read.rows[1] == read.rows[0]
    assert read.rows[2] != read.rows[0]


def test_the_letters_of_pcodes_give_the_country_which_is_the_top_area() -> None:
    read = ReadAreas(["South", "LB6", "Sour", "LB63"])
    by_key = read.areas.by_key
    assert read.areas.country == "lb"
    assert [by_key[key].name for key in ("pcode:LB63", "pcode:LB6", "pcode:LB")] == ["Sour", "South", "Lebanon"]
    assert by_key["pcode:LB63"].parent == "pcode:LB6"
    assert by_key["pcode:LB6"].parent == "pcode:LB"


def test_three_and_two_letters_of_a_country_are_one_country() -> None:
    read = ReadAreas(["Yobe", "NGA036", "Potiskum", "NG036014"])
    assert read.areas.by_key["pcode:NG036"].pcode == "NGA036"
    assert read.areas.country == "ng"


def test_without_pcodes_the_file_name_gives_the_country() -> None:
    assert ReadAreas(["Gitega", "", "", ""], stem="3w_bdi_feb_2023").areas.country == "bi"
    assert ReadAreas(["Gitega", "", "", ""], stem="feb_2023").areas.country == ""


def test_national_coverage_is_the_country() -> None:
    assert ReadAreas(["Couverture nationale", "", "", ""], stem="3w_burundi").names == [("Burundi",)]


def test_a_cell_that_mentions_unnamed_areas_gives_no_area() -> None:
    read = ReadAreas(["Toutes les provinces sauf Gitega", "", "", ""], stem="3w_burundi")
    assert read.rows == [(None,)]
    assert "without naming them" in read.reasons


def test_each_of_several_areas_in_a_cell_is_an_area() -> None:
    read = ReadAreas(["Gitega", "", "", ""], ["Ngozi", "", "", ""], ["Gitega, Ngozi", "", "", ""])
    assert read.names[2] == ("Gitega", "Ngozi")


def test_an_area_below_several_areas_is_not_read_and_reported() -> None:
    read = ReadAreas(["Gitega", "", "", ""], ["Ngozi", "", "", ""], ["Gitega, Ngozi", "", "Centre", ""])
    assert read.names[2] == ("Gitega", "Ngozi")
    assert "the area above names several" in read.reasons


def test_a_cell_that_may_name_several_areas_is_one_area_and_reported() -> None:
    read = ReadAreas(["Gitega", "", "", ""], ["Gitega / Karuzi", "", "", ""])
    assert read.names[1] == ("Gitega / Karuzi",)
    assert "may name several areas" in read.reasons


def test_two_points_of_one_area_are_reported_and_the_more_frequent_is_used() -> None:
    row = ["South", "LB6", "Sour", "LB63"]
    read = ReadAreas([*row, "33", "35"], [*row, "33", "36"], [*row, "33", "36"])
    assert read.areas.by_key["pcode:LB63"].point == (33.0, 36.0)
    assert "has 2 points on the map" in read.reasons


def test_a_country_column_gives_the_country_of_each_row() -> None:
    columns = find_columns(
        read_tables(
            as_csv([["Org", "Country", "Admin1"], ["A", "Mali", "Gao"], ["A", "Niger", "Gao"], ["A", "Mali", "Kayes"]])
        )
    )
    areas = TableAreas(columns, "table", Findings())
    assert areas.country == "ml"
    assert [areas.by_key[key].parent for row in columns.rows for key in areas.of(row) if key] == [
        "pcode:ML",
        "pcode:NE",
        "pcode:ML",
    ]


def test_a_row_without_area_is_in_the_country_if_one_is_known() -> None:
    assert ReadAreas(["", "", "", ""], stem="3w_burundi").names == [("Burundi",)]
    assert ReadAreas(["", "", "", ""]).rows == [(None,)]


def test_a_cell_that_is_not_a_pcode_is_reported_and_the_name_is_used() -> None:
    read = ReadAreas(["South", "see note", "", ""])
    assert read.names == [("South",)]
    assert "is not a p-code" in read.reasons


def test_an_area_with_two_parents_gets_the_more_frequent_and_is_reported() -> None:
    read = ReadAreas(
        ["Beirut", "LB1", "Beirut", "LB11"], ["Beirut", "LB1", "Beirut", "LB11"], ["Mount", "LB3", "Beirut", "LB11"]
    )
    assert read.areas.by_key["pcode:LB11"].parent == "pcode:LB1"
    assert "is placed in 2 areas" in read.reasons


def test_latitude_and_longitude_belong_to_the_area_of_the_row() -> None:
    read = ReadAreas(["South", "LB6", "Sour", "LB63", "33,27", "35.2"], ["South", "LB6", "", "", "", ""])
    assert read.areas.by_key["pcode:LB63"].point == (33.27, 35.2)
    assert read.areas.by_key["pcode:LB6"].point is None


@pytest.mark.parametrize("point", [["91", "0"], ["0", "181"], ["nan", "0"], ["inf", "0"], ["12°N", "3"]])
def test_coordinates_that_are_not_degrees_are_reported(point: list[str]) -> None:
    read = ReadAreas(["South", "LB6", "Sour", "LB63", *point])
    assert read.areas.by_key["pcode:LB63"].point is None
    assert "are not degrees" in read.reasons
