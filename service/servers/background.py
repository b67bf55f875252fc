"""Background work of a service: planning statements, loading kernels, and keeping the local Neo4j running.

Nobody waits for these threads, so nobody would learn why one ended: every failure is logged, and the thread goes on.
"""

import logging
import threading
import time
from collections.abc import Callable

from graph.errors import StoreUnavailable
from graph.kernels import compiling
from queries.store import Store
from service.config import Config
from service.terminal import say

WATCH_SECONDS = 1.0
"""How often the service checks that its Neo4j runs: a check reads one small file, a boot takes seconds."""

WARM_SECONDS = 5.0
"""Longest wait for a step of ``warm`` at a stop: a module compiles in 1.4 s at most on the reference machine."""

_log = logging.getLogger(__name__)


class Warming:
    """The thread that ``warm`` starts."""

    def __init__(self, store: Store) -> None:
        """Start the thread."""
        self._store = store
        self._ending = threading.Event()
        self._deadline = 0.0
        self._thread = threading.Thread(target=self._run, name="warm", daemon=True)
        self._thread.start()

    def begin_end(self) -> None:
        """Make the thread end after its current step, without waiting for it."""
        if not self._ending.is_set():
            self._deadline = time.monotonic() + WARM_SECONDS
            self._ending.set()

    def end(self) -> None:
        """Wait until the thread has ended, at most ``WARM_SECONDS`` since the first ``begin_end``."""
        self.begin_end()
        self._thread.join(max(0.0, self._deadline - time.monotonic()))

    def _run(self) -> None:
        for step in (self._store.warm, compiling.warm):
            try:
                step(ended=self._ending.is_set)
            except StoreUnavailable:
                pass  # requests get the error themselves; the first answers are then slow
            except Exception:  # noqa: BLE001 - logged; the next step must still run
                _log.exception("A step of the warm-up failed in the background: the first answers are slow.")


def warm(store: Store) -> Warming:
    """Have the database plan the frequent statements, and load or compile the kernels, in the background.

    Statements come first: planning takes a second, and compiling all kernels some ten. The thread is told to end when a
    stop begins, and must end before the process: Python unwinds the threads left then, and one in the driver's or the
    compiler's native code aborts the process with "exception not rethrown" (before Python 3.14).
    """
    return Warming(store)


def keep_local_neo4j_up(config: Config) -> Callable[[], None]:
    """Restart the local Neo4j whenever it has stopped; it keeps its port, so the store reconnects by itself.

    Of several processes that watch, one starts it and the others find it. Returns a function that stops the watch and
    does not wait for a boot under way: a server that nobody uses ends by itself.
    """
    ending = threading.Event()
    if config.neo4j_uri:
        return ending.set
    from queries import local_neo4j

    def watch() -> None:
        reported = ""
        while not ending.wait(WATCH_SECONDS):
            try:
                if local_neo4j.status(config.home).running:
                    reported = ""
                    continue
                if not reported:
                    say("The local Neo4j has stopped; starting it again.")
                local_neo4j.start(config.home, idle_seconds=0, progress=not reported)
            except StoreUnavailable as error:
                if reported != (reported := f"{error.detail} {error.cure}"):  # once, however long it lasts
                    say(reported)
            except Exception as error:  # noqa: BLE001 - logged, and tried again: this thread must not end
                if reported != (reported := repr(error)):
                    _log.exception("Watching the local Neo4j failed; it is tried again.")

    threading.Thread(target=watch, name="neo4j", daemon=True).start()
    return ending.set
