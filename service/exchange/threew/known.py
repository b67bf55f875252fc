"""What is kept already, as far as an import needs it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from graph.access import Viewer
from graph.model import Area, Record, Sector

if TYPE_CHECKING:
    from queries.store import Store

R = TypeVar("R", bound=Record)


class Known(Protocol):
    """What one viewer may see of what is kept."""

    def by_external_ids(self, kind: type[R], external_ids: Sequence[str]) -> Mapping[str, R]:
        """Return the records of a kind that have one of these external ids, by it."""

    def names(self) -> Mapping[str, Sequence[str]]:
        """Return the ids of stakeholders by the search form of their name."""

    def areas(self) -> Sequence[Area]:
        """Return all areas."""

    def sectors(self) -> Sequence[Sector]:
        """Return all sectors."""


class StoreKnown:
    """What a store holds."""

    def __init__(self, store: "Store", viewer: Viewer) -> None:
        self._store = store
        self._viewer = viewer

    def by_external_ids(self, kind: type[R], external_ids: Sequence[str]) -> Mapping[str, R]:
        """Return the records of a kind that have one of these external ids, by it."""
        return self._store.by_external_ids(kind, external_ids, self._viewer)

    def names(self) -> Mapping[str, Sequence[str]]:
        """Return the ids of stakeholders by the search form of their name."""
        return self._store.names(self._viewer)

    def areas(self) -> Sequence[Area]:
        """Return all areas."""
        return self._store.all_areas(self._viewer)

    def sectors(self) -> Sequence[Sector]:
        """Return all sectors."""
        return self._store.all_sectors(self._viewer)
