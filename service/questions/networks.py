"""Authorised networks, kept while nothing that the viewer can see has changed, and then brought up to date."""

from collections import OrderedDict
from datetime import UTC, date, datetime
from threading import Lock

from graph.access import Viewer
from graph.networks.network import StakeholderNetwork, build_network
from queries.store import Store

KEPT = 8
"""Networks kept at once: a network of 1,000 stakeholders takes some 10 MB, and few views are open at a time."""

_Key = tuple[Viewer, date, datetime | None]


class Networks:
    """The networks of a store, one for each viewer, day and knowledge date. Threads may share them.

    A choice of kinds is made from the network in memory: the database is not read for it. Each network is kept with the
    revision that the viewer sees, so a change makes the next question read again what changed, and a change that the
    viewer may not see does not. Two threads that miss at once both read: cheaper than
    one waiting for the other, which may be asking for another network.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: OrderedDict[_Key, StakeholderNetwork] = OrderedDict()
        self._lock = Lock()

    def get(
        self,
        viewer: Viewer,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        kinds: tuple[str, ...] | None = None,
    ) -> StakeholderNetwork:
        """Return the network that ``viewer`` may see on a day (default: today, UTC). Raises ``StoreUnavailable``."""
        day = as_of or datetime.now(UTC).date()
        key = (viewer, day, known_at)
        with self._lock:
            known = self._kept.get(key)
        if known is None or known.revision != self.store.revision(viewer):
            rows = self.store.network(viewer, as_of=day, known_at=known_at, known=known)
            known = build_network(rows.nodes, rows.ties, revision=rows.revision, as_of=day)
        with self._lock:
            self._kept[key] = known
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known.of_kinds(kinds)
