"""The activity of a row: who in which role, where, in which sector, when, and its status."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from graph.vocabulary import ActivityRole, ActivityStatus
from service.exchange.threew.fields import ChainRole
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


class TableActivity(NamedTuple):
    """One activity of a table. Rows that agree in all of these fields are one activity.

    ``until`` is the first day after it ended, ``None`` unless the table says that it ended.
    """

    participants: tuple[tuple[str, ActivityRole], ...]
    area: str | None
    sector: str | None
    text: str
    status: ActivityStatus
    since: date | None
    until: date | None


def activity_roles(chain: Sequence[ChainRole]) -> dict[ChainRole, ActivityRole]:
    """Return the activity role of each chain role: donors fund, the last implements, those between are partners."""
    last = next((role for role in reversed(chain) if role is not ChainRole.DONOR), None)
    return {
        role: ActivityRole.FUNDS
        if role is ChainRole.DONOR
        else ActivityRole.IMPLEMENTS
        if role is last
        else ActivityRole.PARTNERS
        for role in chain
    }


def participants(
    organisations: Mapping[ChainRole, Sequence[str]], activity_role: Mapping[ChainRole, ActivityRole]
) -> tuple[tuple[str, ActivityRole], ...]:
    """Return the keys of a row's organisations with their roles, each pair once, sorted."""
    return tuple(sorted({(key, activity_role[role]) for role, keys in organisations.items() for key in keys}))


def status_of(text: str) -> ActivityStatus | None:
    """Return the status that a cell names; ``None`` for an unknown word."""
    if not text:
        return ActivityStatus.UNKNOWN
    return _statuses().get(compact(text))


@lru_cache
def _statuses() -> dict[str, ActivityStatus]:
    return {compact(word): status for status, words in STATUSES.items() for word in words_of(words)}
