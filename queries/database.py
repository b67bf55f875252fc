"""One database as a whole: opened, brought up to date, asked for a sign of life, closed."""

from collections.abc import Callable
from typing import Self

from graph.access import Viewer
from queries.driver.connection import CONNECTIONS, Connection
from queries.driver.statements import statement
from queries.driver.transactions import NOBODY, Transactions
from queries.schema.migrations import migrate

_PING_SECONDS = 2.0
"""Time limit of the sign of life itself; connecting may take another second."""


class Database:
    """One database. Safe to share between threads and across a fork."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._transactions = Transactions(connection)

    @classmethod
    def open(
        cls,
        uri: str,
        username: str,
        password: str,
        database: str = "neo4j",
        *,
        connections: int = CONNECTIONS,
        at_once: int | None = None,
        strict: bool = False,
        before_writing: Callable[[], None] | None = None,
    ) -> Self:
        """Return that database without connecting to it yet.

        ``connections`` is how many a process may have at once: what its threads need, at least 2.
        ``at_once`` is for a process that serves requests: so many transactions run at a time, and when the database
        hangs or goes away, waiting callers get an error within 3 s and new callers at once, until it answers again.
        ``strict`` turns every notification of the database (a deprecated clause, an unknown word) into a Python
        warning; tests turn those into errors.
        ``before_writing`` is called before each write and raises to refuse it, such as when the disk is nearly full.
        """
        return cls(
            Connection(
                uri,
                username,
                password,
                database,
                connections=connections,
                at_once=at_once,
                strict=strict,
                before_writing=before_writing,
            )
        )

    def prepare(self) -> None:
        """Bring the schema up to date; safe to call by many processes at once, and cheap when nothing is missing.

        Raises ``StoreUnavailable`` within 3 s if the database is away, ``Conflict`` if it belongs to a newer program or
        an applied schema file has changed.
        """
        migrate(self._connection)

    def ping(self) -> None:
        """Return if the database answers; raises ``StoreUnavailable`` within 3 s if it does not."""
        self._transactions.read(NOBODY, lambda tx: tx.rows(statement("driver/ping")), seconds=_PING_SECONDS)

    def sign(self, message: bytes) -> bytes:
        """Return a code for a message, the same in every process on this database, that no other program can make."""
        return self._connection.sign(message)

    def close(self) -> None:
        """Close the connections of this process."""
        self._connection.close()

    def revision(self, viewer: Viewer) -> int:
        """Return a number that rises whenever something this viewer can see changes, and then only."""
        return self._transactions.read(viewer, lambda tx: tx.revision())
