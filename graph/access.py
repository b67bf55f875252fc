"""Who may see what: pure decisions, no storage.

A viewer sees a record when the record's sensitivity does not exceed the viewer's clearance. What links records
(a report, a tie) is as sensitive as the most sensitive record it reveals. The store applies the same rule inside its
statements, so that everything computed afterwards is computed only from what the viewer may see.
"""

from dataclasses import dataclass
from enum import IntEnum


class Sensitivity(IntEnum):
    """How much harm a leak could do, in rising order; comparable as numbers."""

    PUBLIC = 0
    RESTRICTED = 1
    CONFIDENTIAL = 2
    PROTECTED = 3

    @property
    def code(self) -> str:
        """The word used in files and over HTTP, e.g. ``restricted``."""
        return self.name.lower()

    @classmethod
    def of(cls, code: str) -> "Sensitivity":
        """Return the level with that word; raises ``KeyError`` for any other word."""
        return cls[code.upper()]


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader. ``clearance`` is the highest sensitivity they may see."""

    name: str
    clearance: Sensitivity

    def may_see(self, *sensitivities: Sensitivity) -> bool:
        """Return whether the viewer may see what has all of these sensitivities."""
        return all(level <= self.clearance for level in sensitivities)


@dataclass(frozen=True, slots=True)
class Actor(Viewer):
    """A viewer who also writes; the name goes into ``created_by`` and ``updated_by``.

    What an actor may refer to or change is what they may see.
    """


LOCAL_ACTOR = Actor(name="local", clearance=Sensitivity.PROTECTED)
"""The one user of a service bound to loopback: the person at the machine, who may see and change all of it."""
