"""Checks whether the database answers while transactions wait for it, so that a dead one holds up no caller for long.

A transaction on a database that hangs keeps its thread, and a server has few: soon none is left to report the failure,
or to answer what needs no database. The driver's own limits do not help: they count from the last byte, which may drip,
and the server decides how long that may be. So a process that serves has a health watch:

* At most ``at_once`` transactions run at a time; the others wait for a slot while the database makes progress: while a
  transaction begins, hears from the database or ends.
* When a transaction has heard nothing for a moment, the watch asks the database for a sign of life over a connection of
  its own. If none comes, and no other transaction hears either, the database is away: all connections are cut, so that
  waiting callers get an error, and new callers get one at once, until the database answers again.
* A check that fails, whatever it raises, counts as away and is logged once; the watch goes on. If its thread ended, the
  process would report the last state for ever.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graph.errors import StoreUnavailable
from queries.driver.errors import AGAIN

SILENT_SECONDS = 0.3
"""How long a transaction may hear nothing until the database is asked: few statements take longer, and asking costs
some milliseconds. With the 2 s that an answer may take and the next connection it stays within the promised 3 s."""

LOOK_SECONDS = 0.1
"""How often the watch looks for silent transactions."""

AWAY_SECONDS = 0.5
"""How often a database that is away is asked again: far less than the promised 5 s until it is used again."""

DOUBT_SECONDS = 0.6
"""How long a caller waits for a slot while the database owes a sign of life and no transaction hears from it. A sound
one answers in milliseconds, and in half a second where eight busy threads share a machine with others. What needs no
database is answered within 1 s of its end: ``SILENT_SECONDS``, ``LOOK_SECONDS`` and this."""

BUSY_SECONDS = 2.0
"""How long a sound database may make no progress until callers waiting for a slot are told that it is too busy."""

WAIT_SECONDS = 10.0
"""How long a caller waits for a slot while others make progress: as long as a transaction may take by itself."""


_log = logging.getLogger(__name__)


class HealthWatch:
    """Watches one database for one process. ``answers`` asks the database, ``cut`` breaks all connections to it."""

    def __init__(self, at_once: int, *, answers: Callable[[], bool], cut: Callable[[], None]) -> None:
        self._at_once = at_once
        self._answers = answers
        self._cut = cut
        self._changed = threading.Condition()
        self._heard: dict[object, float] = {}  # when each running transaction last heard from the database
        self._moved = 0.0  # when a transaction last began, heard from the database or ended
        self._alive = 0.0  # when a transaction last heard from the database
        self._asked: float | None = None  # since when the database owes a sign of life
        self._away = False
        self._ended = False
        self._look = threading.Event()
        self._suspected = False
        self._logged: set[type[Exception]] = set()

    def begin(self) -> None:
        """Start the watch's thread."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    @contextmanager
    def transaction_slot(self) -> Iterator[Callable[[], None]]:
        """Hold a slot for one transaction, which calls the function it gets whenever it has heard from the database.

        Raises ``StoreUnavailable`` if the database is away or too busy.
        """
        transaction = object()
        with self._changed:
            self._wait()
            self._heard[transaction] = self._moved = time.monotonic()

        def heard() -> None:
            self._heard[transaction] = self._moved = self._alive = time.monotonic()

        try:
            yield heard
            heard()  # its end was confirmed
        finally:
            with self._changed:
                del self._heard[transaction]
                self._moved = time.monotonic()
                self._changed.notify()

    def suspect(self) -> None:
        """Ask the database now: a connection to it was lost."""
        self._suspected = True
        self._look.set()

    def end(self) -> None:
        """Stop watching."""
        self._ended = True
        self._look.set()

    def _wait(self) -> None:
        """Wait for a slot, with the lock held."""
        latest = time.monotonic() + WAIT_SECONDS
        while True:
            if self._away:
                raise StoreUnavailable("The database does not answer.", cure=AGAIN)
            if len(self._heard) < self._at_once:
                return
            until = min(latest, self._moved + BUSY_SECONDS)
            if self._asked is not None:
                until = min(until, max(self._asked, self._alive) + DOUBT_SECONDS)
            left = until - time.monotonic()
            if left <= 0:
                raise StoreUnavailable("The database is too busy.", cure=AGAIN)
            self._changed.wait(left)

    def _run(self) -> None:
        while not self._ended:
            if self._away or self._suspected or self._silent():
                self._ask()
            self._look.wait(AWAY_SECONDS if self._away else LOOK_SECONDS)
            self._look.clear()

    def _silent(self) -> bool:
        before = time.monotonic() - SILENT_SECONDS
        with self._changed:
            return any(heard < before for heard in self._heard.values())

    def _ask(self) -> None:
        self._suspected = False
        with self._changed:
            asked = self._asked = time.monotonic()
            self._changed.notify_all()
        answered = self._succeeds(self._answers)
        with self._changed:
            # A machine that is busy can keep the new connection waiting for longer than the answer may take.
            away = not answered and self._alive < asked
            self._asked = None
            self._away = away
            self._changed.notify_all()
        if away:
            self._succeeds(self._cut)

    def _succeeds(self, check: Callable[[], object]) -> bool:
        """Return whether a check succeeds; whatever it raises is logged once and counts as no."""
        try:
            return bool(check())
        except Exception as error:  # noqa: BLE001 - logged, and checked again: this thread must not end
            if type(error) not in self._logged:
                self._logged.add(type(error))
                _log.exception(
                    "Checking whether the database answers failed: it counts as away until a check succeeds."
                )
            return False
