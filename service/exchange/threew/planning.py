"""Plan the changes of an import without making them; a dry run and a real run share every step of this."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from graph.model import Activity, Area, Record, Sector, Source, Stakeholder
from graph.text import search_form
from graph.ties import TieReport
from service.exchange.findings import Findings
from service.exchange.report import ImportReport, RecordCounts
from service.exchange.threew import identity, merging
from service.exchange.threew.areas import TableArea
from service.exchange.threew.draft import Draft
from service.exchange.threew.draft_reading import read_draft
from service.exchange.threew.existing import ExistingRecords
from service.exchange.threew.fields import area_field
from service.exchange.threew.mapping import ColumnMapping
from service.exchange.threew.pcodes import country_pcode, pcode_form
from service.exchange.threew.records import TableRecords
from service.exchange.threew.sectors import sector_of

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The records that an import creates and changes, and its report."""

    create: tuple[Record, ...]
    update: tuple[Record, ...]
    report: ImportReport


def plan_import(
    data: bytes,
    filename: str,
    *,
    existing: ExistingRecords,
    mapping: ColumnMapping | None = None,
    today: date | None = None,
) -> ImportPlan:
    """Return what importing a 3W/4W table would change; nothing is written.

    ``filename`` names the source and, if the table does not, country and time. ``mapping`` is field of
    ``fields.FIELDS`` → heading or number of its column. ``today`` is the latest day of an observation.
    Raises ``InvalidInput`` or ``TooLarge`` if the file cannot be read as a 3W table.
    """
    today = today or datetime.now(UTC).date()
    findings = Findings()
    draft = read_draft(data, identity.stem_of(filename), mapping, findings, today=today)
    return _Planner(draft, existing, findings, today).plan()


class _Planner:
    """Compares a draft with the existing records, kind by kind; a kind comes after those it refers to."""

    def __init__(self, draft: Draft, existing: ExistingRecords, findings: Findings, today: date) -> None:
        self._draft = draft
        self._existing = existing
        self._findings = findings
        self._records = TableRecords(draft, today)
        self._create: list[Record] = []
        self._update: list[Record] = []
        self._counts: dict[str, RecordCounts] = {}

    def plan(self) -> ImportPlan:
        sectors = self._sectors()
        areas = self._areas()
        sources = {self._records.source_id: self._records.source()}
        (source,) = self._classify("sources", sources, self._stored_by_id(Source, sources)).values()
        stakeholders = self._stakeholders()
        reports = self._records.tie_reports(source, stakeholders)
        self._classify("tie_reports", reports, self._stored_by_id(TieReport, reports))
        activities = self._records.activities(stakeholders, areas, sectors)
        self._classify("activities", activities, self._stored_by_id(Activity, activities))
        columns = self._draft.columns
        report = ImportReport(
            dry_run=True,
            rows=self._draft.rows,
            skipped_blank=self._draft.blank,
            records=self._counts,
            findings=self._findings.collected(),
            sheet=columns.table.name,
            mapping=columns.mapping(),
        )
        return ImportPlan(tuple(self._create), tuple(self._update), report)

    def _stored_by_id(self, kind: type[R], imported: Mapping[str, R]) -> Mapping[str, R]:
        return self._existing.by_external_ids(kind, list(imported))

    def _sectors(self) -> dict[str, str]:
        imported = self._records.sectors()
        equal = {}
        for sector in sorted(self._existing.sectors(), key=lambda sector: sector.id, reverse=True):
            if named := sector_of(sector.name, sector.code):
                equal[identity.sector_id(named.code)] = sector
        stored = {**equal, **self._stored_by_id(Sector, imported)}
        return self._classify("sectors", imported, stored, merging.sector)

    def _areas(self) -> dict[str, str]:
        table_areas = self._records.table_areas()
        equal = {}
        for area in sorted(self._existing.areas(), key=lambda area: area.id, reverse=True):
            if code := pcode_form(area.pcode, self._draft.country) if area.level else country_pcode(area.pcode):
                equal[f"pcode:{code}"] = area
        stored = {**equal, **self._existing.by_external_ids(Area, list(table_areas))}
        ids: dict[str, str] = {}
        for level in sorted({area.level for area in table_areas.values()}):
            # Level by level, so that an area's parent has its id before the area is made.
            of_level = {key: area for key, area in table_areas.items() if area.level == level}
            imported = {key: self._records.area(key, area, ids) for key, area in of_level.items()}
            for key in imported.keys() & stored.keys():
                self._report_area(table_areas[key], merging.area_contradictions(stored[key], imported[key]))
            ids |= self._classify("areas", imported, stored, merging.area)
        return ids

    def _stakeholders(self) -> dict[str, str]:
        imported = self._records.stakeholders()
        stored = self._stored_by_id(Stakeholder, imported)
        organisations = self._records.organisations()
        for key in imported.keys() & stored.keys():
            for table, record in merging.stakeholder_contradictions(stored[key], imported[key]):
                self._findings.add(
                    f"the table says {table}, the stakeholder {stored[key].name} keeps {record}",
                    "Change the stakeholder by hand if the table is right.",
                    row=organisations[key].first_row,
                    value=organisations[key].name,
                )
        self._report_untyped(imported)
        ids = self._classify("stakeholders", imported, stored, merging.stakeholder)
        created = {key: record for key, record in imported.items() if key not in stored}
        self._report_duplicates(created, set(ids.values()))
        return ids

    def _report_duplicates(self, created: Mapping[str, Stakeholder], planned_ids: set[str]) -> None:
        """Report new stakeholders with the name of a stored one; a person has to decide whether they are the same."""
        names = self._existing.names()
        organisations = self._records.organisations()
        for key, record in created.items():
            forms = dict.fromkeys(search_form(name) for name in (record.name, *record.aliases))
            others = [id_ for form in forms for id_ in names.get(form, ()) if id_ not in planned_ids]
            if others:
                self._findings.add(
                    f"may be the same as a stored stakeholder: {', '.join(others[:5])}; not merged",
                    f"If it is, give that stakeholder the external id {key} and import again.",
                    row=organisations[key].first_row,
                    value=record.name,
                )

    def _report_untyped(self, imported: Mapping[str, Stakeholder]) -> None:
        organisations = self._records.organisations()
        others = [key for key, record in imported.items() if record.category == "other"]
        untyped = [key for key in others if not organisations[key].types]
        if untyped:
            self._findings.add(
                f"organisations without a type in the table: {len(untyped):,}; the category is other",
                "Set their category by hand, or add a column with the type of organisation.",
                value=", ".join(imported[key].name for key in untyped),
            )

    def _report_area(self, area: TableArea, contradictions: Iterator[merging.Contradiction]) -> None:
        for table, record in contradictions:
            self._findings.add(
                f"the table says {table}, the area keeps {record}",
                "Change the area by hand if the table is right.",
                row=area.first_row,
                column=self._draft.columns.heading(area_field(area.level)),
                value=area.pcode or area.name,
            )

    def _classify(
        self,
        name: str,
        imported: Mapping[str, R],
        stored: Mapping[str, R],
        merge: Callable[[R, R], R] = lambda stored, _: stored,
    ) -> dict[str, str]:
        """Sort records into new, changed and unchanged; return the id of each by external id."""
        ids = {}
        created = updated = 0
        for key, record in imported.items():
            old = stored.get(key)
            ids[key] = (old or record).id
            if old is None:
                self._create.append(record)
                created += 1
            elif (new := merge(old, record)) != old:
                self._update.append(new)
                updated += 1
        before = self._counts.get(name, RecordCounts())
        self._counts[name] = RecordCounts(
            before.created + created,
            before.updated + updated,
            before.unchanged + len(imported) - created - updated,
        )
        return ids
