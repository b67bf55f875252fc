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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from math import exp, log
from uuid import UUID

from graph.model import Tie
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


MOST_LOG_ODDS = 30.0
"""Evidence beyond this changes nothing: p is then within 1e-13 of 0 or 1, and further out a double says 0 or 1."""


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


def fold(kind: str, evidence: Iterable[Evidence], *, as_of: date, known_at: datetime | None = None) -> Fold | None:
    """Fold the evidence on one tie of ``kind``; ``None`` where nothing known then speaks of that day.

    ``as_of`` is the day the answer is about: reports count whose validity holds it, open where not given. What a source
    said later than that day counts only where it had said nothing by then. ``known_at`` is the instant whose knowledge
    counts: reports recorded by then and not yet retracted then; ``None`` means all we know now.
    """
    known = [item for item in evidence if _known(item, known_at)]
    counting = [item for item in known if _counts(item, as_of)]
    if not counting:
        return None
    if len(known) == 1:
        return _one_word(kind, known[0], as_of)
    latest = _latest_words(counting, as_of)
    present = {origin: items for origin, items in latest.items() if items[0].presence is Presence.PRESENT}
    absent = {origin: items for origin, items in latest.items() if items[0].presence is Presence.ABSENT}
    log_odds = sum(_best(items) for items in present.values()) - sum(_best(items) for items in absent.values())
    carrying = list((present or absent).values())
    telling = [item.confirmed_on for items in carrying for item in items]
    # On an earlier day nobody knew what was confirmed afterwards.
    confirmed = [day for day in telling if day <= as_of] or telling
    boundaries = sorted(_boundaries(known))
    return Fold(
        kind=kind,
        confirmed=_from_log_odds(log(PRIOR / (1 - PRIOR)) + log_odds),
        strength=_mean(carrying, "strength"),
        trust=_mean(carrying, "trust"),
        sign=_sign(kind, carrying),
        status=_status(present, absent),
        first_confirmed=min(confirmed),
        last_confirmed=max(confirmed),
        reports=len(counting),
        origins=tuple(sorted(present or absent)),
        undated=all(item.valid_from is None and item.valid_to is None for item in counting),
        holds_from=max((day for day in boundaries if day <= as_of), default=None),
        holds_to=min((day for day in boundaries if day > as_of), default=None),
    )


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


def _one_word(kind: str, item: Evidence, as_of: date) -> Fold:
    """What a single report comes to: most ties have no other, and of these a bulk load folds a hundred thousand."""
    present = item.presence is Presence.PRESENT
    log_ratio = item.log_ratio
    boundaries = [day for day in (item.valid_from, item.valid_to, item.confirmed_on) if day]
    return Fold(
        kind=kind,
        confirmed=_from_log_odds(log(PRIOR / (1 - PRIOR)) + (log_ratio if present else -log_ratio)),
        strength=None if item.strength is None else float(item.strength),
        trust=None if item.trust is None else float(item.trust),
        sign=TIE_KINDS[kind].sign if item.sign is None else item.sign,
        status=TieStatus.PRESENT if present else TieStatus.ASSESSED_ABSENT,
        first_confirmed=item.confirmed_on,
        last_confirmed=item.confirmed_on,
        reports=1,
        origins=(item.origin,),
        undated=item.valid_from is None and item.valid_to is None,
        holds_from=max((day for day in boundaries if day <= as_of), default=None),
        holds_to=min((day for day in boundaries if day > as_of), default=None),
    )


def _known(item: Evidence, known_at: datetime | None) -> bool:
    if known_at is None:
        return item.retracted_at is None
    return item.recorded_at <= known_at and (item.retracted_at is None or item.retracted_at > known_at)


def _counts(item: Evidence, as_of: date) -> bool:
    begun = item.valid_from is None or item.valid_from <= as_of
    return begun and (item.valid_to is None or as_of < item.valid_to)


def _boundaries(known: Sequence[Evidence]) -> set[date]:
    days = {day for item in known for day in (item.valid_from, item.valid_to) if day}
    return days | {item.confirmed_on for item in known}


def _latest_words(counting: Sequence[Evidence], as_of: date) -> dict[str, list[Evidence]]:
    """Keep of each origin group its latest word by that day and what else of it says the same, nearest the day first.

    A group that speaks of the day only in hindsight is taken at its first word. On a day with both, "present" wins.
    """
    groups: dict[str, list[Evidence]] = {}
    for item in sorted(counting, key=lambda item: item.report_id):
        groups.setdefault(item.origin, []).append(item)
    words = {}
    for origin, items in groups.items():
        by_then = [item for item in items if item.confirmed_on <= as_of]
        day = max(item.confirmed_on for item in by_then) if by_then else min(item.confirmed_on for item in items)
        said = {item.presence for item in items if item.confirmed_on == day}
        word = Presence.PRESENT if Presence.PRESENT in said else Presence.ABSENT
        same = sorted((item for item in items if item.presence is word), key=lambda item: item.confirmed_on)
        words[origin] = [item for item in reversed(same) if item.confirmed_on <= as_of] if by_then else same
    return words


def _best(items: Sequence[Evidence]) -> float:
    return max(item.log_ratio for item in items)


def _mean(origins: Iterable[Sequence[Evidence]], attribute: str) -> float | None:
    """Mean of what the origins last said, each weighing its best ln LR; plain mean where none can be judged."""
    said = [
        (sum(getattr(item, attribute) for item in latest) / len(latest), _best(latest))
        for items in origins
        if (latest := _nearest([item for item in items if getattr(item, attribute) is not None]))
    ]
    if not said:
        return None
    if not any(weight for _, weight in said):
        said = [(value, 1.0) for value, _ in said]
    # Added to the first value, so that one word alone comes out exactly as it was said.
    first = said[0][0]
    shift = sum((value - first) * weight for value, weight in said) / sum(weight for _, weight in said)
    return min(max(float(first + shift), 0.0), 1.0)


def _sign(kind: str, origins: Iterable[Sequence[Evidence]]) -> int:
    """Sign most of the weight of the origins' latest words speaks for; 0 where it is even. None said is the kind's."""
    default = TIE_KINDS[kind].sign
    total = 0.0
    for items in origins:
        latest = _nearest(items)
        signs = sum(default if item.sign is None else item.sign for item in latest)
        # 1e-9: reports that cannot be judged decide only where nothing better speaks.
        total += signs / len(latest) * (_best(latest) or 1e-9)
    return (total > 0) - (total < 0)


def _nearest(items: Sequence[Evidence]) -> list[Evidence]:
    """The items of the first item's day; they come nearest the day in question first."""
    return [item for item in items if item.confirmed_on == items[0].confirmed_on]


def _status(present: Mapping[str, object], absent: Mapping[str, object]) -> TieStatus:
    if present and absent:
        return TieStatus.CONTESTED
    return TieStatus.PRESENT if present else TieStatus.ASSESSED_ABSENT


def _from_log_odds(log_odds: float) -> float:
    return 1 / (1 + exp(-min(max(log_odds, -MOST_LOG_ODDS), MOST_LOG_ODDS)))
