"""The form of every partnership gap, whatever its type, and the order of gaps."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.analysis.answers.answer import StakeholderRef
from graph.vocabulary import GapStatus

URGENCY = (
    GapStatus.HOSTILE,
    GapStatus.ABSENT,
    GapStatus.WEAK,
    GapStatus.STALE,
    GapStatus.UNKNOWN,
    GapStatus.NO_COUNTERPART,
)
"""The order of gaps of equal severity: known to be wrong, in part met, never looked into, and last an actor missing
instead of a tie. It orders the list and nothing else."""


@dataclass(frozen=True, slots=True)
class Named:
    """How answers refer to an area or sector; ``code`` is the p-code or sector code, empty where there is none."""

    id: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class GapScope:
    """Where the gap lies: area and sector (``None``: not bound to one), the categories, the stakeholders if few."""

    area: Named | None = None
    sector: Named | None = None
    groups: tuple[str, ...] = ()
    stakeholders: tuple[StakeholderRef, ...] = ()


@dataclass(frozen=True, slots=True)
class GapEvidence:
    """One record that bears on the gap; ``id`` is that of the ``tie``, ``area`` or ``stakeholder`` it is about."""

    about: str
    id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to close the gap: who could be brought together, and who could introduce them.

    ``reliability`` is that of the introduction, the product over its two ties; ``None`` without an introducer.
    """

    source: StakeholderRef
    target: StakeholderRef | None
    introduced_by: StakeholderRef | None
    reliability: float | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is expected and missing.

    ``expected``, ``observed`` and ``deficit`` are in the unit the sentence names. ``severity`` in [0, 1] is the share
    of what is expected that is missing; ``probability`` in [0, 1] is that of the gap existing, given the evidence.
    They are never multiplied into one. ``undefined`` gives the reason for each of them that is ``None``.
    """

    id: str
    type: str
    scope: GapScope
    expected: float
    observed: float
    deficit: float
    status: GapStatus
    probability: float | None
    severity: float | None
    evidence: tuple[GapEvidence, ...]
    closes_if: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    side_effects: tuple[str, ...] = ()
    undefined: Mapping[str, str] = field(default_factory=dict)
    sentence: str


@dataclass(frozen=True, slots=True)
class FoundGap:
    """A gap before candidates are looked for: ``sides`` are the stakeholders that could be brought together."""

    gap: Gap
    sides: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


def order(found: FoundGap) -> tuple[bool, float, int, str]:
    """Sort key: most severe first, unmeasured severity last, then by ``URGENCY`` and type; stable beyond that."""
    gap = found.gap
    return gap.severity is None, -(gap.severity or 0.0), URGENCY.index(gap.status), gap.type
