"""How gunicorn runs the service with several workers; ``stakeholder-graph serve --workers`` reads this module.

An operator who starts gunicorn names it: ``gunicorn --config python:service.servers.gunicorn``. The application is
built once, before the workers are forked, so that a replacement for a worker that died serves at once and all share its
memory. Its store has no open connection then: a connection does not survive a fork, so each worker opens its own on
first use.
"""

import atexit
import socket
import struct
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from gunicorn.http import wsgi
from gunicorn.workers.gthread import ThreadWorker

from graph.errors import StakeholderGraphError
from queries.store import Store
from service import create_app
from service.config import read_config
from service.http.current import KEY
from service.servers.background import Warming, keep_local_neo4j_up, warm
from service.servers.serving import SPARE_THREADS
from service.wiring import opened_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from gunicorn.arbiter import Arbiter

SILENCE_SECONDS = 30
"""A client that sends nothing for so long in the middle of a request is disconnected, which frees its thread."""

bind = f"{read_config().host}:8000"
wsgi_app = "service.servers.gunicorn:application()"
preload_app = True
worker_class = "service.servers.gunicorn.Worker"
threads = 8  # as in one process: reads wait for the database most of the time, so more than there are cores
timeout = 60  # s without a heartbeat from a worker's main loop: only a hanging process reaches that
graceful_timeout = 8  # s for running requests; with what is left to do, a stop stays below the promised 10 s
keepalive = 5  # s: a page loads its parts within that, and idle connections do not pile up
limit_request_line = 8190  # bytes, as proxies allow; gunicorn's 4,094 would refuse a query with many filters
limit_request_fields = 100
limit_request_field_size = 8190
forwarded_allow_ips = ""  # trust no proxy: client and scheme are those of the connection
accesslog = None  # request addresses hold names and ids
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # an unneeded way in, in a home directory that containers do not have


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn is untyped
    """A worker that, when stopped, also answers connections that the system holds and it has not accepted yet."""

    sockets: "Sequence[socket.socket]"
    warming: Warming

    def init_process(self) -> None:
        """Set a time limit on every wait for a client before the first connects; accepted sockets inherit it."""
        for listening in self.sockets:
            for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                listening.setsockopt(socket.SOL_SOCKET, direction, struct.pack("ll", SILENCE_SECONDS, 0))
        super().init_process()

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's signature
        """Switch accepting on or off; at a stop, accept what waits and close the socket, so no client waits in vain."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        self.warming.begin_end()
        for listening in self.sockets:
            before = -1
            while before != self.nr_conns:
                before = self.nr_conns
                self.accept(listening)
            listening.close()


def application() -> "Flask":
    """Return the application for the environment's configuration; exits with an error message where it cannot."""
    stack = ExitStack()
    atexit.register(stack.close)
    config = read_config()
    try:
        store = stack.enter_context(
            opened_store(config, owner=True, connections=threads + 1, at_once=threads - SPARE_THREADS)
        )
    except StakeholderGraphError as error:
        sys.exit(f"Error: {error.detail}\n{error.cure}")
    app = create_app(config, store=store)
    store.close()
    return app


def post_worker_init(worker: Worker) -> None:
    """Start each worker's own background work: planning statements and watching the local Neo4j."""
    wsgi.SERVER = "stakeholder-graph"  # the Server header must not tell attackers the server and version
    worker.warming = warm(_store(worker))
    # Every worker watches: the first to see that it has stopped starts it, and the others find it.
    keep_local_neo4j_up(read_config())


def worker_exit(_arbiter: "Arbiter", worker: Worker) -> None:
    """End the background work and close the worker's database connections."""
    if worker.booted:
        worker.warming.end()
        _store(worker).close()


def _store(worker: Worker) -> Store:
    store: Store = worker.app.wsgi().extensions[KEY].store
    return store
