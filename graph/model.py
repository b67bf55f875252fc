"""The records a mission keeps, as frozen values.

Every record has an id (UUIDv7 text made by us), a version that rises with each change, who made and changed it and
when (UTC instants), and a sensitivity. Validity is in dates, half-open: ``valid_from`` counts, ``valid_to`` does not.
Whatever is constructed is valid: a value outside its range raises ``InvalidInput`` naming each field.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Self

from graph.access import Sensitivity
from graph.errors import Finding, InvalidInput
from graph.field_rules import NAME_LENGTH, name_findings, period_findings, text_findings
from graph.vocabulary import (
    CATEGORIES,
    Access,
    ActivityRole,
    ActivityStatus,
    Nature,
    Reliability,
    SourceKind,
    StakeholderStatus,
    protected_as,
)


def new_id() -> str:
    """Return a fresh UUIDv7 as text: ids sort by the time they were made."""
    from uuid_utils import uuid7  # lazy: reading never needs it

    return str(uuid7())


def now() -> datetime:
    """Return the current instant in UTC, to the microsecond."""
    return datetime.now(UTC)


def _of_the_category() -> Sensitivity:
    """Stand for a sensitivity that nobody gave, until the stakeholder's category has been looked at."""
    return None  # type: ignore[return-value]  # no record is ever seen with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every kept record has. ``version`` counts from 1; compare-and-set on it guards every change."""

    id: str = field(default_factory=new_id)
    version: int = 1
    created_at: datetime = field(default_factory=now)
    created_by: str = ""
    updated_at: datetime = field(default_factory=now)
    updated_by: str = ""
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    external_ids: tuple[str, ...] = ()
    """What other systems call this record, each ``system:id``; no two records of a kind share one."""

    def __post_init__(self) -> None:
        """Refuse a record that breaks its own rules, naming every field that does."""
        findings = tuple(self._findings())
        if findings:
            what = type(self).__name__
            raise InvalidInput(
                f"The {what} is not valid: " + "; ".join(f"{f.pointer} {f.detail}" for f in findings),
                findings=findings,
            )

    def changed(self, **values: Any) -> Self:  # noqa: ANN401 - of whatever type each field is
        """Return the record with these fields set to what somebody chose, and with what follows from that."""
        return replace(self, **values)

    def _findings(self) -> Iterator[Finding]:
        for position, key in enumerate(self.external_ids):
            system, colon, identifier = key.partition(":")
            if not (system and colon and identifier) or len(key) > NAME_LENGTH:
                yield Finding(
                    f"/external_ids/{position}",
                    f"{key[:60]!r} is not of the form system:id",
                    f"Write it like kobo:4711, at most {NAME_LENGTH} characters.",
                )
        if len(set(self.external_ids)) != len(self.external_ids):
            yield Finding("/external_ids", "holds the same external id twice", "Give each once.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder(Record):
    """An actor: a person, an organisation or an office that matters to the mission.

    Made without a sensitivity, it has the default of its category.
    """

    name: str
    category: str
    sensitivity: Sensitivity = field(default_factory=_of_the_category)
    aliases: tuple[str, ...] = ()
    nature: Nature = Nature.ORGANISATION
    area_id: str | None = None
    sector_ids: tuple[str, ...] = ()
    description: str = ""
    languages: tuple[str, ...] = ()
    womens_group: bool = False
    youth_group: bool = False
    contact_permitted: bool = True
    do_not_contact: bool = False
    status: StakeholderStatus = StakeholderStatus.ACTIVE

    def __post_init__(self) -> None:
        """Protect the record as its category asks, unless a sensitivity was given."""
        if self.sensitivity is None:
            object.__setattr__(self, "sensitivity", protected_as(self.category))  # type: ignore[unreachable]
        Record.__post_init__(self)

    def changed(self, **values: Any) -> Self:  # noqa: ANN401
        """Return the stakeholder with these fields set.

        One that comes into another category is protected as that one asks, unless a sensitivity is among the values:
        less has to be said. What protects it more already stays.
        """
        category = values.get("category", self.category)
        if category != self.category and "sensitivity" not in values:
            values["sensitivity"] = protected_as(category, at_least=self.sensitivity)
        return replace(self, **values)

    def _findings(self) -> Iterator[Finding]:
        yield from Record._findings(self)
        yield from name_findings("/name", self.name)
        for position, alias in enumerate(self.aliases):
            yield from name_findings(f"/aliases/{position}", alias)
        if self.category not in CATEGORIES:
            known = ", ".join(CATEGORIES)
            yield Finding("/category", f"{self.category[:60]!r} is no category", f"Use one of: {known}.")
        yield from text_findings("/description", self.description)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Where knowledge comes from. Two sources of one ``origin_group`` repeat each other and count once."""

    name: str
    kind: SourceKind
    reliability: Reliability = Reliability.F
    origin_group: str = ""

    @property
    def origin(self) -> str:
        """The group within which sources are not independent; a source without one stands for itself."""
        return self.origin_group or self.id

    def _findings(self) -> Iterator[Finding]:
        yield from Record._findings(self)
        yield from name_findings("/name", self.name)
        if self.origin_group:
            yield from name_findings("/origin_group", self.origin_group)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessInterval:
    """How an area could be reached during a time. ``until`` is the first day it no longer held; open if ``None``."""

    access: Access
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Record):
    """A place in a hierarchy; ``level`` 0 is the country. Latitude and longitude in degrees (WGS 84)."""

    name: str
    level: int
    pcode: str = ""
    parent_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    access: tuple[AccessInterval, ...] = ()

    def _findings(self) -> Iterator[Finding]:
        yield from Record._findings(self)
        yield from name_findings("/name", self.name)
        if len(self.pcode) > NAME_LENGTH:
            yield Finding("/pcode", f"has {len(self.pcode)} characters", f"Use at most {NAME_LENGTH}.")
        if not 0 <= self.level <= 9:
            yield Finding("/level", f"{self.level} is no administrative level", "Give 0 (country) to 9.")
        if (self.latitude is None) != (self.longitude is None):
            yield Finding("/longitude", "stands without its other half", "Give latitude and longitude, or neither.")
        if self.latitude is not None and not -90 <= self.latitude <= 90:
            yield Finding("/latitude", f"{self.latitude} is no latitude", "Give degrees from -90 to 90.")
        if self.longitude is not None and not -180 <= self.longitude <= 180:
            yield Finding("/longitude", f"{self.longitude} is no longitude", "Give degrees from -180 to 180.")
        for position, interval in enumerate(self.access):
            yield from period_findings(f"/access/{position}/until", interval.since, interval.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector(Record):
    """A field of work, such as health or governance; humanitarian tables call it a cluster."""

    code: str
    name: str

    def _findings(self) -> Iterator[Finding]:
        yield from Record._findings(self)
        yield from name_findings("/code", self.code)
        yield from name_findings("/name", self.name)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Participant:
    """A stakeholder's part in an activity."""

    stakeholder_id: str
    role: ActivityRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """Who does what, where, when: one line of a 3W table."""

    name: str
    participants: tuple[Participant, ...]
    area_id: str | None = None
    sector_id: str | None = None
    status: ActivityStatus = ActivityStatus.UNKNOWN
    valid_from: date | None = None
    valid_to: date | None = None

    def _findings(self) -> Iterator[Finding]:
        yield from Record._findings(self)
        yield from name_findings("/name", self.name)
        if not self.participants:
            yield Finding("/participants", "is empty", "Name at least one stakeholder and its role.")
        if len(set(self.participants)) != len(self.participants):
            yield Finding("/participants", "names a stakeholder twice in one role", "Give each once.")
        yield from period_findings("/valid_to", self.valid_from, self.valid_to)
