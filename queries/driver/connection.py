"""The connection to Neo4j: one driver a process, whose errors are translated to those of ``graph.errors``.

A dead database must be an error within three seconds. The driver's own retries start their clock only after the first
failure, so that an unreachable host costs two connection timeouts; hence the small loop in ``Connection.transaction``.
"""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import scrypt
from hmac import digest
from typing import TYPE_CHECKING, Any, TypeVar

from queries.driver import bookmarks, loading
from queries.driver.errors import TOO_SLOW, cause, translated
from queries.driver.health import HealthWatch
from queries.driver.opening import end_driver, open_driver
from queries.driver.running import Row, StatementRunner, run_statement
from queries.driver.statements import Statement

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

CONNECTIONS = 100
"""Default number of connections of a process to one server: enough for any command or test."""

LOST_SECONDS = 1.0
"""How long a lost connection is retried: with one last connection attempt it makes the promised 3 s."""

CONTENDED_SECONDS = 2.0
"""How long a transaction is retried that the database aborted in favour of another one (a deadlock)."""

FIRST_DELAY_SECONDS = 0.02
"""Pause before the first retry; it doubles. An aborted transaction holds its locks for some milliseconds."""


class Connection:
    """A database and how to reach it. Nothing is connected before the first use; safe to share between threads."""

    def __init__(
        self,
        uri: str,
        username: str,
        password: str,
        database: str,
        *,
        connections: int = CONNECTIONS,
        at_once: int | None = None,
        strict: bool = False,
        before_writing: Callable[[], None] | None = None,
    ) -> None:
        """``strict`` raises a Python warning for each notification of the database: what tests want.

        ``connections`` is how many a process may have at once to one server. ``at_once`` is how many transactions run
        at a time in a process that serves, which then has a health watch (see ``queries/driver/health.py``); without
        it, nothing limits them. ``before_writing`` is called before each write, and raises to refuse it.
        """
        loading.load()
        self._connections = connections
        self._key: bytes | None = None
        self._uri = uri
        self._auth = (username, password)
        self._database = database
        self._strict = strict
        self._at_once = at_once
        self._before_writing = before_writing
        # By process: a driver does not survive a fork, and closing the parent's would break it for the parent.
        self._drivers: dict[int, tuple[neo4j.Driver, neo4j.BookmarkManager | None]] = {}
        self._watches: dict[int, HealthWatch] = {}

    def transaction(
        self, work: Callable[[StatementRunner], T], *, read: bool, seconds: float, rolled_back: bool = False
    ) -> T:
        """Run ``work`` in one transaction that may take ``seconds``, and return what it returns.

        ``rolled_back`` says that ``work`` ends a write by raising, so that nothing is stored and ``before_writing`` is
        not called.

        ``work`` may run several times and must not have other effects. Raises ``StoreUnavailable``,
        ``OutcomeUnknown`` (writes only), ``AlreadyExists`` for a broken uniqueness constraint, ``NotFound`` for a node
        that was deleted meanwhile, and whatever ``work`` raises.
        """
        from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError, TransientError

        if self._before_writing and not read and not rolled_back:
            self._before_writing()
        started = time.monotonic()
        contended_since: float | None = None
        delay = FIRST_DELAY_SECONDS
        while True:
            try:
                return self._attempt(work, read=read, seconds=seconds)
            except TransientError as error:
                contended_since = contended_since or time.monotonic()
                waited_enough = error.code in TOO_SLOW  # the server's own limit of waiting for a lock
                if waited_enough or time.monotonic() + delay > contended_since + CONTENDED_SECONDS:
                    raise translated(error) from error
            except (DriverError, Neo4jError) as error:
                if isinstance(error, DriverError):
                    self._suspect()
                retry = error.is_retryable() or (read and isinstance(error, IncompleteCommit))
                if not retry or time.monotonic() + delay > started + LOST_SECONDS:
                    raise translated(error) from cause(error)
            time.sleep(delay)
            delay *= 2

    def run_alone(self, statement: Statement, parameters: Mapping[str, object]) -> list[Row]:
        """Run a schema statement outside any explicit transaction, as Neo4j requires."""
        from neo4j import NotificationDisabledClassification, NotificationMinimumSeverity
        from neo4j.exceptions import DriverError, Neo4jError

        notifications: dict[str, Any] = {
            # Below a warning is only that IF NOT EXISTS found it; and in a new database every word is unknown.
            "notifications_min_severity": NotificationMinimumSeverity.WARNING,
            "notifications_disabled_classifications": [NotificationDisabledClassification.UNRECOGNIZED],
        }
        try:
            with self._session(read=False, **(notifications if self._strict else {})) as session:
                return [dict(record) for record in session.run(statement.text, statement.bind(parameters))]
        except (DriverError, Neo4jError) as error:
            raise translated(error) from cause(error)

    def sign(self, message: bytes) -> bytes:
        """Return a code of 32 bytes for a message, which nobody without this database's password can make."""
        if self._key is None:
            # Slow on purpose (some 50 ms, once a process): a signed message must not make guessing the password cheap.
            self._key = scrypt(self._auth[1].encode(), salt=b"stakeholder-graph", n=2**14, r=8, p=1, dklen=32)
        return digest(self._key, message, "sha256")

    def close(self) -> None:
        """Close the connections of this process. They open again on use."""
        watch = self._watches.pop(os.getpid(), None)
        if watch:
            watch.end()
        opened = self._drivers.pop(os.getpid(), None)
        if opened:
            end_driver(opened[0])

    def _attempt(self, work: Callable[[StatementRunner], T], *, read: bool, seconds: float) -> T:
        from neo4j import ManagedTransaction, unit_of_work

        with self._transaction_slot() as heard:

            @unit_of_work(timeout=seconds, metadata={"app": "stakeholder-graph"})
            def managed(transaction: ManagedTransaction) -> T:
                return work(partial(run_statement, transaction, heard))

            trail = bookmarks.current()
            with self._session(read=read, after=trail.after if trail else ()) as session:
                if read:
                    return session.execute_read(managed)
                result = session.execute_write(managed)
                if trail:
                    trail.written = session.last_bookmarks().raw_values  # the driver's manager sees to the next
                return result

    @contextmanager
    def _transaction_slot(self) -> Iterator[Callable[[], None]]:
        """Hold a transaction slot of the health watch, if this process has one."""
        if self._at_once is None:
            yield _ignore
            return
        watch = self._watches.get(os.getpid())
        if watch is None:
            new = HealthWatch(self._at_once, answers=self._answers, cut=self._cut)
            watch = self._watches.setdefault(os.getpid(), new)
            if watch is new:  # no other thread was faster
                watch.begin()
        with watch.transaction_slot() as heard:
            yield heard

    def _suspect(self) -> None:
        watch = self._watches.get(os.getpid())
        if watch:
            watch.suspect()

    def _answers(self) -> bool:
        """Return whether the database accepts a new connection and answers within ``CONNECTION_SECONDS``."""
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            with self._open() as driver:
                driver.verify_connectivity()
        except DriverError:
            return False
        except Neo4jError:  # an error from the server is an answer
            return True
        return True

    def _cut(self) -> None:
        """Break all connections to the database: each thread waiting on one gets an error. Later ones are new."""
        opened = self._drivers.get(os.getpid())
        if opened:
            self._drivers[os.getpid()] = (self._open(), opened[1])
            end_driver(opened[0])

    def _session(
        self,
        *,
        read: bool,
        after: Collection[str] = (),
        **options: Any,  # noqa: ANN401 - the driver's own options
    ) -> "neo4j.Session":
        from neo4j import READ_ACCESS, WRITE_ACCESS, Bookmarks

        opened, own = self._driver()
        return opened.session(
            **options,
            database=self._database,
            default_access_mode=READ_ACCESS if read else WRITE_ACCESS,
            bookmark_manager=own,  # on a cluster, a read sees what this process wrote before
            bookmarks=Bookmarks.from_raw_values(after) if after else None,
        )

    def _driver(self) -> "tuple[neo4j.Driver, neo4j.BookmarkManager | None]":
        opened = self._drivers.get(os.getpid())
        if opened:
            return opened
        from neo4j import GraphDatabase

        new = self._open()
        current = self._drivers.setdefault(os.getpid(), (new, GraphDatabase.bookmark_manager()))
        if current[0] is not new:  # another thread was faster
            new.close()
        return current

    def _open(self) -> "neo4j.Driver":
        return open_driver(self._uri, self._auth, connections=self._connections, strict=self._strict)


def _ignore() -> None:
    """Do nothing at a sign of life, where there is no health watch."""
