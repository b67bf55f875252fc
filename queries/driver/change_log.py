"""The change log: what each write changed in the network, so that a reader who holds a network reads only that again.

A write makes one entry for each clearance that can see it, in its own transaction under the lock of the revision that
it raises: the entries of a clearance are numbered without a gap in the order of commits. An entry says what to read
again, never what its content is now; so a reader learns nothing from it that they may not see. A write that changes
much is only noted as such, and the log keeps the last ``KEPT`` entries of each clearance, so that it is bounded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from graph.model import Area, Record, Sector, Stakeholder

T = TypeVar("T")

KEPT = 500
"""Entries of each clearance: a busy day of single changes."""

MOST = 250
"""Most records and ties noted of one write; reading so many again costs about as much as reading a small network.
With ``KEPT``, all entries together take some 50 MB at worst."""


@dataclass(slots=True)
class ChangeLogEntry:
    """The stakeholders, places (areas and sectors) and ties that a write changed; each tie as kind, from and to."""

    stakeholders: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    ties: set[tuple[str, str, str]] = field(default_factory=set)
    too_much: bool = False

    def note_records(self, kind: type[Record], ids: Iterable[str]) -> None:
        """Note records that were created, changed or deleted; kinds that are not in a network are ignored."""
        if issubclass(kind, Stakeholder):
            self._note(self.stakeholders, ids)
        elif issubclass(kind, Area | Sector):
            self._note(self.places, ids)

    def note_ties(self, ties: Iterable[tuple[str, str, str]]) -> None:
        """Note ties of which a report was created, changed or retracted, or a source graded anew."""
        self._note(self.ties, ties)

    def parameters(self) -> dict[str, object]:
        """Return the entry as parameters of ``driver/raise_revisions``."""
        ties = sorted(self.ties)
        return {
            "kept": KEPT,
            "too_much": self.too_much,
            "stakeholder_ids": sorted(self.stakeholders),
            "place_ids": sorted(self.places),
            "kinds": [kind for kind, _, _ in ties],
            "from_ids": [from_id for _, from_id, _ in ties],
            "to_ids": [to_id for _, _, to_id in ties],
        }

    def _note(self, noted: set[T], items: Iterable[T]) -> None:
        if not self.too_much:
            noted.update(items)
            self.too_much = len(self.stakeholders) + len(self.places) + len(self.ties) > MOST
        if self.too_much:
            for ids in (self.stakeholders, self.places, self.ties):
                ids.clear()
