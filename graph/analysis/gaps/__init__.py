"""What is expected of a stakeholder network and missing: one type of gap a module, one form for all of them."""

from graph.analysis.gaps.answer import partnership_gaps
from graph.analysis.gaps.gap import Candidate, Gap, GapEvidence, GapScope, Named
from graph.analysis.gaps.rules import DEFAULT_RULES, Rule
from graph.analysis.gaps.unserved import PresenceRow

__all__ = [
    "DEFAULT_RULES",
    "Candidate",
    "Gap",
    "GapEvidence",
    "GapScope",
    "Named",
    "PresenceRow",
    "Rule",
    "partnership_gaps",
]
