"""Which areas a table names and where rows are."""

import pytest

from service.exchange.findings import Findings
from service.exchange.tables.reading import read_tables
from service.exchange.threew.columns import find_columns
from service.exchange.threew.likeness import report_places
from service.exchange.threew.place_names import are_near, is_part_of_country, is_whole_country, same_place
from service.exchange.threew.places import Places
from tests.service.exchange.samples import as_csv

HEADING = ["Org", "Admin1 name", "Admin1 pcode", "Admin2 name", "Admin2 pcode", "Lat", "Long"]


class Read:
    """A table's areas, and those of each row by name."""

    def __init__(self, *rows: list[str], stem: str = "table") -> None:
        columns = find_columns(read_tables(as_csv([HEADING, *(["ACF", *row] for row in rows)])))
        self.findings = Findings()
        self.places = Places(columns, stem, self.findings)
        report_places(self.places.by_key, columns, self.findings)
        self.rows = [self.places.of(row) for row in columns.rows]

    @property
    def names(self) -> list[tuple[str | None, ...]]:
        """The names of the areas of each row."""
        return [tuple(key and self.places.by_key[key].name for key in areas) for areas in self.rows]

    @property
    def reasons(self) -> str:
        """All that is said."""
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
def test_spellings_of_one_place_are_equal(spellings: tuple[str, ...]) -> None:
    assert len({same_place(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "other"), [("Karusi", "Karuzi"), ("Mairie", "Bujumbura Mairie"), ("Hasbaya", "Hasbaiya")]
)
def test_near_spellings_are_not_equal_but_near(name: str, other: str) -> None:
    assert same_place(name) != same_place(other)
    assert are_near(same_place(name), same_place(other))


@pytest.mark.parametrize(
    ("name", "other"), [("East Wellega", "West Wellega"), ("Area 1", "Area 2"), ("Guji", "West Guji")]
)
def test_places_told_apart_by_direction_or_number_are_not_near(name: str, other: str) -> None:
    assert not are_near(same_place(name), same_place(other))


@pytest.mark.parametrize("cell", ["Couverture nationale", "NATIONWIDE", "Toutes les provinces", "Tout le pays"])
def test_whole_countries_are_recognised(cell: str) -> None:
    assert is_whole_country(cell)


@pytest.mark.parametrize(
    "cell", ["Toutes les provinces sauf CANKUZO", "All districts except the north", "Plusieurs provinces"]
)
def test_parts_of_countries_are_recognised(cell: str) -> None:
    assert is_part_of_country(cell)
    assert not is_whole_country(cell)


def test_a_pcode_is_an_area_whatever_its_spelling() -> None:
    read = Read(["South", "LB6", "Sour", "LB63"], ["South", "LB6", "Tyre", "LB63"], ["South", "LB6", "Sour", "LB63"])
    assert read.names == [("Sour",)] * 3
    assert "written in 2 ways: Sour (2), Tyre (1)" in read.reasons


def test_a_name_without_pcode_is_the_coded_area_of_that_name_in_the_same_parent() -> None:
    read = Read(["South", "LB6", "Sour", "LB63"], ["South", "LB6", "SOUR", ""], ["North", "LB5", "Sour", ""])
    assert read.rows[1] == read.rows[0]
    assert read.rows[2] != read.rows[0]


def test_the_country_is_known_by_the_letters_of_pcodes_and_stands_on_top() -> None:
    read = Read(["South", "LB6", "Sour", "LB63"])
    chain = read.places.by_key
    assert read.places.country == "lb"
    assert [chain[key].name for key in ("pcode:LB63", "pcode:LB6", "pcode:LB")] == ["Sour", "South", "Lebanon"]
    assert chain["pcode:LB63"].parent == "pcode:LB6"
    assert chain["pcode:LB6"].parent == "pcode:LB"


def test_three_letters_and_two_are_one_country() -> None:
    read = Read(["Yobe", "NGA036", "Potiskum", "NG036014"])
    assert read.places.by_key["pcode:NG036"].pcode == "NGA036"
    assert read.places.country == "ng"


def test_the_country_is_known_by_the_file_name_else() -> None:
    assert Read(["Gitega", "", "", ""], stem="3w_bdi_feb_2023").places.country == "bi"
    assert Read(["Gitega", "", "", ""], stem="feb_2023").places.country == ""


def test_national_coverage_is_the_country() -> None:
    assert Read(["Couverture nationale", "", "", ""], stem="3w_burundi").names == [("Burundi",)]


def test_areas_that_are_not_named_are_no_area() -> None:
    read = Read(["Toutes les provinces sauf Gitega", "", "", ""], stem="3w_burundi")
    assert read.rows == [(None,)]
    assert "without naming them" in read.reasons


def test_several_areas_in_a_cell_are_each_an_area() -> None:
    read = Read(["Gitega", "", "", ""], ["Ngozi", "", "", ""], ["Gitega, Ngozi", "", "", ""])
    assert read.names[2] == ("Gitega", "Ngozi")


def test_an_area_below_several_is_not_read_and_said() -> None:
    read = Read(["Gitega", "", "", ""], ["Ngozi", "", "", ""], ["Gitega, Ngozi", "", "Centre", ""])
    assert read.names[2] == ("Gitega", "Ngozi")
    assert "the area above names several" in read.reasons


def test_an_area_that_may_be_several_is_kept_as_one_and_said() -> None:
    read = Read(["Gitega", "", "", ""], ["Gitega / Karuzi", "", "", ""])
    assert read.names[1] == ("Gitega / Karuzi",)
    assert "perhaps several areas" in read.reasons


def test_two_points_of_one_area_are_said_and_the_more_frequent_is_kept() -> None:
    row = ["South", "LB6", "Sour", "LB63"]
    read = Read([*row, "33", "35"], [*row, "33", "36"], [*row, "33", "36"])
    assert read.places.by_key["pcode:LB63"].point == (33.0, 36.0)
    assert "has 2 points on the map" in read.reasons


def test_a_country_column_says_in_which_country_each_row_is() -> None:
    columns = find_columns(
        read_tables(
            as_csv([["Org", "Country", "Admin1"], ["A", "Mali", "Gao"], ["A", "Niger", "Gao"], ["A", "Mali", "Kayes"]])
        )
    )
    places = Places(columns, "table", Findings())
    assert places.country == "ml"
    assert [places.by_key[key].parent for row in columns.rows for key in places.of(row) if key] == [
        "pcode:ML",
        "pcode:NE",
        "pcode:ML",
    ]


def test_a_row_without_area_is_in_the_country_if_one_is_known() -> None:
    assert Read(["", "", "", ""], stem="3w_burundi").names == [("Burundi",)]
    assert Read(["", "", "", ""]).rows == [(None,)]


def test_what_is_no_pcode_is_said_and_the_name_used() -> None:
    read = Read(["South", "see note", "", ""])
    assert read.names == [("South",)]
    assert "is no p-code" in read.reasons


def test_an_area_in_two_parents_is_kept_in_the_more_frequent_and_said() -> None:
    read = Read(
        ["Beirut", "LB1", "Beirut", "LB11"], ["Beirut", "LB1", "Beirut", "LB11"], ["Mount", "LB3", "Beirut", "LB11"]
    )
    assert read.places.by_key["pcode:LB11"].parent == "pcode:LB1"
    assert "stands in 2 areas" in read.reasons


def test_latitude_and_longitude_go_to_the_area_of_the_row() -> None:
    read = Read(["South", "LB6", "Sour", "LB63", "33,27", "35.2"], ["South", "LB6", "", "", "", ""])
    assert read.places.by_key["pcode:LB63"].point == (33.27, 35.2)
    assert read.places.by_key["pcode:LB6"].point is None


@pytest.mark.parametrize("point", [["91", "0"], ["0", "181"], ["nan", "0"], ["inf", "0"], ["12°N", "3"]])
def test_what_is_no_place_on_earth_is_said(point: list[str]) -> None:
    read = Read(["South", "LB6", "Sour", "LB63", *point])
    assert read.places.by_key["pcode:LB63"].point is None
    assert "are no degrees" in read.reasons
