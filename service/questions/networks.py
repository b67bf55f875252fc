"""Networks as each viewer may see them, memoised until something that the viewer can see changes, then updated."""

from collections import OrderedDict
from datetime import UTC, date, datetime
from threading import Lock

from graph.access import Viewer
from graph.networks.network import StakeholderNetwork, build_network
from queries.store import Store

MOST_NETWORKS = 8
"""Networks memoised at once: one of 1,000 stakeholders takes some 10 MB, and few views are open at a time."""

_Key = tuple[Viewer, date, datetime | None]


class Networks:
    """The networks of a store, one for each viewer, day and knowledge date. Threads may share them.

    Kinds of tie are selected in memory, without reading the database. Each network is memoised with the revision that
    the viewer sees: the next question after a change reads what changed; a change that the viewer may not see causes no
    read. Two threads that both miss both read: cheaper than one waiting for the other, which may need another
    network.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._memo: OrderedDict[_Key, StakeholderNetwork] = OrderedDict()
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
            known = self._memo.get(key)
        if known is None or known.revision != self.store.revision(viewer):
            rows = self.store.network(viewer, as_of=day, known_at=known_at, known=known)
            known = build_network(rows.nodes, rows.ties, revision=rows.revision, as_of=day)
        with self._lock:
            self._memo[key] = known
            self._memo.move_to_end(key)
            while len(self._memo) > MOST_NETWORKS:
                self._memo.popitem(last=False)
        return known.of_kinds(kinds)
