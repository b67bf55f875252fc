"""Run the service."""

import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

import click

from graph.errors import InvalidInput, StoreUnavailable
from service.cli.demo_mission import load_demo
from service.cli.session import reporting_errors, say, session
from service.config import Config, read_config

if TYPE_CHECKING:
    from queries.store import Store

THREADS = 8
"""Requests answered at once: reads wait for the database most of the time, so more than there are cores."""

SPARE_THREADS = 2
"""Threads that never wait for the database: they answer what needs none, and say so when it is away."""

LOOK_SECONDS = 1.0
"""How often the service looks whether its Neo4j is there: reading one small file, against seconds of a boot."""

FORM_BYTES = 1024 * 1024
"""What a form may add around the largest upload. The server refuses more before it has taken it in."""


@click.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--demo", is_flag=True, help="Load the demo mission first (into an empty store only).")
@reporting_errors
def serve_command(*, port: int, demo: bool) -> None:
    """Run the service on this machine, with pages, interactive documentation and API.

    It listens on this machine only, because whoever can reach it sees everything. Ctrl-C ends it, and the local Neo4j
    with it.

    \b
    Example:
      stakeholder-graph serve --port 8080
    """
    from waitress.server import create_server

    from service import create_app
    from service.resources.imports.upload import UPLOAD_BYTES

    listening = _listen(read_config().host, port)
    with session(owner=True, at_once=THREADS - SPARE_THREADS) as here:
        if demo:
            load_demo(here)
        app = create_app(here.config, store=here.store)
        threading.Thread(target=_warm, args=(here.store,), name="warm", daemon=True).start()
        server = create_server(
            app, sockets=[listening], threads=THREADS, max_request_body_size=UPLOAD_BYTES + FORM_BYTES, ident=None
        )
        signal.signal(signal.SIGTERM, _end)
        host, bound = listening.getsockname()[:2]
        say(f"Serving at http://{host}:{bound}/  (Ctrl-C to stop)")
        with _local_neo4j_kept_up(here.config):
            server.run()  # returns on Ctrl-C and on SIGTERM, once the requests under way are answered
        say("Stopping.")
        server.close()


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done, so that a taken one is said at once."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise InvalidInput(
            f"Port {port} of {host} cannot be used: {error.strerror}.",
            cure="Choose another with --port, or 0 for any free one.",
        ) from error


def _warm(store: "Store") -> None:
    with suppress(StoreUnavailable):  # whoever asks is told; the first questions are slow, then
        store.warm()


@contextmanager
def _local_neo4j_kept_up(config: Config) -> Iterator[None]:
    """Start the local Neo4j again whenever it has gone; it keeps its port, so the store finds it by itself."""
    if config.neo4j_uri:
        yield
        return
    from queries import local_neo4j

    ending = threading.Event()

    def watch() -> None:
        while not ending.wait(LOOK_SECONDS):
            if not local_neo4j.status(config.home).running:
                say("The local Neo4j has gone; starting it again.")
                try:
                    local_neo4j.start(config.home, idle_seconds=0)
                except StoreUnavailable as error:
                    say(f"{error.detail} {error.cure}")

    watcher = threading.Thread(target=watch, name="neo4j", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ending.set()
        watcher.join()


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
