"""The result of checking one part."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One part that was checked: whether it is fine, what was found, and the cure if it is not."""

    part: str
    fine: bool
    found: str
    cure: str = ""
