"""The network of one database as its viewers may see it: ties, whole networks, presence, counts."""

from collections.abc import Sequence
from datetime import date, datetime

from graph.access import Viewer
from graph.ties import Tie
from graph.vocabulary import TieStatus
from queries.database import Database
from queries.driver.pages import Page
from queries.driver.transactions import ReadTransaction
from queries.network import read as whole_network
from queries.network.read import ActivityPresence, NetworkRows
from queries.network.refresh import Known, refreshed
from queries.ties import read as single_ties


class NetworkReads(Database):
    """A database whose ties and networks can be read. Every read takes a viewer."""

    # Ties, which are folded from reports

    def tie(self, tie_id: str, viewer: Viewer, *, as_of: date, known_at: datetime | None = None) -> Tie:
        """Return a tie on a day, as the reports that the viewer may see had it at an instant (``None``: now).

        Raises ``NotFound`` if none of them covers that day.
        """
        return self._transactions.read(viewer, lambda tx: single_ties.tie(tx, tie_id, as_of=as_of, known_at=known_at))

    def ties(
        self,
        viewer: Viewer,
        *,
        as_of: date,
        known_at: datetime | None = None,
        stakeholder_id: str | None = None,
        kind: str | None = None,
        status: TieStatus | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> Page[Tie]:
        """Return up to ``limit`` (1 to 1,000) ties in the order of ids, after that id, that match all that is given.

        Raises ``InvalidInput`` for a limit out of range.
        """
        return self._transactions.read(
            viewer,
            lambda tx: single_ties.ties(
                tx,
                as_of=as_of,
                known_at=known_at,
                stakeholder_id=stakeholder_id,
                kind=kind,
                status=status,
                after=after,
                limit=limit,
            ),
            seconds=whole_network.SECONDS,  # a rare status is looked up among all ties
        )

    # All that a viewer may see, for analysis and maps

    def network(
        self, viewer: Viewer, *, as_of: date, known_at: datetime | None = None, known: Known | None = None
    ) -> NetworkRows:
        """Return the stakeholders and ties that the viewer may see, with the revision they belong to.

        ``known`` is an earlier result for the same viewer, day and instant: then only what changed since is read, where
        that is possible. The result is the same.
        """

        def work(tx: ReadTransaction) -> NetworkRows:
            rows = refreshed(tx, known, as_of=as_of, known_at=known_at) if known else None
            return rows or whole_network.network(tx, as_of=as_of, known_at=known_at)

        return self._transactions.read(viewer, work, seconds=whole_network.SECONDS)

    def presence(self, viewer: Viewer) -> Sequence[ActivityPresence]:
        """Return who does what where: a row for each participant of each activity with an area and a sector."""
        return self._transactions.read(viewer, whole_network.presence, seconds=whole_network.SECONDS)

    def counts(self, viewer: Viewer) -> dict[str, int]:
        """Return how many records of each kind the viewer may see.

        The names are ``stakeholders``, ``sources``, ``tie_reports`` (not retracted), ``ties`` (on any day), ``areas``,
        ``sectors`` and ``activities``.
        """
        return self._transactions.read(viewer, whole_network.counts)
