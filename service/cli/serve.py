"""Run the service."""

import signal
import socket
import sys
import threading
from types import FrameType

import click

from graph.errors import InvalidInput
from service.cli.demo_mission import load_demo
from service.cli.session import reporting_errors, say, session
from service.config import read_config

THREADS = 8
"""Requests answered at once: reads wait for the database most of the time, so more than there are cores."""

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
    with session(owner=True) as here:
        if demo:
            load_demo(here)
        app = create_app(here.config, store=here.store)
        threading.Thread(target=here.store.warm, name="warm", daemon=True).start()
        server = create_server(
            app, sockets=[listening], threads=THREADS, max_request_body_size=UPLOAD_BYTES + FORM_BYTES, ident=None
        )
        signal.signal(signal.SIGTERM, _end)
        host, bound = listening.getsockname()[:2]
        say(f"Serving at http://{host}:{bound}/  (Ctrl-C to stop)")
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


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
