"""From a file to the changes it makes, without making them: a dry run and a real run share every step of this."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from graph.model import Activity, Area, Record, Sector, Source, Stakeholder, TieReport
from graph.text import search_form
from service.exchange.findings import Findings
from service.exchange.report import ImportReport, RecordCounts
from service.exchange.threew import identity, merging
from service.exchange.threew.draft import Draft, read_draft
from service.exchange.threew.fields import area_field
from service.exchange.threew.known import Known
from service.exchange.threew.mapping import ColumnMapping
from service.exchange.threew.pcodes import country_pcode, same_pcode
from service.exchange.threew.places import Place
from service.exchange.threew.records import Records
from service.exchange.threew.sectors import sector_of

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import makes and changes, and the report of it."""

    create: tuple[Record, ...]
    update: tuple[Record, ...]
    report: ImportReport


def plan_import(
    data: bytes,
    filename: str,
    *,
    known: Known,
    mapping: ColumnMapping | None = None,
    today: date | None = None,
) -> ImportPlan:
    """Return what the import of a 3W/4W table would do to what is ``known``; nothing is written.

    ``filename`` names the source and, where the table does not, country and time. ``mapping`` says which column (by
    heading or number) a field of ``fields.FIELDS`` is in. ``today`` is the last day on which anything can have been
    seen. Raises ``InvalidInput`` or ``TooLarge`` where the file cannot be read as a 3W table.
    """
    today = today or datetime.now(UTC).date()
    findings = Findings()
    draft = read_draft(data, identity.stem_of(filename), mapping, findings, today=today)
    return _Planning(draft, known, findings, today).plan()


class _Planning:
    """Compares a draft with what is known, kind by kind, in the order in which they refer to each other."""

    def __init__(self, draft: Draft, known: Known, findings: Findings, today: date) -> None:
        self._draft = draft
        self._known = known
        self._findings = findings
        self._records = Records(draft, today)
        self._create: list[Record] = []
        self._update: list[Record] = []
        self._counts: dict[str, RecordCounts] = {}

    def plan(self) -> ImportPlan:
        sectors = self._sectors()
        areas = self._areas()
        sources = {self._records.source_id: self._records.source()}
        (source,) = self._settle("sources", sources, self._kept(Source, sources)).values()
        stakeholders = self._stakeholders()
        reports = self._records.tie_reports(source, stakeholders)
        self._settle("tie_reports", reports, self._kept(TieReport, reports))
        activities = self._records.activities(stakeholders, areas, sectors)
        self._settle("activities", activities, self._kept(Activity, activities))
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

    def _kept(self, kind: type[R], told: Mapping[str, R]) -> Mapping[str, R]:
        return self._known.by_external_ids(kind, list(told))

    def _sectors(self) -> dict[str, str]:
        told = self._records.sectors()
        same = {}
        for sector in sorted(self._known.sectors(), key=lambda sector: sector.id, reverse=True):
            if named := sector_of(sector.name, sector.code):
                same[identity.sector_id(named.code)] = sector
        kept = {**same, **self._kept(Sector, told)}
        return self._settle("sectors", told, kept, merging.sector)

    def _areas(self) -> dict[str, str]:
        places = self._records.places()
        same = {}
        for area in sorted(self._known.areas(), key=lambda area: area.id, reverse=True):
            if code := same_pcode(area.pcode, self._draft.country) if area.level else country_pcode(area.pcode):
                same[f"pcode:{code}"] = area
        kept = {**same, **self._known.by_external_ids(Area, list(places))}
        ids: dict[str, str] = {}
        for level in sorted({place.level for place in places.values()}):
            # Level by level: an area's parent has its id before the area is made.
            told = {key: self._records.area(key, place, ids) for key, place in places.items() if place.level == level}
            for key in told.keys() & kept.keys():
                self._say_area(places[key], merging.area_contradictions(kept[key], told[key]))
            ids |= self._settle("areas", told, kept, merging.area)
        return ids

    def _stakeholders(self) -> dict[str, str]:
        told = self._records.stakeholders()
        kept = self._kept(Stakeholder, told)
        organisations = self._records.organisations()
        for key in told.keys() & kept.keys():
            for table, record in merging.stakeholder_contradictions(kept[key], told[key]):
                self._findings.add(
                    f"the table says {table}, the stakeholder {kept[key].name} keeps {record}",
                    "Change the stakeholder by hand if the table is right.",
                    row=organisations[key].first_row,
                    value=organisations[key].name,
                )
        self._say_untyped(told)
        ids = self._settle("stakeholders", told, kept, merging.stakeholder)
        self._say_duplicates({key: record for key, record in told.items() if key not in kept}, set(ids.values()))
        return ids

    def _say_duplicates(self, created: Mapping[str, Stakeholder], here: set[str]) -> None:
        """Say which new stakeholders have the name of one that is kept; it takes a person to say they are the same."""
        names = self._known.names()
        organisations = self._records.organisations()
        for key, record in created.items():
            forms = dict.fromkeys(search_form(name) for name in (record.name, *record.aliases))
            others = [id_ for form in forms for id_ in names.get(form, ()) if id_ not in here]
            if others:
                self._findings.add(
                    f"perhaps the same as a stakeholder that is kept already: {', '.join(others[:5])}; kept apart",
                    f"If it is, give that stakeholder the external id {key} and import again.",
                    row=organisations[key].first_row,
                    value=record.name,
                )

    def _say_untyped(self, told: Mapping[str, Stakeholder]) -> None:
        organisations = self._records.organisations()
        untyped = [key for key, record in told.items() if record.category == "other" and not organisations[key].types]
        if untyped:
            self._findings.add(
                f"organisations of which the table gives no type: {len(untyped):,}; category other",
                "Set their category by hand, or add a column with the type of organisation.",
                value=", ".join(told[key].name for key in untyped),
            )

    def _say_area(self, place: Place, contradictions: Iterator[merging.Contradiction]) -> None:
        for table, record in contradictions:
            self._findings.add(
                f"the table says {table}, the area keeps {record}",
                "Change the area by hand if the table is right.",
                row=place.first_row,
                column=self._draft.columns.heading(area_field(place.level)),
                value=place.pcode or place.name,
            )

    def _settle(
        self,
        name: str,
        told: Mapping[str, R],
        kept: Mapping[str, R],
        merge: Callable[[R, R], R] = lambda kept, _: kept,
    ) -> dict[str, str]:
        """Sort records into new, changed and unchanged; return the id of each by external id."""
        ids = {}
        created = updated = 0
        for key, record in told.items():
            old = kept.get(key)
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
            before.unchanged + len(told) - created - updated,
        )
        return ids
