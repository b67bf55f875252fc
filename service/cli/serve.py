"""Run the service."""

import socket

import click

from graph.errors import InvalidInput
from service.cli.demo_mission import load_demo
from service.cli.session import reporting_errors, session
from service.config import read_config
from service.terminal import say


@click.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer; about as many as there are cores. More than one needs Linux or macOS.",
)
@click.option("--demo", is_flag=True, help="Load the demo mission first (into an empty store only).")
@reporting_errors
def serve_command(*, port: int, workers: int, demo: bool) -> None:
    """Run the service on this machine, with pages, interactive documentation and API.

    It listens on this machine only, because everybody who can reach it sees everything. Ctrl-C stops it and the
    local Neo4j.

    \b
    Example:
      stakeholder-graph serve --port 8080
      stakeholder-graph serve --workers 4
    """
    from service import create_app
    from service.servers.background import keep_local_neo4j_up, warm
    from service.servers.serving import SPARE_THREADS, THREADS, serve_in_one_process, serve_in_workers

    listening = _listen(read_config().host, port)
    with session(owner=True, connections=THREADS + 1, at_once=THREADS - SPARE_THREADS) as opened:
        if demo:
            load_demo(opened)
        app = create_app(opened.config, store=opened.store)
        host, bound = listening.getsockname()[:2]
        say(f"Serving at http://{host}:{bound}/  (Ctrl-C to stop)")
        if workers > 1:
            opened.store.close()  # each worker connects for itself: a connection does not survive a fork
            serve_in_workers(app, listening, workers)
        else:
            warming = warm(opened.store)
            stop_watching = keep_local_neo4j_up(opened.config)
            serve_in_one_process(app, listening, on_stop=warming.begin_end)
            stop_watching()
            warming.end()
    say("Stopping.")


def _listen(host: str, port: int) -> socket.socket:
    """Bind the port before anything else, so that a port in use is reported at once."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise InvalidInput(
            f"Port {port} of {host} cannot be used: {error.strerror}.",
            cure="Choose another with --port, or 0 for any free one.",
        ) from error
