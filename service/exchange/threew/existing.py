"""The stored records that an import compares a table with."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from graph.access import Viewer
from graph.model import Area, Record, Sector

if TYPE_CHECKING:
    from queries.store import Store

R = TypeVar("R", bound=Record)


class ExistingRecords(Protocol):
    """The stored records that one viewer may see."""

    def by_external_ids(self, kind: type[R], external_ids: Sequence[str]) -> Mapping[str, R]:
        """Return the records of a kind with one of these external ids, by external id."""

    def names(self) -> Mapping[str, Sequence[str]]:
        """Return the ids of stakeholders by the search form of their name."""

    def areas(self) -> Sequence[Area]:
        """Return all areas."""

    def sectors(self) -> Sequence[Sector]:
        """Return all sectors."""


class StoredRecords:
    """The records of a store."""

    def __init__(self, store: "Store", viewer: Viewer) -> None:
        self._store = store
        self._viewer = viewer

    def by_external_ids(self, kind: type[R], external_ids: Sequence[str]) -> Mapping[str, R]:
        """Return the records of a kind with one of these external ids, by external id."""
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
