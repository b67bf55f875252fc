"""Importing into a real store: dry runs, second runs, and records that existed before."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity
from graph.errors import InvalidInput
from graph.model import Activity, Area, Sector, Source, Stakeholder
from graph.ties import Tie, TieReport
from queries.bulk import TRANSACTION
from queries.store import Store
from service.exchange import ImportReport, run_import
from tests.builders import a_sector, a_stakeholder, an_area
from tests.service.exchange.samples import as_csv, real_table

TABLE = as_csv(
    [
        [
            "Donor",
            "Programme partner",
            "Implementing partner",
            "Region",
            "Region code",
            "Cluster",
            "Activity",
            "Status",
        ],
        ["Giver", "Middle", "Doer", "North", "XZ01", "WASH", "Wells", "Ongoing"],
        ["", "Middle", "Doer + Helper", "North", "XZ01", "Health", "Clinics", "Completed"],
    ]
)
NAME = "4w_may_2025.csv"


def imported(store: Store, data: bytes = TABLE, name: str = NAME, *, dry_run: bool = False) -> ImportReport:
    return run_import(store, LOCAL_ACTOR, data, name, dry_run=dry_run)


def real_import(store: Store, path: Path, *, dry_run: bool = False) -> ImportReport:
    return imported(store, path.read_bytes(), path.name, dry_run=dry_run)


def without_mode(report: ImportReport) -> dict[str, object]:
    return {**report.as_json(), "dry_run": None}


def all_ties(store: Store) -> Iterator[Tie]:
    after = None
    while True:
        page = store.ties(LOCAL_ACTOR, as_of=date(2026, 1, 1), after=after)
        yield from page.items
        after = page.next
        if after is None:
            return


def total(report: ImportReport, what: str) -> int:
    return sum(getattr(counts, what) for counts in report.records.values())


# The other two tables take the same steps and are planned in test_real_tables.py.
@pytest.mark.parametrize("country", ["burundi", "ethiopia", "lebanon"])
def test_dry_run_and_real_run_of_a_real_table_agree_and_a_second_run_changes_nothing(
    store: Store, country: str
) -> None:
    path = real_table(country)
    before = store.revision(LOCAL_ACTOR)
    dry = real_import(store, path, dry_run=True)
    assert store.revision(LOCAL_ACTOR) == before, "a dry run writes nothing"
    first = real_import(store, path)
    assert without_mode(first) == without_mode(dry)
    counts = store.counts(LOCAL_ACTOR)
    created = {kind: counted.created for kind, counted in first.records.items()}
    assert created == {kind: counts[kind] for kind in created}
    # 274 and the pairs of Lebanon's consortia, counted by hand in test_real_tables.py.
    assert (
        Counter(tie.kind for tie in all_ties(store))
        == {
            "burundi": {},
            "ethiopia": {"funds": 274},
            "lebanon": {"partners_with": 33},
        }[country]
    )
    after = store.revision(LOCAL_ACTOR)
    second = real_import(store, path)
    assert (total(second, "created"), total(second, "updated")) == (0, 0)
    assert total(second, "unchanged") == total(first, "created")
    assert store.revision(LOCAL_ACTOR) == after, "an import without changes writes nothing"


def test_imported_records_can_be_read_from_the_store(store: Store) -> None:
    imported(store)
    doer = store.list(Stakeholder, LOCAL_ACTOR, name="doer").items[0]
    (north,) = store.list(Area, LOCAL_ACTOR, pcode="XZ01").items
    wells = next(item for item in store.list(Activity, LOCAL_ACTOR).items if item.name == "Wells")
    assert doer.id in {participant.stakeholder_id for participant in wells.participants}
    assert wells.area_id == north.id
    kinds = sorted(report.kind for report in store.list(TieReport, LOCAL_ACTOR, stakeholder_id=doer.id).items)
    assert kinds == ["funds", "partners_with"]


def test_a_refused_file_leaves_the_store_as_it_was(store: Store) -> None:
    before = store.revision(LOCAL_ACTOR)
    with pytest.raises(InvalidInput):
        imported(store, b"nothing,to,see\n1,2,3\n")
    assert store.revision(LOCAL_ACTOR) == before


def test_an_existing_stakeholder_of_the_same_name_is_reported_and_not_merged(store: Store) -> None:
    existing = store.create(a_stakeholder(name="Doer"), LOCAL_ACTOR)
    report = imported(store)
    assert report.records["stakeholders"].created == 4
    findings = [finding for finding in report.findings if finding.value == "Doer" and existing.id in finding.reason]
    assert len(findings) == 1
    assert "3w-xz:doer" in findings[0].suggestion


def test_the_external_id_that_is_suggested_merges_the_two(store: Store) -> None:
    existing = store.create(a_stakeholder(name="The Doers", external_ids=("3w-xz:doer",)), LOCAL_ACTOR)
    report = imported(store)
    assert report.records["stakeholders"].created == 3
    assert report.records["stakeholders"].updated == 1
    now = store.get(Stakeholder, existing.id, LOCAL_ACTOR)
    assert (now.name, now.aliases) == ("The Doers", ("Doer",))


def test_an_import_overwrites_nothing_and_never_lowers_sensitivity(store: Store) -> None:
    existing = store.create(
        a_stakeholder(
            name="Doer",
            category="community_leader",
            description="Met in March.",
            sensitivity=Sensitivity.CONFIDENTIAL,
            external_ids=("3w-xz:doer",),
        ),
        LOCAL_ACTOR,
    )
    imported(store)
    assert store.get(Stakeholder, existing.id, LOCAL_ACTOR) == existing


def test_a_contradicting_category_is_reported_and_not_imported(store: Store) -> None:
    existing = store.create(a_stakeholder(name="Giver", category="ngo", external_ids=("3w-xz:giver",)), LOCAL_ACTOR)
    report = imported(store)
    assert store.get(Stakeholder, existing.id, LOCAL_ACTOR).category == "ngo"
    assert any("category donor" in finding.reason for finding in report.findings)


def test_existing_areas_and_sectors_are_matched_by_pcode_and_name(store: Store) -> None:
    area = store.create(an_area(name="Northern Region", level=1, pcode="XZ01"), LOCAL_ACTOR)
    sector = store.create(a_sector(code="WSH", name="Water, sanitation and hygiene"), LOCAL_ACTOR)
    report = imported(store)
    assert report.records["areas"].created == 0
    assert report.records["sectors"].created == 1
    assert store.get(Area, area.id, LOCAL_ACTOR).name == "Northern Region"
    assert store.get(Area, area.id, LOCAL_ACTOR).external_ids == ("pcode:XZ01",)
    assert store.get(Sector, sector.id, LOCAL_ACTOR).external_ids == ("sector:wash",)


def test_an_area_that_contradicts_the_table_is_unchanged_and_reported(store: Store) -> None:
    around = store.create(an_area(name="East", level=0), LOCAL_ACTOR)
    existing = store.create(an_area(name="Southland", level=2, pcode="XZ01", parent_id=around.id), LOCAL_ACTOR)
    report = imported(store)
    now = store.get(Area, existing.id, LOCAL_ACTOR)
    assert (now.name, now.level, now.parent_id) == ("Southland", 2, around.id)
    reasons = {finding.reason for finding in report.findings if finding.value == "XZ01"}
    assert reasons == {
        "the table says name North, the area keeps name Southland",
        "the table says level 1, the area keeps level 2",
    }


def test_two_tables_of_one_country_share_all_but_the_source_and_its_reports(store: Store) -> None:
    imported(store)
    report = imported(store, name="4w_may_2025_final.csv")
    created = {kind: counts.created for kind, counts in report.records.items() if counts.created}
    # Giver → Middle, Middle → Doer, Middle → Helper, Doer – Helper.
    assert created == {"sources": 1, "tie_reports": 4}
    origin_groups = {source.origin_group for source in store.list(Source, LOCAL_ACTOR).items}
    assert len(origin_groups) == 1, "two editions of one table are not independent"


def test_importing_again_does_not_restore_a_retracted_report(store: Store) -> None:
    imported(store)
    report = store.list(TieReport, LOCAL_ACTOR).items[0]
    store.delete(TieReport, report.id, LOCAL_ACTOR, version=report.version)
    again = imported(store)
    assert again.records["tie_reports"].created == 0
    assert store.get(TieReport, report.id, LOCAL_ACTOR).retracted_at is not None


def test_progress_counts_up_to_all_records(store: Store) -> None:
    told: list[tuple[int, int]] = []
    report = run_import(store, LOCAL_ACTOR, TABLE, NAME, progress=lambda done, total: told.append((done, total)))
    everything = total(report, "created")
    assert told[-1] == (everything, everything)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_what_is_said_of_all_or_nothing_is_what_one_transaction_holds() -> None:
    assert f"Up to {TRANSACTION:,} records" in (run_import.__doc__ or "")
    assert f"all or nothing up to {TRANSACTION:,}," in (Store.apply.__doc__ or "")
