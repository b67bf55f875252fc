"""Authorised networks, kept while nothing that the viewer can see has changed."""

from datetime import UTC, date, datetime
from functools import lru_cache

from graph.access import Viewer
from graph.network import StakeholderNetwork, build_network
from queries.store import Store

KEPT = 8
"""Networks kept at once: a network of 1,000 stakeholders takes some 10 MB, and few views are open at a time."""


class Networks:
    """The networks of a store, one for each viewer, day, knowledge date and choice of kinds. Threads may share them.

    The key holds the revision that the viewer sees, so a change makes the next question read again, and a change that
    the viewer may not see does not. Two threads that miss at once both read, and keep the same: cheaper than one
    waiting for the other, which may be asking for another network.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept = lru_cache(maxsize=KEPT)(self._read)

    def get(
        self,
        viewer: Viewer,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        kinds: tuple[str, ...] | None = None,
    ) -> StakeholderNetwork:
        """Return the network that ``viewer`` may see on a day (default: today, UTC). Raises ``StoreUnavailable``."""
        return self._kept(viewer, as_of or datetime.now(UTC).date(), known_at, kinds, self.store.revision(viewer))

    def _read(
        self,
        viewer: Viewer,
        as_of: date,
        known_at: datetime | None,
        kinds: tuple[str, ...] | None,
        _revision: int,
    ) -> StakeholderNetwork:
        rows = self.store.network(viewer, as_of=as_of, known_at=known_at)
        return build_network(rows.nodes, rows.ties, kinds=kinds, revision=rows.revision, as_of=as_of)
