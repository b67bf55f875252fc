"""What an answer about somebody rests on: how many ties, in how many reports, of how many origins, and how fresh."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.analysis.wording import counted
from graph.model import Tie
from graph.vocabulary import TieStatus


@dataclass(frozen=True, slots=True)
class Backing:
    """The evidence behind a number of ties.

    ``origins`` counts independent origins over all the ties; who they are is not told. ``single_origin`` counts ties
    that one origin alone vouches for. ``oldest_confirmed`` is the last confirmation of the tie that has gone longest
    without one, ``last_confirmed`` the most recent of all; ``None`` where there is no tie.
    """

    ties: int
    reports: int
    origins: int
    single_origin: int
    contested: int
    stale: int
    oldest_confirmed: date | None
    last_confirmed: date | None


def backing(ties: Iterable[Tie]) -> Backing:
    """Sum up what these ties rest on."""
    among = tuple(ties)
    return Backing(
        ties=len(among),
        reports=sum(tie.reports for tie in among),
        origins=len({origin for tie in among for origin in tie.origins}),
        single_origin=sum(len(tie.origins) == 1 for tie in among),
        contested=sum(tie.status is TieStatus.CONTESTED for tie in among),
        stale=sum(tie.status is TieStatus.STALE for tie in among),
        oldest_confirmed=min((tie.last_confirmed for tie in among), default=None),
        last_confirmed=max((tie.last_confirmed for tie in among), default=None),
    )


def backing_sentence(seen: Backing) -> str:
    """Say it in a sentence; empty where there is nothing to say it of."""
    if seen.last_confirmed is None:
        return ""
    said = (
        f"Based on {counted(seen.ties, 'tie')} in {counted(seen.reports, 'report')} from "
        f"{counted(seen.origins, 'origin')}, last confirmed on {seen.last_confirmed.isoformat()}"
    )
    doubts = [
        f"{number} {words}"
        for number, words in (
            (seen.contested, "contested"),
            (seen.stale, "stale"),
            (seen.single_origin, "on the word of a single origin"),
        )
        if number
    ]
    return f"{said}; {', '.join(doubts)}." if doubts else f"{said}."
