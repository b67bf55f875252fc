"""The evidence behind a row of an answer: numbers of ties, reports and origins, and how recent they are."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.wording import counted
from graph.networks.network import StakeholderNetwork
from graph.ties import Tie
from graph.vocabulary import TieStatus


@memoised
def evidence_summaries(network: StakeholderNetwork) -> "EvidenceSummaries":
    """Return the evidence summaries of a network's stakeholders, each computed when asked for."""
    return EvidenceSummaries(network)


@dataclass(frozen=True, slots=True)
class EvidenceSummary:
    """The evidence behind a number of ties.

    ``origins`` counts independent origins over all the ties; not who they are. ``single_origin`` counts ties
    that rest on one origin alone. ``oldest_confirmed`` is the last confirmation of the tie that has gone longest
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
    """Sum up the evidence behind these ties."""
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
    """The evidence behind each stakeholder's usable ties, computed when asked for."""

    def __init__(self, network: StakeholderNetwork) -> None:
        """Sort the ties by their ends, once; costs the number of ties."""
        import numpy as np

        self._network = network
        ties = network.ties
        ends = np.concatenate((ties.start[network.included], ties.end[network.included]))
        order = np.argsort(ends, kind="stable")
        self._ties = np.tile(network.included, 2)[order]
        self._offsets = np.searchsorted(ends[order], np.arange(len(network.nodes) + 1))

    def of(self, key: str) -> EvidenceSummary:
        """Return the evidence of one stakeholder's ties. Raises ``KeyError`` for one the network lacks."""
        return self.of_any((key,))

    def of_any(self, keys: Collection[str]) -> EvidenceSummary:
        """Return the evidence of all ties of these stakeholders, each counted once. Raises ``KeyError`` as above."""
        ties: set[int] = set()
        for key in keys:
            if key not in self._network.nodes:
                raise KeyError(key)
            node = bisect_left(self._network.ties.node_ids, key)
            ties.update(self._ties[self._offsets[node] : self._offsets[node + 1]].tolist())
        return evidence_summary(self._network.ties[tie] for tie in sorted(ties))


def evidence_sentence(evidence: EvidenceSummary) -> str:
    """Return the summary as a sentence; empty where there is no tie."""
    if evidence.last_confirmed is None:
        return ""
    sentence = (
        f"Based on {counted(evidence.ties, 'tie')} in {counted(evidence.reports, 'report')} from "
        f"{counted(evidence.origins, 'origin')}, last confirmed on {evidence.last_confirmed.isoformat()}"
    )
    doubts = [
        f"{number} {words}"
        for number, words in (
            (evidence.contested, "contested"),
            (evidence.stale, "stale"),
            (evidence.single_origin, "resting on a single origin"),
        )
        if number
    ]
    return f"{sentence}; {', '.join(doubts)}." if doubts else f"{sentence}."
