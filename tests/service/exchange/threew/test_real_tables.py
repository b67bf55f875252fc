"""The five real tables, planned without a store.

Expected numbers come from the issue, from the notes beside the data, or from counting with csv and a set; each says
which.
"""

from collections import Counter
from functools import cache
from typing import TypeVar

import pytest

from graph.model import Activity, Area, Record, Stakeholder
from graph.ties import TieReport
from service.exchange import ImportPlan, plan_import
from service.exchange.findings import RowFinding
from tests.service.exchange.samples import REAL, NothingStored, real_table


@cache
def _planned(country: str) -> ImportPlan:
    path = real_table(country)
    return plan_import(path.read_bytes(), path.name, existing=NothingStored())


def plan_of(country: str) -> ImportPlan:
    real_table(country)
    return _planned(country)


R = TypeVar("R", bound=Record)


def created(plan: ImportPlan, kind: type[R]) -> list[R]:
    return [record for record in plan.create if isinstance(record, kind)]


def findings_with(plan: ImportPlan, words: str) -> list[RowFinding]:
    return [finding for finding in plan.report.findings if words in finding.reason]


@pytest.mark.parametrize(
    ("country", "rows", "blank"),
    [
        # Rows: notes beside the data. Blank rows: the issue for Ethiopia, none by count elsewhere.
        ("afghanistan", 10_902, 0),
        ("burundi", 320, 0),
        ("ethiopia", 3_122, 4_202),
        ("lebanon", 13_599, 0),
        ("nigeria", 5_740, 0),
    ],
)
def test_every_real_table_is_read_without_a_mapping(country: str, rows: int, blank: int) -> None:
    report = plan_of(country).report
    assert (report.rows, report.skipped_blank) == (rows, blank)


@pytest.mark.parametrize("country", REAL)
def test_findings_stay_few_enough_to_read(country: str) -> None:
    # 50 of 13,599 rows: a screen or two.
    assert len(plan_of(country).report.findings) <= 50


def test_ethiopia_has_274_funds_ties_and_none_to_the_donor_itself() -> None:
    reports = created(plan_of("ethiopia"), TieReport)
    ties = {(report.kind, report.from_id, report.to_id) for report in reports}
    assert len(reports) == len(ties) == 274  # the issue
    assert {kind for kind, _, _ in ties} == {"funds"}
    assert all(donor != receiver for _, donor, receiver in ties)


def test_ethiopia_has_184_organisations_by_acronym() -> None:
    # Distinct casefolded acronyms (names where there is none) of the three pairs of columns.
    assert len(created(plan_of("ethiopia"), Stakeholder)) == 184


def test_ethiopia_the_25_acronyms_with_two_spellings_are_reported() -> None:
    listed = {finding.value for finding in findings_with(plan_of("ethiopia"), "this acronym has 2 spellings")}
    assert len(listed) == 25  # the issue
    assert {"UNHCR", "I1D", "WV", "GOAL", "UN Women"} <= listed


def test_ethiopia_ties_that_are_not_imported_are_reported() -> None:
    # 2,245 neighbours with one acronym, by count.
    assert [finding.value for finding in findings_with(plan_of("ethiopia"), "from an organisation to itself")] == [
        "2245"
    ]


def test_ethiopia_areas_have_parent_pcode_and_coordinates() -> None:
    areas = {area.name: area for area in created(plan_of("ethiopia"), Area)}
    bulen = areas["Bulen"]
    assert (bulen.pcode, bulen.level) == ("ET060207", 3)
    assert (bulen.latitude, bulen.longitude) == (10.54513524, 35.95689654)
    assert bulen.parent_id == areas["Metekel"].id
    assert areas["Metekel"].parent_id == areas["Benishangul-Gumuz"].id
    assert areas["Benishangul-Gumuz"].parent_id == areas["Ethiopia"].id


def test_ethiopia_the_year_comes_from_the_file_name() -> None:
    reports = created(plan_of("ethiopia"), TieReport)
    days = {report.observed_on for report in reports}
    assert [day.isoformat() for day in days if day] == ["2025-08-31"]
    assert findings_with(plan_of("ethiopia"), "no year")


def test_lebanon_consortia_in_one_cell_are_partners_of_each_other() -> None:
    plan = plan_of("lebanon")
    stakeholders = created(plan, Stakeholder)
    names = {record.id: record.name for record in stakeholders}
    pairs = {
        frozenset((names[report.from_id], names[report.to_id]))
        for report in created(plan, TieReport)
        if report.kind == "partners_with"
    }
    # "Imam Sader Foundation + WVL + DCA"; DCA's full name is in rows of its own.
    assert {
        frozenset(("Imam Sader Foundation", "WVL")),
        frozenset(("Imam Sader Foundation", "DanChurch Aid")),
        frozenset(("WVL", "DanChurch Aid")),
    } <= pairs


def test_lebanon_no_stakeholder_is_a_consortium() -> None:
    names = [record.name for record in created(plan_of("lebanon"), Stakeholder)]
    assert not [name for name in names if "+" in name]


def test_lebanon_the_6190_exact_duplicates_are_one_finding() -> None:
    found = findings_with(plan_of("lebanon"), "repeat an earlier row exactly")
    assert [finding.value for finding in found] == ["6190"]  # notes beside the data


def test_lebanon_a_district_without_pcode_is_that_of_its_name_in_its_governorate() -> None:
    areas = created(plan_of("lebanon"), Area)
    assert [area.pcode for area in areas if area.name == "Sour"] == ["LB63"]


def test_nigeria_government_bodies_are_authorities() -> None:
    categories = {record.name: record.category for record in created(plan_of("nigeria"), Stakeholder)}
    assert categories["Yobe State Primary Health Care Management Board"] == "local_authority"
    assert categories["Federal Neuro-Psychiatric Hospital"] == "national_authority"
    assert categories["Action Against Hunger"] == "ngo"
    assert categories["World Food Programme"] == "un_agency"


def test_nigeria_districts_are_in_their_state_though_their_pcodes_have_other_letters() -> None:
    areas = {area.pcode: area for area in created(plan_of("nigeria"), Area)}
    assert areas["NG036014"].parent_id == areas["NGA036"].id
    assert areas["NGA036"].external_ids == ("pcode:NG036",)
    assert areas["NGA036"].parent_id == areas["NG"].id


def test_afghanistan_tags_with_inner_spaces_are_read() -> None:
    plan = plan_of("afghanistan")
    assert plan.report.mapping["organisation_acronym"] == "ORG_ACRONYM"
    levels = Counter(area.level for area in created(plan, Area))
    # 34 provinces; 401 district codes under 390 names: names repeat.
    assert levels == {0: 1, 1: 34, 2: 401}


def test_afghanistan_has_as_many_organisations_as_acronyms() -> None:
    assert len(created(plan_of("afghanistan"), Stakeholder)) == 285  # distinct casefolded acronyms, by count


def test_burundi_spellings_of_a_province_are_one_area() -> None:
    areas = [area.name for area in created(plan_of("burundi"), Area)]
    assert len(areas) == len(set(areas)) == 25  # 61 spellings
    assert {"Bujumbura Mairie", "Cibitoke", "Gitega"} <= set(areas)


def test_burundi_similar_spellings_are_reported_and_not_merged() -> None:
    found = findings_with(plan_of("burundi"), "may be the same area as")
    assert ("Karuzi", "may be the same area as KARUSI; not merged") in {(f.value, f.reason) for f in found}


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("Rumonge Gitega Ngozi", "read as 3 areas: Rumonge; Gitega; Ngozi"),
        ("Mairie,Cibitoke", "read as 2 areas: Mairie; Cibitoke"),
        ("BUJUMBURA(MAIRIE,RURAL)", "read as 2 areas: BUJUMBURA MAIRIE; BUJUMBURA RURAL"),
        ("Toutes les provinces sauf CANKUZO", "mentions areas without naming them; imported without area"),
        ("Couverture nationale", "read as the whole of the area above: Burundi (in 4 rows)"),
    ],
)
def test_burundi_cells_that_are_not_a_province_are_reported(cell: str, what: str) -> None:
    assert what in {finding.reason for finding in plan_of("burundi").report.findings if finding.value == cell}


def test_burundi_national_coverage_is_an_activity_in_the_country() -> None:
    plan = plan_of("burundi")
    (country,) = [area for area in created(plan, Area) if area.level == 0]
    assert country.name == "Burundi"
    assert [item for item in created(plan, Activity) if item.area_id == country.id]
