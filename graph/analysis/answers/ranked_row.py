"""The row that ranked answers share: stakeholder, value, rank, tied group, evidence, and a sentence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graph.analysis.answers.answer import StakeholderRef, refer
from graph.analysis.answers.evidence_summary import EvidenceSummary, evidence_sentence, evidence_summaries
from graph.analysis.answers.ranking import TiedGroup, competition_ranks, tied_groups
from graph.analysis.answers.wording import category_noun, counted, listed, ordinal
from graph.networks.network import StakeholderNetwork

NO_TIE = "has no usable tie"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One stakeholder by one measure. ``rank`` counts from 1, the best, and equal values share it.

    ``tied_group`` is the group of those that the measure cannot tell apart: the order within it means nothing. Where
    ``value`` is ``None``, ``undefined`` says why, and there is neither rank nor group.
    """

    stakeholder: StakeholderRef
    value: float | None
    rank: int | None
    tied_group: TiedGroup | None
    evidence: EvidenceSummary
    undefined: str | None
    sentence: str


def ranked(
    network: StakeholderNetwork,
    values: Mapping[str, float | None],
    *,
    phrase: str,
    reason: Callable[[str], str],
    low_is_best: bool = False,
    limit: int | None = None,
) -> tuple[Ranked, ...]:
    """Return the rows of a measure, the best first and then by id; those without a value come last.

    ``phrase`` follows the rank in the sentence and names the measure: ``by its number of contacts``. ``reason`` says
    why a stakeholder has no value.
    """
    ranks = competition_ranks(values, low_is_best=low_is_best)
    last = len(values) + 1
    order = sorted(values, key=lambda key: (ranks[key] or last, key))
    tied = tied_groups({key: values[key] for key in order if values[key] is not None})
    rows = []
    for key in order[:limit]:
        rank, tied_group, value = ranks[key], tied.get(key), values[key]
        why = None if value is not None else reason(key)
        result = f"has no value: {why}." if why else f"comes {ordinal(rank or 0)} of {len(tied):,} {phrase}."
        evidence = evidence_summaries(network).of(key)
        rows.append(
            Ranked(
                refer(network, key),
                value,
                rank,
                tied_group,
                evidence,
                why,
                row_sentence(network, key, result, tied_group, evidence),
            )
        )
    return tuple(rows)


def row_sentence(  # noqa: PLR0917 - the parts of the sentence
    network: StakeholderNetwork, key: str, result: str, tied_group: TiedGroup | None, evidence: EvidenceSummary
) -> str:
    """Return a row's sentence: stakeholder and result, tied group, evidence, and any mark."""
    node = network.nodes[key]
    parts = (
        f"{node.name} ({category_noun(node.category)}) {result}",
        tied_group_sentence(tied_group),
        evidence_sentence(evidence),
        "Marked do-not-contact." if node.do_not_contact else "",
    )
    return " ".join(part for part in parts if part)


def tied_group_sentence(tied_group: TiedGroup | None, other: str = "other", others: str = "") -> str:
    """Say from how many others a row cannot be told apart; empty where from none."""
    if tied_group is None or tied_group.size == 1:
        return ""
    return f"Cannot be told apart from {counted(tied_group.size - 1, other, others)}: their order means nothing."


def marked_sentence(network: StakeholderNetwork, refs: Iterable[StakeholderRef]) -> str:
    """Return a sentence that names those marked do-not-contact; empty where nobody is."""
    marked = [ref.name for ref in refs if network.nodes[ref.id].do_not_contact]
    return f"Marked do-not-contact: {listed(marked)}." if marked else ""
