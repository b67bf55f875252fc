"""What a service looks after in the background: planned statements, kernels at hand, and a local Neo4j that is up.

Nobody waits for these threads, so nobody would be told why one ended: what they do may fail in any way and is logged,
and they go on.
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

LOOK_SECONDS = 1.0
"""How often the service looks whether its Neo4j is there: reading one small file, against seconds of a boot."""

WARM_SECONDS = 5.0
"""Longest wait for a step of ``warm`` at the end: a module compiles anew in 1.4 s at most on the reference machine."""

_log = logging.getLogger(__name__)


class Warming:
    """The thread that makes ready, see ``warm``."""

    def __init__(self, store: Store) -> None:
        """Begin."""
        self._store = store
        self._ending = threading.Event()
        self._latest = 0.0
        self._thread = threading.Thread(target=self._run, name="warm", daemon=True)
        self._thread.start()

    def tell(self) -> None:
        """Have it end after the step it is in, without waiting for that."""
        if not self._ending.is_set():
            self._latest = time.monotonic() + WARM_SECONDS
            self._ending.set()

    def end(self) -> None:
        """Wait until it has ended, ``WARM_SECONDS`` at most since it was told first."""
        self.tell()
        self._thread.join(max(0.0, self._latest - time.monotonic()))

    def _run(self) -> None:
        for step in (self._store.warm, compiling.warm):
            try:
                step(ended=self._ending.is_set)
            except StoreUnavailable:
                pass  # whoever asks is told; the first questions are slow, then
            except Exception:  # noqa: BLE001 - logged; the next step is still wanted
                _log.exception("Something could not be made ready in the background: the first answers are slow.")


def warm(store: Store) -> Warming:
    """Have the database plan the hot statements, and the compiled kernels read from disk or compiled, meanwhile.

    Statements come first: planning takes a second, and compiling anew some ten. It is told to end when a stop begins,
    and has ended before the process does: Python unwinds whatever threads are left then, and one in the driver's
    or the compiler's own code takes the process down with it, with "exception not rethrown" (before Python 3.14).
    """
    return Warming(store)


def keep_local_neo4j_up(config: Config) -> Callable[[], None]:
    """Start the local Neo4j again whenever it has gone; it keeps its port, so the store finds it by itself.

    Of several processes that look, one starts it and the others find it. Returns how to stop looking, which does not
    wait for a boot under way: a server that nobody uses ends by itself.
    """
    ending = threading.Event()
    if config.neo4j_uri:
        return ending.set
    from queries import local_neo4j

    def watch() -> None:
        said = ""
        while not ending.wait(LOOK_SECONDS):
            try:
                if local_neo4j.status(config.home).running:
                    said = ""
                    continue
                if not said:
                    say("The local Neo4j has gone; starting it again.")
                local_neo4j.start(config.home, idle_seconds=0, progress=not said)
            except StoreUnavailable as error:
                if said != (said := f"{error.detail} {error.cure}"):  # once, however long it lasts
                    say(said)
            except Exception as error:  # noqa: BLE001 - logged, and looked again: this thread must not end
                if said != (said := repr(error)):
                    _log.exception("Looking after the local Neo4j failed; it is tried again.")

    threading.Thread(target=watch, name="neo4j", daemon=True).start()
    return ending.set
