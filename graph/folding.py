"""Fold the reports on a tie into one, as of a day and as known at an instant, by the model of ``graph/evidence.py``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from math import exp, log

from graph.evidence import PRIOR, Evidence, Fold
from graph.vocabulary import TIE_KINDS, Presence, TieStatus

MOST_LOG_ODDS = 30.0
"""Evidence beyond this changes nothing: p is then within 1e-13 of 0 or 1, and further out a double says 0 or 1."""


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
