"""A draft in the terms of the model: one record for each thing a table names.

How far a 3W table can be relied on: its source is usually reliable (B), what it says probably true (2). It is written
down by the organisations themselves and checked by a coordination body, but nobody goes to look.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.model import Activity, Area, Participant, Sector, Source, Stakeholder, TieReport
from graph.vocabulary import Reliability, SourceKind
from service.exchange.threew import identity
from service.exchange.threew.activities import Doing
from service.exchange.threew.categories import category_of, known_type
from service.exchange.threew.counted import most
from service.exchange.threew.draft import Draft, Told
from service.exchange.threew.links import Link
from service.exchange.threew.organisations import Organisation
from service.exchange.threew.periods import Period
from service.exchange.threew.place_names import same_place
from service.exchange.threew.places import Place

RELIABILITY = Reliability.B
CREDIBILITY = 2

MAX_ALIASES = 50
"""Most spellings kept beside a name; the sample tables have at most three."""

Ids = Mapping[str, str]
"""External id → id."""


@dataclass(frozen=True, slots=True)
class Records:
    """Makes the records of one draft. Ids of what they refer to are looked up by external id."""

    draft: Draft
    today: date

    @property
    def scope(self) -> str:
        """The system all external ids of this table's country belong to."""
        return identity.scope_of(self.draft.country, self.draft.stem)

    @property
    def source_id(self) -> str:
        """The external id of the table."""
        return identity.source_id(self.scope, self.draft.stem)

    def source(self) -> Source:
        """Return the table as a source; tables of one country repeat each other."""
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

    def places(self) -> dict[str, Place]:
        """Return what the table says of areas by external id, the widest first."""
        places = sorted(self.draft.places.values(), key=lambda place: (place.level, place.key))
        return {identity.area_id(self.scope, place.key): place for place in places}

    def area(self, key: str, place: Place, areas: Ids) -> Area:
        """Return one area; ``areas`` holds those around it."""
        latitude, longitude = place.point or (None, None)
        return Area(
            name=place.name,
            level=place.level,
            pcode=place.pcode,
            parent_id=areas[identity.area_id(self.scope, place.parent)] if place.parent else None,
            latitude=latitude,
            longitude=longitude,
            external_ids=(key,),
        )

    def organisations(self) -> dict[str, Organisation]:
        """Return what the table says of organisations by external id."""
        organisations = sorted(self.draft.organisations.values(), key=lambda organisation: organisation.key)
        return {identity.stakeholder_id(self.scope, item.key): item for item in organisations}

    def stakeholders(self) -> dict[str, Stakeholder]:
        """Return the organisations by external id."""
        areas = {same_place(place.name) for place in self.draft.places.values() if place.level}
        return {key: self._stakeholder(key, item, areas) for key, item in self.organisations().items()}

    def tie_reports(self, source_id: str, stakeholders: Ids) -> dict[str, TieReport]:
        """Return what the table says of each tie in each period, by external id."""
        reports = {}
        for (link, period), told in self.draft.links.items():
            key = identity.tie_report_id(self.source_id, link, period)
            reports[key] = self._tie_report(link, period, told, key=key, source_id=source_id, stakeholders=stakeholders)
        return dict(sorted(reports.items()))

    def activities(self, stakeholders: Ids, areas: Ids, sectors: Ids) -> dict[str, Activity]:
        """Return the activities by external id."""
        activities = {}
        for doing in self.draft.doings:
            key = identity.activity_id(self.scope, doing)
            activities[key] = self._activity(doing, key=key, stakeholders=stakeholders, areas=areas, sectors=sectors)
        return dict(sorted(activities.items()))

    def _stakeholder(self, key: str, organisation: Organisation, areas: set[str]) -> Stakeholder:
        kind = most(organisation.types)
        category = category_of(
            known_type(kind) if kind else None,
            (organisation.name, *organisation.aliases),
            organisation.parts,
            areas,
        )
        return Stakeholder(
            name=organisation.name,
            category=category,
            aliases=organisation.aliases[:MAX_ALIASES],
            external_ids=(key,),
        )

    def _tie_report(
        self, link: Link, period: Period | None, told: Told, *, key: str, source_id: str, stakeholders: Ids
    ) -> TieReport:
        giver, taker = (stakeholders[identity.stakeholder_id(self.scope, end)] for end in (link.giver, link.taker))
        return TieReport(
            from_id=giver,
            to_id=taker,
            kind=link.kind,
            source_id=source_id,
            # That money flowed in August does not say that it stopped in September: the end stays open, and ageing
            # takes care of what nobody confirms again.
            valid_from=period.first if period else None,
            observed_on=min(period.last, self.today) if period else None,
            credibility=CREDIBILITY,
            note=f"Rows of {self.draft.stem}: {told.rows:,}, the first is row {told.first_row:,}.",
            external_ids=(key,),
        )

    def _activity(self, doing: Doing, *, key: str, stakeholders: Ids, areas: Ids, sectors: Ids) -> Activity:
        sector = self.draft.sectors[doing.sector] if doing.sector else None
        participants = {
            Participant(stakeholder_id=stakeholders[identity.stakeholder_id(self.scope, who)], role=role)
            for who, role in doing.participants
        }
        return Activity(
            name=doing.text or (f"{sector.name} (activity not named)" if sector else "Activity not named"),
            participants=tuple(sorted(participants)),
            area_id=areas[identity.area_id(self.scope, doing.area)] if doing.area else None,
            sector_id=sectors[identity.sector_id(doing.sector)] if doing.sector else None,
            status=doing.status,
            valid_from=doing.since,
            valid_to=doing.until,
            external_ids=(key,),
        )
