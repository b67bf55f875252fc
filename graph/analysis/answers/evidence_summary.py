"""What an answer about somebody rests on: how many ties, in how many reports, of how many origins, and how fresh."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.wording import counted
from graph.model import Tie
from graph.networks.network import StakeholderNetwork
from graph.vocabulary import TieStatus


@memoised
def evidence_summaries(network: StakeholderNetwork) -> "EvidenceSummaries":
    """Return what can tell the evidence behind every stakeholder of a network."""
    return EvidenceSummaries(network)


@dataclass(frozen=True, slots=True)
class EvidenceSummary:
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


def evidence_summary(ties: Iterable[Tie]) -> EvidenceSummary:
    """Sum up what these ties rest on."""
    among = tuple(ties)
    return EvidenceSummary(
        ties=len(among),
        reports=sum(tie.reports for tie in among),
        origins=len({origin for tie in among for origin in tie.origins}),
        single_origin=sum(len(tie.origins) == 1 for tie in among),
        contested=sum(tie.status is TieStatus.CONTESTED for tie in among),
        stale=sum(tie.status is TieStatus.STALE for tie in among),
        oldest_confirmed=min((tie.last_confirmed for tie in among), default=None),
        last_confirmed=max((tie.last_confirmed for tie in among), default=None),
    )


class EvidenceSummaries:
    """What each stakeholder's usable ties rest on, put together when asked for."""

    def __init__(self, network: StakeholderNetwork) -> None:
        """Sort the ties by whom they touch; costs the ties, not what is asked of them."""
        import numpy as np

        self._network = network
        ties = network.ties
        ends = np.concatenate((ties.start[network.included], ties.end[network.included]))
        order = np.argsort(ends, kind="stable")
        self._ties = np.tile(network.included, 2)[order]
        self._begins = np.searchsorted(ends[order], np.arange(len(network.nodes) + 1))

    def of(self, key: str) -> EvidenceSummary:
        """Return what the ties of one stakeholder rest on. Raises ``KeyError`` for somebody the network lacks."""
        return self.of_any((key,))

    def of_any(self, keys: Collection[str]) -> EvidenceSummary:
        """Return what the ties of any of these rest on, each counted once. Raises ``KeyError`` as above."""
        found: set[int] = set()
        for key in keys:
            if key not in self._network.nodes:
                raise KeyError(key)
            at = bisect_left(self._network.ties.node_ids, key)
            found.update(self._ties[self._begins[at] : self._begins[at + 1]].tolist())
        return evidence_summary(self._network.ties[tie] for tie in sorted(found))


def evidence_sentence(seen: EvidenceSummary) -> str:
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
