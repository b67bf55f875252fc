"""The two servers the application runs on, and how each stops: every request that has arrived is answered.

One process is waitress: the same on every system, no fork (which libraries of macOS do not survive), and slow
clients hold no thread, as it reads the whole request before it answers. Several are gunicorn, which starts, watches and
replaces them (``service/servers/gunicorn.py``); it does not run on Windows.
"""

import ctypes
import logging
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

from graph.errors import InvalidInput

if TYPE_CHECKING:
    from flask import Flask

THREADS = 8
"""Requests answered at once: reads wait for the database most of the time, so more than there are cores."""

SPARE_THREADS = 2
"""Threads that never wait for the database: they answer requests that need none, and 503 while it is down."""

FORM_BYTES = 1024 * 1024
"""Bytes that a form may add to the largest upload. The server refuses more before it has read it."""

DRAIN_SECONDS = 8.0
"""Longest wait for running requests at a stop; with what is left to do, a stop stays below the promised 10 s."""

THREAD_SECONDS = 1.0
"""Longest wait after that for threads that still work on a request; idle ones have ended by then."""

LINGER_SECONDS = 0.5
"""How long an idle connection stays open for a request its client may be sending at this moment."""


def serve_in_one_process(app: "Flask", listening: socket.socket, *, on_stop: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM, call ``on_stop``, then answer the requests that have arrived."""
    from waitress.channel import HTTPChannel
    from waitress.server import create_server

    from service.resources.imports.upload import UPLOAD_BYTES

    # It warns of each request that waits for a thread, which happens at every start and in every busy moment.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    signals: list[int] = []

    class Channel(HTTPChannel):
        def service(self) -> None:
            if signals:  # the response then says that the connection closes after it
                for request in self.requests:
                    request.headers = {**request.headers, "CONNECTION": "close"}
            super().service()

    server: Any = create_server(
        app, sockets=[listening], threads=THREADS, max_request_body_size=UPLOAD_BYTES + FORM_BYTES, ident=None
    )
    server.channel_class = Channel

    def stop(number: int, _frame: FrameType | None) -> None:
        signals.append(number)
        server.pull_trigger()

    earlier_handlers = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        while not signals:
            _run_loop_once(server, seconds=1.0)
        on_stop()
        _drain(server)
    finally:
        for number, handler in earlier_handlers.items():
            signal.signal(number, handler)
        server.task_dispatcher.shutdown(timeout=THREAD_SECONDS)
        server.close()


def serve_in_workers(app: "Flask", listening: socket.socket, workers: int) -> None:
    """Serve from several processes until Ctrl-C or SIGTERM; each answers what it has accepted."""
    try:
        from gunicorn.app.base import Application
    except ImportError as error:
        raise InvalidInput(
            "Several workers need gunicorn, which does not run on this system.", cure="Leave --workers out."
        ) from error

    class Preloaded(Application):  # type: ignore[misc] # gunicorn is untyped
        def load_config(self) -> None:
            self.load_config_from_file("python:service.servers.gunicorn")
            self.cfg.set("bind", f"fd://{listening.fileno()}")
            self.cfg.set("workers", workers)

        def load(self) -> "Flask":
            return app

    Preloaded().run()


def _run_loop_once(server: Any, *, seconds: float) -> None:  # noqa: ANN401 - the library types none of this
    server.asyncore.loop(timeout=seconds, use_poll=server.adj.asyncore_use_poll, map=server._map, count=1)  # noqa: SLF001


def _drain(server: Any) -> None:  # noqa: ANN401
    """Accept the connections the system already holds, refuse new ones, and run until every request is answered."""
    _refuse_new_connections(server.socket)
    before = -1
    while before != len(server.active_channels):
        before = len(server.active_channels)
        server.handle_accept()
    server.accepting = False
    server.del_channel()
    server.socket.close()
    begun = time.monotonic()
    quiet = False
    while server.active_channels and time.monotonic() < begun + DRAIN_SECONDS:
        busy = any(
            channel.requests or channel.request is not None or channel.total_outbufs_len
            for channel in list(server.active_channels.values())
        )
        lingered = not busy and time.monotonic() > begun + LINGER_SECONDS
        if lingered and quiet:
            return
        quiet = lingered  # check once more: on a busy machine a request can stay unread for all that time
        _run_loop_once(server, seconds=0.1)


def _refuse_new_connections(listening: socket.socket) -> None:
    """Have the system drop new connections while draining on shutdown (Linux); those it holds can still be accepted.

    Without this, a client that connects after the last accept and before the socket is closed is cut off; with busy
    threads that gap takes some ms. Measured under 24 clients that ask without a pause: with clients in the server's own
    process group 19 were cut off in 226 stops without the filter and 0 in 170 with it; with threaded clients of a
    spawned server 10 in 150 without and 5 in 150 with it, so it lowers the number and does not rule it out.
    ``shutdown(SHUT_RD)``, or closing without a last accept, cut off 7 or 8 clients a stop; ``listen(0)`` or a shorter
    switch interval of threads made no difference.
    """
    if sys.platform != "linux":
        return
    # A packet filter of one instruction, BPF_RET | BPF_K with 0 bytes: drop every packet (socket(7), bpf).
    instruction = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
    attach = 26  # SO_ATTACH_FILTER, which Python's socket module lacks
    listening.setsockopt(socket.SOL_SOCKET, attach, struct.pack("HP", 1, ctypes.addressof(instruction)))
