"""What a service looks after in the background: planned statements, kernels at hand, and a local Neo4j that is up.

Nobody waits for these threads, so nobody would be told why one ended: what they do may fail in any way and is logged,
and they go on.
"""

import logging
import threading
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


def warm(store: Store) -> Callable[[], None]:
    """Have the database plan the hot statements, and the compiled kernels read from disk or compiled, meanwhile.

    Statements come first: planning takes a second, and compiling anew some ten. Returns how to end it. That comes
    before the process ends: Python then unwinds whatever threads are left, and one that is in the driver's or the
    compiler's own code takes the process down with it, with "exception not rethrown" (before Python 3.14).
    """
    ending = threading.Event()

    def run() -> None:
        for step in (store.warm, compiling.warm):
            try:
                step(ended=ending.is_set)
            except StoreUnavailable:
                pass  # whoever asks is told; the first questions are slow, then
            except Exception:  # noqa: BLE001 - logged; the next step is still wanted
                _log.exception("Something could not be made ready in the background: the first answers are slow.")

    thread = threading.Thread(target=run, name="warm", daemon=True)
    thread.start()

    def end() -> None:
        ending.set()
        thread.join(WARM_SECONDS)

    return end


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
