"""A draft → records: one record for each organisation, area, sector, tie and activity of a table.

A 3W table is graded B2: its source usually reliable (B), its content probably true (2). The organisations report it
themselves and a coordination body checks it, but nobody verifies it on site.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.model import Activity, Area, Participant, Sector, Source, Stakeholder
from graph.ties import TieReport
from graph.vocabulary import Reliability, SourceKind
from service.exchange.threew import identity
from service.exchange.threew.activities import TableActivity
from service.exchange.threew.area_names import area_name_form
from service.exchange.threew.areas import TableArea
from service.exchange.threew.categories import category_of, known_type
from service.exchange.threew.counted import most_frequent
from service.exchange.threew.draft import Draft, Occurrences
from service.exchange.threew.links import Link
from service.exchange.threew.organisations import Organisation
from service.exchange.threew.periods import Period

RELIABILITY = Reliability.B
CREDIBILITY = 2

MAX_ALIASES = 50
"""Most aliases of an imported stakeholder; the sample tables have at most three."""

Ids = Mapping[str, str]
"""External id → id."""


@dataclass(frozen=True, slots=True)
class TableRecords:
    """Makes the records of one draft; the ids of referenced records are passed in by external id."""

    draft: Draft
    today: date

    @property
    def scope(self) -> str:
        """The prefix of all external ids of this table's country."""
        return identity.scope_of(self.draft.country, self.draft.stem)

    @property
    def source_id(self) -> str:
        """The external id of the table."""
        return identity.source_id(self.scope, self.draft.stem)

    def source(self) -> Source:
        """Return the table as a source; tables of one country are one evidence group, as they repeat each other."""
        return Source(
            name=f"3W table {self.draft.stem}",
            kind=SourceKind.DATASET,
            reliability=RELIABILITY,
            origin_group=self.scope,
            external_ids=(self.source_id,),
        )

    def sectors(self) -> dict[str, Sector]:
        """Return the sectors by external id."""
        named = {identity.sector_id(code): sector for code, sector in sorted(self.draft.sectors.items())}
        return {key: Sector(code=code, name=name, external_ids=(key,)) for key, (code, name) in named.items()}

    def table_areas(self) -> dict[str, TableArea]:
        """Return the table's areas by external id, the widest first."""
        areas = sorted(self.draft.areas.values(), key=lambda area: (area.level, area.key))
        return {identity.area_id(self.scope, area.key): area for area in areas}

    def area(self, key: str, area: TableArea, areas: Ids) -> Area:
        """Return one area; ``areas`` has the ids of wider ones by external id."""
        latitude, longitude = area.point or (None, None)
        return Area(
            name=area.name,
            level=area.level,
            pcode=area.pcode,
            parent_id=areas[identity.area_id(self.scope, area.parent)] if area.parent else None,
            latitude=latitude,
            longitude=longitude,
            external_ids=(key,),
        )

    def organisations(self) -> dict[str, Organisation]:
        """Return the table's organisations by external id."""
        organisations = sorted(self.draft.organisations.values(), key=lambda organisation: organisation.key)
        return {identity.stakeholder_id(self.scope, item.key): item for item in organisations}

    def stakeholders(self) -> dict[str, Stakeholder]:
        """Return the stakeholders by external id."""
        areas = {area_name_form(area.name) for area in self.draft.areas.values() if area.level}
        return {key: self._stakeholder(key, item, areas) for key, item in self.organisations().items()}

    def tie_reports(self, source_id: str, stakeholders: Ids) -> dict[str, TieReport]:
        """Return one report for each tie in each period, by external id."""
        reports = {}
        for (link, period), occurrences in self.draft.links.items():
            key = identity.tie_report_id(self.source_id, link, period)
            reports[key] = self._tie_report(
                link, period, occurrences, key=key, source_id=source_id, stakeholders=stakeholders
            )
        return dict(sorted(reports.items()))

    def activities(self, stakeholders: Ids, areas: Ids, sectors: Ids) -> dict[str, Activity]:
        """Return the activities by external id."""
        activities = {}
        for activity in self.draft.activities:
            key = identity.activity_id(self.scope, activity)
            activities[key] = self._activity(activity, key=key, stakeholders=stakeholders, areas=areas, sectors=sectors)
        return dict(sorted(activities.items()))

    def _stakeholder(self, key: str, organisation: Organisation, areas: set[str]) -> Stakeholder:
        kind = most_frequent(organisation.types)
        category = category_of(
            known_type(kind) if kind else None,
            (organisation.name, *organisation.aliases),
            organisation.roles,
            areas,
        )
        return Stakeholder(
            name=organisation.name,
            category=category,
            aliases=organisation.aliases[:MAX_ALIASES],
            external_ids=(key,),
        )

    def _tie_report(
        self,
        link: Link,
        period: Period | None,
        occurrences: Occurrences,
        *,
        key: str,
        source_id: str,
        stakeholders: Ids,
    ) -> TieReport:
        from_id, to_id = (
            stakeholders[identity.stakeholder_id(self.scope, key)] for key in (link.from_key, link.to_key)
        )
        return TieReport(
            from_id=from_id,
            to_id=to_id,
            kind=link.kind,
            source_id=source_id,
            # Money that flowed in August may flow on in September: the end stays open, and the tie goes stale if no
            # later report confirms it.
            valid_from=period.first if period else None,
            observed_on=min(period.last, self.today) if period else None,
            credibility=CREDIBILITY,
            note=f"Rows of {self.draft.stem}: {occurrences.rows:,}, the first is row {occurrences.first_row:,}.",
            external_ids=(key,),
        )

    def _activity(self, activity: TableActivity, *, key: str, stakeholders: Ids, areas: Ids, sectors: Ids) -> Activity:
        sector = self.draft.sectors[activity.sector] if activity.sector else None
        participants = {
            Participant(stakeholder_id=stakeholders[identity.stakeholder_id(self.scope, organisation)], role=role)
            for organisation, role in activity.participants
        }
        return Activity(
            name=activity.text or (f"{sector.name} (activity not named)" if sector else "Activity not named"),
            participants=tuple(sorted(participants)),
            area_id=areas[identity.area_id(self.scope, activity.area)] if activity.area else None,
            sector_id=sectors[identity.sector_id(activity.sector)] if activity.sector else None,
            status=activity.status,
            valid_from=activity.since,
            valid_to=activity.until,
            external_ids=(key,),
        )
