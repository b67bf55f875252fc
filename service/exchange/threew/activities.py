"""What a row says is being done: who in which role, where, in which sector, when and how far."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from graph.vocabulary import ActivityRole, ActivityStatus
from service.exchange.threew.fields import Part
from service.exchange.threew.headings import compact
from service.exchange.threew.words import words_of

STATUSES = {
    ActivityStatus.PLANNED: "planned, planifié, planifiée, prévu, prévue, not started, pas commencé, pipeline",
    ActivityStatus.ONGOING: "ongoing, on going, en cours, in progress, active, actif, started, current, continuing",
    ActivityStatus.COMPLETED: "completed, complete, complété, complétée, achevé, achevée, terminé, terminée, finished, "
    "closed, clôturé, done, ended, finalisé",
    ActivityStatus.SUSPENDED: "suspended, temporarily suspended, suspendu, suspendue, on hold, en suspens, stopped, "
    "interrupted, interrompu, arrêté",
}


class Doing(NamedTuple):
    """An activity as a table tells it. Rows that agree in all of this are one activity.

    ``until`` is the first day it no longer ran; open unless the table says that it ended.
    """

    participants: tuple[tuple[str, ActivityRole], ...]
    area: str | None
    sector: str | None
    text: str
    status: ActivityStatus
    since: date | None
    until: date | None


def roles(parts: Sequence[Part]) -> dict[Part, ActivityRole]:
    """Return the role each part plays: donors fund, the last in the chain implements, who stands between partners."""
    last = next((part for part in reversed(parts) if part is not Part.DONOR), None)
    return {
        part: ActivityRole.FUNDS
        if part is Part.DONOR
        else ActivityRole.IMPLEMENTS
        if part is last
        else ActivityRole.PARTNERS
        for part in parts
    }


def participants(
    met: Mapping[Part, Sequence[str]], role: Mapping[Part, ActivityRole]
) -> tuple[tuple[str, ActivityRole], ...]:
    """Return the organisations of a row with their roles, each pair once, in order."""
    return tuple(sorted({(key, role[part]) for part, keys in met.items() for key in keys}))


def status_of(text: str) -> ActivityStatus | None:
    """Return how far an activity has come; ``None`` for a word that is not known."""
    if not text:
        return ActivityStatus.UNKNOWN
    return _known().get(compact(text))


@lru_cache
def _known() -> dict[str, ActivityStatus]:
    return {compact(word): status for status, words in STATUSES.items() for word in words_of(words)}
