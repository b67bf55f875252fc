"""One sentence about one part."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One part that was looked at: whether it is fine, what was found, and the cure if it is not."""

    part: str
    fine: bool
    found: str
    cure: str = ""
