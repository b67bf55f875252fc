"""Fold the reports on a tie into one tie, as of a day and as known at an instant.

The assumption that makes the numbers right: reports of different origin groups are independent given the truth;
reports of one origin group repeat each other, so of those only the latest word counts, at its best grade. The same
holds for strength, trust and sign: each origin speaks once, with what it last said.

    logit p = logit p0 + Σ over origin groups saying "present" of max ln LR − Σ over those saying "absent" of max ln LR
    p(t)    = p0 + (p − p0) · 2^(−age / half-life),   age in days since the last confirmation

ln LR = weight(reliability) · ln LR(credibility). Nobody has published a mapping of the Admiralty grades to
probabilities; the two tables below are ours, stated in ``EVIDENCE_MODEL`` so that an answer can name them. An F source
or a grade 6 says nothing either way (LR = 1) and leaves p at the prior.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from math import log
from uuid import UUID

from graph.ties import Tie
from graph.vocabulary import TIE_KINDS, Presence, Reliability, TieStatus

EVIDENCE_MODEL = "admiralty-1"
"""Name of the tables below; it changes when they do."""

PRIOR = 0.5
"""p0: before any report counts, somebody having named a tie leaves it open whether it exists."""

RELIABILITY_WEIGHT = {
    # Even steps: the letters are an ordinal scale, and nothing is known that would justify uneven ones.
    Reliability.A: 1.0,
    Reliability.B: 0.8,
    Reliability.C: 0.6,
    Reliability.D: 0.4,
    Reliability.E: 0.2,
    Reliability.F: 0.0,
}

CREDIBILITY_LOG_RATIO = {
    # Likelihood ratios 100, 30, 10, 3: about half a decade a step. 5 (improbable) and 6 (cannot be judged) add nothing.
    1: log(100),
    2: log(30),
    3: log(10),
    4: log(3),
    5: 0.0,
    6: 0.0,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the fold needs of one report and its source."""

    report_id: str
    origin: str
    reliability: Reliability
    credibility: int
    presence: Presence
    strength: float | None
    trust: float | None
    sign: int | None
    valid_from: date | None
    valid_to: date | None
    observed_on: date | None
    recorded_at: datetime
    retracted_at: datetime | None = None

    @property
    def confirmed_on(self) -> date:
        """The day on which the source vouches for what it says."""
        return self.observed_on or self.recorded_at.date()

    @property
    def log_ratio(self) -> float:
        """How far this report moves our belief, given its grades: ln LR ≥ 0."""
        return RELIABILITY_WEIGHT[self.reliability] * CREDIBILITY_LOG_RATIO[self.credibility]


@dataclass(frozen=True, slots=True)
class Fold:
    """What the reports come to on any day of the window [``holds_from``, ``holds_to``); ageing is not yet applied.

    A window ends where a report's validity begins or ends, because from that day another set of reports counts;
    ``None`` is open. ``confirmed`` is p at the last confirmation. ``first_confirmed`` and ``last_confirmed`` are later
    than the window only where no source had spoken by then; ``tie_as_of`` brings them to the day asked for.
    """

    kind: str
    confirmed: float
    strength: float | None
    trust: float | None
    sign: int
    status: TieStatus
    first_confirmed: date
    last_confirmed: date
    reports: int
    origins: tuple[str, ...]
    undated: bool
    holds_from: date | None
    holds_to: date | None


def tie_key(kind: str, from_id: str, to_id: str) -> tuple[str, str]:
    """Return the endpoints in the order the tie keeps them: as given for a directed kind, else the smaller first."""
    if TIE_KINDS[kind].directed or from_id < to_id:
        return from_id, to_id
    return to_id, from_id


def tie_id(kind: str, from_id: str, to_id: str) -> str:
    """Return the id of the tie of that kind between two stakeholders.

    A tie is not recorded, it is folded; so its id follows from what it joins (UUIDv8, RFC 9562, of a SHA-256), and two
    writers who report the same new tie at once cannot make two of it.
    """
    first, second = tie_key(kind, from_id, to_id)
    digest = bytearray(sha256(f"{kind}|{first}|{second}".encode()).digest()[:16])
    digest[6] = (digest[6] & 0x0F) | 0x80  # version 8: the bits are ours to define
    digest[8] = (digest[8] & 0x3F) | 0x80  # RFC 9562 variant
    return str(UUID(bytes=bytes(digest)))


def tie_as_of(folded: Fold, from_id: str, to_id: str, *, as_of: date) -> Tie:
    """Return the tie on a day of the fold's window: existence aged since the last confirmation, stale past a half-life.

    Where every source spoke only afterwards, it is the day itself that they vouch for: no confirmation is later than
    ``as_of``. ``from_id`` and ``to_id`` may come in either order for an undirected kind.
    """
    first, second = tie_key(folded.kind, from_id, to_id)
    age = max(0, (as_of - folded.last_confirmed).days)
    half_life = TIE_KINDS[folded.kind].half_life_days
    status = TieStatus.STALE if folded.status is TieStatus.PRESENT and age > half_life else folded.status
    return Tie(
        id=tie_id(folded.kind, first, second),
        from_id=first,
        to_id=second,
        kind=folded.kind,
        existence=PRIOR + (folded.confirmed - PRIOR) * 2 ** (-age / half_life),
        strength=folded.strength,
        trust=folded.trust,
        sign=folded.sign,
        status=status,
        first_confirmed=min(folded.first_confirmed, as_of),
        last_confirmed=min(folded.last_confirmed, as_of),
        reports=folded.reports,
        origins=folded.origins,
        undated=folded.undated,
    )
