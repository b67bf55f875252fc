"""The one registry of words: categories, tie kinds, statuses, axes.

API, import, analysis, map and documentation all read these tables; no word of the domain is spelled out a second time.
"""

from dataclasses import dataclass
from enum import StrEnum

from graph.access import Sensitivity


@dataclass(frozen=True, slots=True)
class Category:
    """A class of actors. ``label`` is for people, ``node_label`` is the label its nodes carry in the graph."""

    code: str
    label: str
    node_label: str
    default_sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True, slots=True)
class TieKind:
    """A kind of tie.

    ``directed`` says whether from → to differs from to → from; ``sign`` is +1 for ties that help, −1 for ties in
    tension; ``carries_messages`` says whether influence and information travel along it; ``half_life_days`` is the time
    in which an unconfirmed tie loses half of what reports added to its probability. Half-lives are proposals of the
    design, longest for kinship and offices that change slowly, shortest for day-to-day contact.
    """

    code: str
    label: str
    verb: str
    directed: bool
    sign: int
    carries_messages: bool
    half_life_days: int

    @property
    def relationship_type(self) -> str:
        """The relationship type in the graph, e.g. ``COORDINATES_WITH``."""
        return self.code.upper()


CATEGORIES: dict[str, Category] = {
    category.code: category
    for category in (
        Category("local_authority", "Local authority", "LocalAuthority"),
        Category("ngo", "NGO", "Ngo"),
        Category("community_leader", "Community leader", "CommunityLeader"),
        Category("mission_unit", "Mission unit", "MissionUnit"),
        Category("community_group", "Community group", "CommunityGroup"),
        Category("un_agency", "UN agency", "UnAgency"),
        Category("national_authority", "National authority", "NationalAuthority"),
        Category("security_force", "Security force", "SecurityForce"),
        Category("donor", "Donor", "Donor"),
        Category("media", "Media", "Media"),
        Category("private_sector", "Private sector", "PrivateSector"),
        # Knowing who talks to an armed actor can kill: never public unless a writer lowers it knowingly.
        Category("armed_actor", "Armed actor", "ArmedActor", Sensitivity.RESTRICTED),
        Category("other", "Other", "Other"),
    )
}


def protected_as(category: str, *, at_least: Sensitivity = Sensitivity.PUBLIC) -> Sensitivity:
    """Return the sensitivity of a stakeholder of a category when none is given.

    It is the category's default, or ``at_least`` (what it has already) where that is higher: coming into a category
    raises a sensitivity and never lowers it. This is the only place where a default is applied; a writer who
    wants less gives the sensitivity itself. An unknown category raises nothing: the record refuses it.
    """
    known = CATEGORIES.get(category)
    return max(known.default_sensitivity, at_least) if known else at_least


TIE_KINDS: dict[str, TieKind] = {
    kind.code: kind
    for kind in (
        TieKind("coordinates_with", "Coordinates with", "coordinates with", False, 1, True, 365),
        TieKind("partners_with", "Partners with", "is a partner of", False, 1, True, 730),
        TieKind("communicates_with", "Communicates with", "communicates with", False, 1, True, 180),
        TieKind("member_of", "Member of", "is a member of", True, 1, True, 1095),
        TieKind("reports_to", "Reports to", "reports to", True, 1, True, 730),
        TieKind("has_authority_over", "Has authority over", "has authority over", True, 1, True, 1095),
        TieKind("holds_office", "Holds office in", "holds office in", True, 1, True, 730),
        TieKind("funds", "Funds", "funds", True, 1, True, 730),
        TieKind("trains", "Trains", "trains", True, 1, True, 365),
        TieKind("supports", "Supports", "supports", True, 1, True, 365),
        TieKind("mediates_for", "Mediates for", "mediates for", True, 1, True, 365),
        TieKind("influences", "Influences", "influences", True, 1, True, 365),
        TieKind("trusts", "Trusts", "trusts", True, 1, True, 365),
        # To depend on an actor is not to talk to it: a dependence alone is no channel.
        TieKind("depends_on", "Depends on", "depends on", True, 1, False, 730),
        TieKind("kinship", "Kinship", "is kin of", False, 1, True, 3650),
        TieKind("in_tension_with", "In tension with", "is in tension with", False, -1, False, 365),
    )
}


class Nature(StrEnum):
    """What sort of actor a stakeholder is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OFFICE = "office"


class StakeholderStatus(StrEnum):
    """Whether an actor is active."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class SourceKind(StrEnum):
    """Where knowledge comes from."""

    INTERVIEW = "interview"
    MEETING = "meeting"
    PATROL_REPORT = "patrol_report"
    PARTNER = "partner"
    SURVEY = "survey"
    MEDIA = "media"
    DATASET = "dataset"
    OWN_OBSERVATION = "own_observation"


class Reliability(StrEnum):
    """How far a source can be relied on, by the Admiralty letters: A completely … E unreliable, F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Presence(StrEnum):
    """What a report states of a tie: that it exists, or that it was looked for and does not."""

    PRESENT = "present"
    ABSENT = "absent"


class TieStatus(StrEnum):
    """The verdict of the reports on a tie."""

    PRESENT = "present"
    ASSESSED_ABSENT = "assessed_absent"
    CONTESTED = "contested"
    STALE = "stale"


class ActivityRole(StrEnum):
    """What a stakeholder does in an activity."""

    IMPLEMENTS = "implements"
    FUNDS = "funds"
    PARTNERS = "partners"


class ActivityStatus(StrEnum):
    """The state of an activity."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


class Access(StrEnum):
    """Whether an area can be reached."""

    OPEN = "open"
    ESCORT = "escort"
    RESTRICTED = "restricted"
    CLOSED = "closed"


class EngagementStatus(StrEnum):
    """What became of a planned engagement."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    REFUSED = "refused"


class CommitmentStatus(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class ConcernStatus(StrEnum):
    """What became of a grievance or need that was voiced."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"


class AssessmentAxis(StrEnum):
    """What an assessor judges a stakeholder on, each from 1 to 5."""

    POWER = "power"
    INTEREST = "interest"
    LEGITIMACY = "legitimacy"
    URGENCY = "urgency"
    POSITION = "position"
    TRUST = "trust"


class GapType(StrEnum):
    """What sort of thing is missing; the codes are those of the design's table of gaps."""

    EXPECTED_TIE = "G1"
    UNSERVED = "G5"
    UNREACHED = "G7"


class GapStatus(StrEnum):
    """Why an expected tie or presence counts as missing."""

    ABSENT = "absent"
    WEAK = "weak"
    STALE = "stale"
    HOSTILE = "hostile"
    UNKNOWN = "unknown"
    NO_COUNTERPART = "no_counterpart"


CREDIBILITY = range(1, 7)
"""How credible one piece of information is: 1 confirmed … 5 improbable, 6 cannot be judged."""
