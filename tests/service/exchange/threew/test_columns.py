"""Finding the heading and the field of each column."""

from typing import Any

import pytest

from graph.errors import InvalidInput
from service.exchange.tables.reading import read_tables
from service.exchange.threew.columns import Columns, find_columns
from service.exchange.threew.fields import FIELDS, ORGANISATION_FIELDS
from service.exchange.threew.mapping import ColumnMapping
from tests.service.exchange.samples import as_csv, as_xlsx

ROW = ["ACF", "Action contre la Faim", "Water"]


def identified(*lines: list[str], mapping: ColumnMapping | None = None) -> Columns:
    return find_columns(read_tables(as_csv(lines)), mapping)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        # As written in the sample tables and others that OCHA publishes.
        ("Donor Acronym", "donor_acronym"),
        ("Program partner Acronym", "programme_partner_acronym"),
        ("Programme Partner Name", "programme_partner"),
        ("Implementing Partner Type", "implementing_partner_type"),
        ("Acronyme de l'Organisation", "organisation_acronym"),
        ("Acronyme de l\u2019Organisation", "organisation_acronym"),
        ("ORG_ACRONYM", "organisation_acronym"),
        ("Org. Acronym", "organisation_acronym"),
        ("Type of Organization", "organisation_type"),
        ("partner.name", "organisation"),
        ("Nom de l\u2019organisation", "organisation"),
        ("Bailleur de fonds", "donor"),
        ("Partenaire de mise en \u0153uvre", "implementing_partner"),
        ("Partenaire d'ex\u00e9cution", "implementing_partner"),
        ("  IMPLEMENTING\u00a0PARTNER  ", "implementing_partner"),
        ("Secteur", "sector"),
        ("CLUSTER_SECTOR_CODE", "sector_code"),
        ("Statut de l'activit\u00e9", "status"),
        ("Ann\u00e9e", "year"),
        ("Admin2 Pcode", "adm2_code"),
        ("admin1Name", "adm1"),
    ],
)
def test_headings_are_recognised_in_english_and_french(heading: str, field: str) -> None:
    assert identified(["Organisation X", heading, "Org"], ROW).mapping().get(field) == " ".join(heading.split())


@pytest.mark.parametrize("heading", ["Organisation X", "Comment on the partner", "Partners reached", ""])
def test_a_heading_that_only_contains_a_known_word_is_not_recognised(heading: str) -> None:
    assert list(identified([heading, "Org"], ROW).fields) == ["organisation"]


def test_titles_above_the_heading_are_skipped_and_may_name_the_period() -> None:
    columns = identified(["3W Talvara, August 2025"], [], ["Source: cluster leads"], ["Org", "Name", "Activity"], ROW)
    assert columns.heading_row == 4
    assert "August 2025" in columns.titles
    assert [row.number for row in columns.rows] == [5]


def test_tags_below_the_heading_take_precedence_over_it() -> None:
    columns = identified(["Alpha", "Beta", "Gamma"], ["#ORG + acronym", "#org+NAME +v_x", " #activity"], ROW)
    assert columns.fields == {"organisation_acronym": 0, "organisation": 1, "activity": 2}
    assert columns.headings == ("Alpha", "Beta", "Gamma")
    assert [row.number for row in columns.rows] == [3]


def test_without_a_heading_the_tags_are_the_heading() -> None:
    columns = identified(["#org+acronym", "#org+name", "#activity"], ROW)
    assert columns.headings[0] == "#org+acronym"
    assert [row.number for row in columns.rows] == [2]


@pytest.mark.parametrize(
    ("tag", "field"),
    [
        ("#org+name+funder", "donor"),
        ("#org+prog+acronym", "programme_partner_acronym"),
        ("#org+acronym+impl", "implementing_partner_acronym"),
        ("#org +type +name", "organisation_type"),
        ("#adm1 +code", "adm1_code"),
        ("#adm3", "adm3"),
        ("#geo+lat", "latitude"),
        ("#geo +lon", "longitude"),
        ("#sector+cluster+name", "sector"),
        ("#sector +code", "sector_code"),
        ("#date +month", "month"),
        ("#date+start", "start"),
        ("#status", "status"),
    ],
)
def test_each_tag_gives_its_field(tag: str, field: str) -> None:
    assert identified(["A", "B"], ["#org", tag], ROW).mapping()[field] == "B"


def test_an_untagged_column_is_recognised_by_its_heading() -> None:
    assert identified(["A", "B", "Cluster"], ["#org", "#adm1", ""], ROW).mapping()["sector"] == "Cluster"


def test_levels_of_areas_are_counted_from_the_widest_down() -> None:
    columns = identified(["Org", "WoredaPcod", "Woreda", "Region", "Zone"], ROW)
    assert {field: columns.fields[field] for field in ("adm1", "adm2", "adm3", "adm3_code")} == {
        "adm1": 3,
        "adm2": 4,
        "adm3": 2,
        "adm3_code": 1,
    }


def test_a_mapping_by_heading_or_number_takes_precedence() -> None:
    columns = identified(["Org", "Colour", "Who else"], ROW, mapping={"organisation": 2, "donor": "who ELSE"})
    assert columns.fields == {"organisation": 1, "donor": 2}


def test_a_heading_that_is_a_number_takes_precedence_over_the_number() -> None:
    assert identified(["Org", "X", "2"], ROW, mapping={"donor": "2"}).fields["donor"] == 2


def test_a_mapping_can_leave_a_field_out() -> None:
    assert "activity" not in identified(["Org", "Activity"], ROW, mapping={"activity": ""}).fields


def test_a_table_with_unknown_headings_is_read_by_mapping_alone() -> None:
    columns = identified(["Ztable"], ["Kto", "Czto", "Gde"], ["ACF", "Water", "North"], mapping={"organisation": 1})
    assert columns.heading_row == 2
    assert len(columns.rows) == 1


def test_without_a_column_of_organisations_the_cure_names_mapping_and_columns() -> None:
    with pytest.raises(InvalidInput) as raised:
        identified(["Region", "Cluster", "Kto"], ["North", "WASH", "ACF"])
    assert all(field in raised.value.cure for field in ORGANISATION_FIELDS)
    assert "1 'Region', 2 'Cluster', 3 'Kto'" in raised.value.cure
    assert [finding.pointer for finding in raised.value.findings] == ["/mapping/organisation"]


@pytest.mark.parametrize("column", ["Nowhere", "0", "4", "99999999999999999999", 0, -1, 400])
def test_a_mapping_to_a_missing_column_is_refused_listing_the_columns(column: str | int) -> None:
    with pytest.raises(InvalidInput, match="/mapping/donor") as raised:
        identified(["Org", "B", "C"], ROW, mapping={"donor": column})
    assert "2 'B'" in raised.value.cure


def test_a_mapping_of_an_unknown_field_is_refused_listing_the_fields() -> None:
    with pytest.raises(InvalidInput, match="'colour' is not a field") as raised:
        identified(["Org"], ROW, mapping={"colour": 1})
    assert all(field in raised.value.cure for field in FIELDS)


@pytest.mark.parametrize(
    "column", [True, 1.5, None, ["Org"], 10**5_000], ids=["flag", "share", "nothing", "list", "huge"]
)
def test_a_mapping_to_neither_a_heading_nor_a_number_is_refused(column: Any) -> None:
    with pytest.raises(InvalidInput, match="neither a heading nor a column number"):
        identified(["Org"], ROW, mapping={"organisation": column})


def test_a_second_column_of_a_field_is_reported() -> None:
    (finding,) = identified(["Org", "Partner"], ROW).findings
    assert (finding.row, finding.column) == (1, "Partner")
    assert "already read from Org" in finding.reason


def test_the_sheet_with_organisations_is_read_and_the_others_are_reported() -> None:
    columns = find_columns(
        read_tables(as_xlsx(Notes=[["Read me"]], Data=[["Org", "Activity"], ["ACF", "Water"]], More=[["x"]]))
    )
    assert columns.table.name == "Data"
    assert [finding.value for finding in columns.findings] == ["Notes, More"]


def test_cells_over_the_length_limit_are_shortened_and_reported() -> None:
    columns = identified(["Org", "Activity"], ["ACF", "long " * 200])
    assert len(columns.value(columns.rows[0], "activity")) == 499  # 500 would end in the space
    assert "longer than 500" in columns.findings[0].reason
