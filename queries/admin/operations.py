"""What an operator may do to the database as a whole: check, repair, archive and restore it.

The promise of ``queries.store`` is that every read takes a viewer. None of these does: they read with full clearance,
retracted and internal records included, and their results are for the operator alone. So they are in a class of their
own that no route ever gets; only commands create one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from queries import restore
from queries.archive.reading import ArchiveReader, Batch, Snapshot, fingerprint, read_all
from queries.check import check
from queries.check.broken import Broken
from queries.driver.connection import Connection
from queries.driver.statements import statement
from queries.driver.transactions import Transactions
from queries.records.mapping import as_instant
from queries.ties.refold import refold_all

__all__ = ["ArchiveReader", "Batch", "Broken", "Operations", "Server", "Snapshot"]

T = TypeVar("T")

_SERVER_SECONDS = 2.0
"""Time limit of asking for the server's version; connecting may take another second."""


@dataclass(frozen=True, slots=True)
class Server:
    """Which Neo4j answers: its version such as ``5.26.30``, its edition, and the instant by its clock."""

    version: str
    edition: str
    at: datetime


class Operations:
    """An operator's work on one database, all of it with full clearance."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(
        cls,
        uri: str,
        username: str,
        password: str,
        database: str = "neo4j",
        *,
        strict: bool = False,
        before_writing: Callable[[], None] | None = None,
    ) -> "Operations":
        """Return the operations on that database without connecting to it yet; the options are ``Store.open``'s."""
        return cls(Connection(uri, username, password, database, strict=strict, before_writing=before_writing))

    def close(self) -> None:
        """Close the connections of this process."""
        self._connection.close()

    def server(self) -> Server:
        """Return which server answers. Raises ``StoreUnavailable`` within 3 s."""
        (row,) = self._connection.transaction(
            lambda run: run(statement("archive/server"), {}), read=True, seconds=_SERVER_SECONDS
        )
        at = as_instant(row["at"])
        assert at is not None  # noqa: S101 - the statement always returns it
        return Server(row["version"], row["edition"], at)

    def read_everything(self, take: Callable[[ArchiveReader], T], *, hold: bool = False) -> T:
        """Hand every row of the database, as at one instant, to ``take``, and return what that returns.

        ``take`` must iterate over all of it and is called again for each attempt; ``queries.archive.reading`` says how
        this is one instant. ``hold`` makes writers wait, where they leave no quiet moment. Raises ``Conflict``,
        ``StoreUnavailable`` and what ``take`` raises. Changes nothing.
        """
        return read_all(self._connection, take, hold=hold)

    def fingerprint(self) -> str:
        """Return the canonical hash of the whole graph, equal for two databases exactly if they hold the same.

        The numbers of the revisions are left out: a restore gives others.
        """
        return fingerprint(self._connection)

    def check(self) -> list[Broken]:
        """Return every broken invariant of the database; see ``queries.check``. Changes nothing."""
        return check(self._connection)

    def rebuild_ties(self, *, progress: Callable[[int, int | None], None] | None = None) -> int:
        """Rebuild every tie from its reports, and return how many; see ``queries.ties.refold``."""
        return refold_all(Transactions(self._connection), progress=progress)

    def check_schema(self, schema: dict[str, str]) -> None:
        """Raise ``Conflict`` if an archive with these schema files (version → checksum) is newer than this program."""
        restore.check_schema(schema)

    def restore(self, batches: restore.Batches, *, fingerprint: str) -> None:
        """Load an archive into a database without records; see ``queries.restore`` for what is promised."""
        restore.restore(self._connection, batches, fingerprint=fingerprint)
