"""The plans of small tables, without a store."""

from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.access import Sensitivity
from graph.errors import StakeholderGraphError, TooLarge
from graph.model import Activity, Area, Record, Sector, Source, Stakeholder
from graph.ties import TieReport
from graph.vocabulary import ActivityRole, ActivityStatus, Reliability
from service.exchange import ImportPlan, plan_import
from service.exchange.findings import MAX_FINDINGS
from tests.service.exchange.samples import NothingStored, RawRows, as_csv

R = TypeVar("R", bound=Record)
TODAY = date(2026, 11, 23)


def plan(*lines: list[str], name: str = "4w_may_2025.csv") -> ImportPlan:
    return plan_import(as_csv(lines), name, existing=NothingStored(), today=TODAY)


def made(planned: ImportPlan, kind: type[R]) -> list[R]:
    return [record for record in planned.create if isinstance(record, kind)]


def stakeholder(planned: ImportPlan, name: str) -> Stakeholder:
    return next(record for record in made(planned, Stakeholder) if record.name == name)


def reasons(planned: ImportPlan) -> str:
    return "; ".join(finding.reason for finding in planned.report.findings)


def test_organisations_are_identified_by_acronym_ignoring_case_and_space() -> None:
    planned = plan(
        ["Acronym", "Organisation"],
        ["IRC", "International Rescue Committee"],
        ["irc\u00a0", "International Rescue  Committee"],
        ["IRC", "Int. Rescue Committee"],
    )
    (only,) = made(planned, Stakeholder)
    assert only.name == "International Rescue Committee"
    assert only.aliases == ("IRC", "irc", "Int. Rescue Committee")


def test_organisations_without_acronym_are_identified_by_name() -> None:
    planned = plan(["Acronym", "Organisation"], ["", "Ligue Iteka"], ["", "LIGUE ITEKA"], ["LI", "Ligue Iteka"])
    assert {record.external_ids for record in made(planned, Stakeholder)} == {
        ("3w-table:ligue iteka",),
        ("3w-table:li",),
    }
    assert "may be one organisation under 2 acronyms" in reasons(planned)


@pytest.mark.parametrize(
    ("kind", "name", "category"),
    [
        ("International NGO", "Xyz", "ngo"),
        ("ONG nationale", "Xyz", "ngo"),
        ("UN Agency", "Xyz", "un_agency"),
        ("Agence des Nations Unies", "Xyz", "un_agency"),
        ("Government", "Ministry of Health", "national_authority"),
        ("Govt", "State Ministry of Health", "local_authority"),
        ("Government", "Northern Water Office", "local_authority"),
        ("Municipality", "Xyz", "local_authority"),
        ("Red Cross", "Xyz", "other"),
        ("CBO", "Xyz", "community_group"),
        ("Private sector", "Xyz", "private_sector"),
        ("Martian", "Xyz", "other"),
        ("", "UNICEF", "un_agency"),
        ("", "Xyz", "other"),
    ],
)
def test_the_type_gives_the_category(kind: str, name: str, category: str) -> None:
    planned = plan(["Org", "Org type", "Region"], [name, kind, "Northern"])
    assert stakeholder(planned, name).category == category


def test_an_organisation_that_only_funds_is_a_donor() -> None:
    planned = plan(["Donor", "Implementing partner"], ["ECHO", "ACF"], ["ACF", "MSF"])
    assert stakeholder(planned, "ECHO").category == "donor"
    assert stakeholder(planned, "ACF").category == "other"


def test_an_armed_actor_is_never_public() -> None:
    planned = plan(["Org", "Org type"], ["The Front", "Armed group"])
    assert stakeholder(planned, "The Front").sensitivity is Sensitivity.RESTRICTED


def test_a_row_is_an_activity_with_roles_area_sector_status_and_time() -> None:
    planned = plan(
        [
            "Donor",
            "Programme partner",
            "Implementing partner",
            "Region",
            "Cluster",
            "Activity",
            "Status",
            "Month",
            "Year",
        ],
        ["D", "P", "I", "North", "Health", "Clinics", "Completed", "March", "2025"],
    )
    (activity,) = made(planned, Activity)
    who = {stakeholder(planned, name).id: name for name in "DPI"}
    assert {(who[part.stakeholder_id], part.role) for part in activity.participants} == {
        ("D", ActivityRole.FUNDS),
        ("P", ActivityRole.PARTNERS),
        ("I", ActivityRole.IMPLEMENTS),
    }
    assert activity.area_id == made(planned, Area)[0].id
    assert activity.sector_id == made(planned, Sector)[0].id
    assert (activity.name, activity.status) == ("Clinics", ActivityStatus.COMPLETED)
    assert (activity.valid_from, activity.valid_to) == (date(2025, 3, 1), date(2025, 4, 1))


def test_an_ongoing_activity_has_no_end() -> None:
    (activity,) = made(plan(["Org", "Status"], ["ACF", "en cours"]), Activity)
    assert (activity.status, activity.valid_to) == (ActivityStatus.ONGOING, None)


def test_rows_equal_in_what_is_read_are_one_activity() -> None:
    planned = plan(
        ["Org", "Activity", "Colour"], ["ACF", "Wells", "red"], ["acf", "Wells", "blue"], ["ACF", "Pumps", ""]
    )
    assert len(made(planned, Activity)) == 2
    assert "differ from an earlier one only in columns that are not read: 1" in reasons(planned)


def test_the_table_is_the_source_and_tables_of_a_country_are_one_evidence_group() -> None:
    (source,) = made(plan(["Org"], ["ACF"], name="/somewhere/3w_bdi_feb_2023.ods.csv"), Source)
    assert source.external_ids == ("3w-bi:3w_bdi_feb_2023.ods",)
    assert (source.origin_group, source.reliability) == ("3w-bi", Reliability.B)


def test_a_tie_is_observed_on_the_last_day_of_its_period_but_not_in_the_future() -> None:
    lines = [
        ["Donor", "Implementing partner", "Month", "Year"],
        ["D", "I", "March", "2025"],
        ["D", "J", "November", "2026"],
    ]
    reports = made(plan(*lines), TieReport)
    assert {report.observed_on for report in reports} == {date(2025, 3, 31), TODAY}
    assert {report.valid_to for report in reports} == {None}
    assert {report.credibility for report in reports} == {2}


def test_a_tie_reported_for_two_periods_has_two_reports() -> None:
    lines = [
        ["Donor", "Implementing partner", "Month", "Year"],
        ["D", "I", "March", "2025"],
        ["D", "I", "April", "2025"],
    ]
    assert len(made(plan(*lines), TieReport)) == 2


def test_a_plain_organisation_is_between_donor_and_implementing_partner() -> None:
    planned = plan(["Donor", "Organisation", "Implementing partner"], ["D", "O", "I"])
    pairs = {(report.from_id, report.to_id) for report in made(planned, TieReport)}
    donor, middle, last = (stakeholder(planned, name).id for name in "DOI")
    assert pairs == {(donor, middle), (middle, last)}


def test_a_plain_organisation_beside_both_partners_is_not_read_and_reported() -> None:
    planned = plan(["Programme partner", "Implementing partner", "Organisation"], ["P", "I", "O"])
    assert {record.name for record in made(planned, Stakeholder)} == {"P", "I"}
    assert "have columns of their own" in reasons(planned)


def test_names_match_as_many_acronyms_or_are_not_imported_and_reported() -> None:
    planned = plan(
        ["Acronym", "Organisation"],
        ["AAH + IRC", "Action Against Hunger + International Rescue Committee"],
        ["MSF + MDM", "The doctors"],
    )
    assert {record.name for record in made(planned, Stakeholder)} == {
        "Action Against Hunger",
        "International Rescue Committee",
        "MSF",
        "MDM",
    }
    assert [finding.value for finding in planned.report.findings if "name was not imported" in finding.reason] == [
        "The doctors"
    ]


def test_an_organisation_of_several_types_gets_the_most_frequent_and_is_reported() -> None:
    planned = plan(["Org", "Org type"], ["A", "UN"], ["A", "NGO"], ["A", "NGO"])
    assert stakeholder(planned, "A").category == "ngo"
    assert "has several types: NGO (2), UN (1)" in reasons(planned)


def test_a_row_without_organisation_is_reported_and_not_used() -> None:
    planned = plan(["Org", "Activity"], ["", "Wells"], ["n/a", "Pumps"], ["ACF", "Taps"])
    assert len(made(planned, Activity)) == 1
    assert planned.report.rows == 3
    assert "names no organisation; the row is not used (in 2 rows)" in reasons(planned)
    assert "read as empty" in reasons(planned)


def test_a_sector_is_recognised_in_english_french_and_by_code() -> None:
    planned = plan(
        ["Org", "Sector"], ["A", "Santé"], ["A", "Health"], ["A", "HEA"], ["A", "Operational Presence: Health"]
    )
    assert [(sector.code, sector.external_ids) for sector in made(planned, Sector)] == [("health", ("sector:health",))]


def test_an_unknown_sector_keeps_its_name() -> None:
    (sector,) = made(plan(["Org", "Sector"], ["A", "Formation Professionnelle"]), Sector)
    assert (sector.code, sector.name) == ("formation_professionnelle", "Formation Professionnelle")


@pytest.mark.parametrize("name", ["", "....", "/", "a" * 5_000 + ".csv", "..\\..\\x.csv", "\u202egnp.csv", "\0\n.csv"])
def test_any_file_name_is_accepted(name: str) -> None:
    (source,) = made(plan(["Org"], ["ACF"], name=name), Source)
    assert source.name


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|'/c calc'!A1",
        "<script>alert(1)</script>",
        "Robert') DROP",
        "`MATCH (n) DETACH DELETE n`",
        "ACF\u0007",
        "١٢٣",
        "🕊",
    ],
)
def test_hostile_names_are_imported_as_text(name: str) -> None:
    (only,) = made(plan(["Org"], [name]), Stakeholder)
    assert only.name == name.replace("\u0007", "")


def test_names_of_any_length_make_valid_records() -> None:
    long = "Society of " + "very " * 2_000 + "long names"
    planned = plan(["Donor", "Org", "Region", "Sector", "Activity"], [long, f"{long}!", long, long, long])
    assert {len(record.name) <= 500 for record in made(planned, Stakeholder)} == {True}
    assert "longer than 500 characters" in reasons(planned)


def test_findings_are_limited_and_the_rest_is_counted() -> None:
    planned = plan(["Org", "Status"], *(["ACF", f"status {number}"] for number in range(MAX_FINDINGS + 100)))
    assert len(planned.report.findings) == MAX_FINDINGS + 1
    assert "more findings are not listed" in planned.report.findings[-1].reason


@pytest.mark.parametrize(
    ("column", "cell", "rows", "what"),
    [
        ("Org", "organisation {}", 20_002, "20,000 organisations"),
        ("Region", "region {}", 50_003, "50,000 areas"),
        ("Activity", "activity {}", 100_002, "100,000 activities"),
    ],
)
def test_a_table_over_the_limits_is_refused(column: str, cell: str, rows: int, what: str) -> None:
    headings = ["Org", "Region", "Activity"]
    lines = [[cell.format(number) if column == name else name for name in headings] for number in range(rows)]
    with pytest.raises(TooLarge, match=what):
        plan(headings, *lines)


def test_the_same_file_gives_the_same_report_and_external_ids() -> None:
    lines = [["Donor", "Org", "Region"], ["D + E", "F", "North"], ["", "F + G", "South"]]
    first, second = plan(*lines), plan(*lines)
    assert first.report == second.report
    assert [record.external_ids for record in first.create] == [record.external_ids for record in second.create]


CELL = st.one_of(
    st.sampled_from(
        [
            "Org",
            "Donor",
            "Implementing partner",
            "Region",
            "Region code",
            "Sector",
            "Status",
            "Month",
            "Year",
            "Lat",
            "Long",
            "#org",
            "#adm1+code",
            "ACF + MSF",
            "ACF, MSF",
            "XA01",
            "n/a",
            "2024",
            "March",
            "Couverture nationale",
            "1e400",
        ]
    ),
    st.text(max_size=20),
)


@settings(max_examples=300)
@given(st.lists(st.lists(CELL, max_size=6), max_size=8))
def test_any_table_is_planned_or_refused(lines: RawRows) -> None:
    try:
        data = as_csv(lines)
    except UnicodeEncodeError:
        return  # a lone surrogate cannot be in a file
    try:
        planned = plan_import(data, "x.csv", existing=NothingStored(), today=TODAY)
    except StakeholderGraphError:
        return
    ids = [(type(record), key) for record in planned.create for key in record.external_ids]
    assert len(ids) == len(set(ids))
    assert planned.report.rows + planned.report.skipped_blank <= len(lines) + sum(
        str(line).count("\\n") for line in lines
    )


@given(st.binary(max_size=500), st.text(max_size=20))
def test_any_bytes_under_any_name_are_planned_or_refused(data: bytes, name: str) -> None:
    try:
        plan_import(data, name, existing=NothingStored(), today=TODAY)
    except StakeholderGraphError:
        return


def test_what_lies_in_the_future_is_an_activity_and_no_tie_and_is_said() -> None:
    rows = (["Donor", "Partner", "Start"], ["ECHO", "ACF", "2026-11-24"], ["ECHO", "MSF", "2026-11-25"])
    planned = plan(*rows)
    assert [report.valid_from for report in made(planned, TieReport)] == [date(2026, 11, 24)]
    assert {activity.valid_from for activity in made(planned, Activity)} == {date(2026, 11, 24), date(2026, 11, 25)}
    (found,) = [found for found in planned.report.findings if "future" in found.reason]
    assert (found.row, found.column, found.value) == (3, "Start", "2026-11-25")


@pytest.mark.parametrize("nothing", ["\u200b", "\u3164", "\u2800", "\ufe0f", "\u00ad"])
def test_a_cell_that_shows_nothing_is_empty_and_is_said(nothing: str) -> None:
    planned = plan(["Org", "Sector"], ["ACF", "Health"], [nothing, "Health"])
    assert [record.name for record in made(planned, Stakeholder)] == ["ACF"]
    said = [(found.row, found.reason) for found in planned.report.findings]
    assert (3, "names no organisation; the row is not used") in said
    assert any(row == 3 and "invisible" in reason for row, reason in said)
