"""What a write touched of the network, noted so that whoever keeps a network need not read it all again.

One entry for each clearance that can see of the write, made in the write's own transaction under the lock of the
revision that it raises: the entries of a clearance are numbered without a gap in the order of commits. An entry says
what to look at again, never what is there now; so a reader learns nothing from it that they may not see. A write that
touches much is noted as such, and the log keeps the last ``KEPT`` of each clearance, so that it is bounded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from graph.model import Area, Record, Sector, Stakeholder

T = TypeVar("T")

KEPT = 500
"""Entries of each clearance: a busy day of single changes."""

MOST = 250
"""Records and ties noted of one write at most; reading so many again costs about as much as reading a small network.
With ``KEPT``, all entries together take some 50 MB at worst."""


@dataclass(slots=True)
class Touched:
    """The stakeholders, places (areas and sectors) and ties, each tie as kind, from and to, that a write touched."""

    stakeholders: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    ties: set[tuple[str, str, str]] = field(default_factory=set)
    too_much: bool = False

    def note_records(self, kind: type[Record], ids: Iterable[str]) -> None:
        """Note records that were made, changed or deleted; other kinds are no part of a network."""
        if issubclass(kind, Stakeholder):
            self._note(self.stakeholders, ids)
        elif issubclass(kind, Area | Sector):
            self._note(self.places, ids)

    def note_ties(self, ties: Iterable[tuple[str, str, str]]) -> None:
        """Note ties on which something was reported, retracted or judged anew."""
        self._note(self.ties, ties)

    def parameters(self) -> dict[str, object]:
        """Return what the entry says."""
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
            for kept in (self.stakeholders, self.places, self.ties):
                kept.clear()
