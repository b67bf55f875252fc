"""Which ties a mission expects: its liaison matrix, as rules."""

from dataclasses import dataclass

from graph.errors import Finding, InvalidInput
from graph.networks.network import MESSAGE_KINDS
from graph.vocabulary import CATEGORIES, TIE_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Expect, in each area, so many ties between stakeholders of two categories.

    A tie counts in either direction if it is of one of ``kinds``, does not strain, has at least ``min_strength`` (an
    unreported strength counts as 0.5) and ``min_existence``, and was confirmed within ``max_age_days`` (``None``: the
    half-life of its kind). ``per_area`` applies the rule to every area where one of the two is based, or to those of
    ``level`` alone; else to the network as a whole. ``sector`` is a sector code that both must work in.
    """

    from_category: str
    to_category: str
    reason: str = ""
    kinds: tuple[str, ...] = MESSAGE_KINDS
    per_area: bool = True
    level: int | None = None
    sector: str | None = None
    min_count: int = 1
    min_strength: float = 0.0
    min_existence: float = 0.5  # the prior: a tie that was merely named counts, one that speaks against itself does not
    max_age_days: int | None = None

    @property
    def id(self) -> str:
        """What the rule is called in parameters and gap ids, e.g. ``mission_unit-ngo``."""
        return "-".join(part for part in (self.from_category, self.to_category, self.sector) if part)

    def __post_init__(self) -> None:
        """Refuse a rule that can never be met or means nothing."""
        checks = (
            ("from_category", self.from_category in CATEGORIES, f"use one of: {', '.join(CATEGORIES)}"),
            ("to_category", self.to_category in CATEGORIES, f"use one of: {', '.join(CATEGORIES)}"),
            ("kinds", bool(self.kinds) and set(self.kinds) <= TIE_KINDS.keys(), f"use some of: {', '.join(TIE_KINDS)}"),
            ("min_count", self.min_count >= 1, "give a whole number of at least 1"),
            ("min_strength", 0 <= self.min_strength <= 1, "give a number from 0 to 1"),
            ("min_existence", 0 <= self.min_existence <= 1, "give a number from 0 to 1"),
            ("max_age_days", self.max_age_days is None or self.max_age_days >= 0, "give days, or leave it out"),
        )
        findings = [
            Finding(f"/{name}", f"{getattr(self, name)!r} cannot be", cure) for name, good, cure in checks if not good
        ]
        if findings:
            raise InvalidInput(
                "The rule is not valid: " + "; ".join(f"{f.pointer} {f.detail}, {f.cure}" for f in findings) + ".",
                findings=findings,
            )


DEFAULT_RULES = (
    Rule(
        from_category="mission_unit",
        to_category="local_authority",
        reason="a mission works through the authorities of the place",
    ),
    Rule(
        from_category="mission_unit",
        to_category="community_leader",
        reason="early warning and consent come from the communities",
    ),
    Rule(
        from_category="mission_unit",
        to_category="ngo",
        reason="those who deliver aid need deconfliction and share what they see",
    ),
    Rule(
        from_category="local_authority",
        to_category="community_leader",
        reason="people must be able to reach those who govern them, also once the mission has gone",
    ),
    Rule(
        from_category="ngo",
        to_category="local_authority",
        reason="services last only where authorities own them",
    ),
    Rule(
        from_category="ngo",
        to_category="community_leader",
        reason="aid that communities have no say in does harm",
    ),
)
"""A liaison matrix to start from: the pairs of the four core categories that civil affairs work presupposes. It is a
proposal, and every answer names the rules it used; a mission states its own."""
