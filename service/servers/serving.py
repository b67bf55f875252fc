"""The two servers the application runs on, and how each ends: no request that has arrived goes unanswered.

One process is waitress: the same on every system, nothing forked (which libraries of macOS do not survive), and slow
clients hold no thread, as it reads a request whole before it answers. Several are gunicorn, which starts, watches and
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
"""Threads that never wait for the database: they answer what needs none, and say so when it is away."""

FORM_BYTES = 1024 * 1024
"""What a form may add around the largest upload. The server refuses more before it has taken it in."""

DRAIN_SECONDS = 8.0
"""Longest wait for requests under way at the end; with what is left to do, a stop stays below the promised 10 s."""

LEFT_SECONDS = 1.0
"""Longest wait after that for threads that still work on a request; those that do not have ended by then."""

LINGER_SECONDS = 0.5
"""How long a kept connection stays open for a request its client may be sending at this moment."""


def serve_in_one_process(app: "Flask", listening: socket.socket, *, when_told: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM, then answer what has arrived; ``when_told`` is called in between."""
    from waitress.channel import HTTPChannel
    from waitress.server import create_server

    from service.resources.imports.upload import UPLOAD_BYTES

    # It warns of each request that waits for a thread, which happens at every start and in every busy moment.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    told: list[int] = []

    class Channel(HTTPChannel):
        def service(self) -> None:
            if told:  # the answer then says that the connection ends with it
                for request in self.requests:
                    request.headers = {**request.headers, "CONNECTION": "close"}
            super().service()

    server: Any = create_server(
        app, sockets=[listening], threads=THREADS, max_request_body_size=UPLOAD_BYTES + FORM_BYTES, ident=None
    )
    server.channel_class = Channel

    def end(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        server.pull_trigger()

    kept = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        while not told:
            _turn(server, seconds=1.0)
        when_told()
        _drain(server)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
        server.task_dispatcher.shutdown(timeout=LEFT_SECONDS)
        server.close()


def serve_in_workers(app: "Flask", listening: socket.socket, workers: int) -> None:
    """Serve from several processes until Ctrl-C or SIGTERM; each answers what it has accepted."""
    try:
        from gunicorn.app.base import Application
    except ImportError as error:
        raise InvalidInput(
            "Several workers need gunicorn, which does not run on this system.", cure="Leave --workers out."
        ) from error

    class Served(Application):  # type: ignore[misc] # gunicorn is untyped
        def load_config(self) -> None:
            self.load_config_from_file("python:service.servers.gunicorn")
            self.cfg.set("bind", f"fd://{listening.fileno()}")
            self.cfg.set("workers", workers)

        def load(self) -> "Flask":
            return app

    Served().run()


def _turn(server: Any, *, seconds: float) -> None:  # noqa: ANN401 - the library types none of this
    server.asyncore.loop(timeout=seconds, use_poll=server.adj.asyncore_use_poll, map=server._map, count=1)  # noqa: SLF001


def _drain(server: Any) -> None:  # noqa: ANN401
    """Accept what the system has taken already, take no more, and go on until every request is answered."""
    _let_nobody_in(server.socket)
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
        quiet = lingered  # look once more: on a busy machine a request can lie here unread for all that time
        _turn(server, seconds=0.1)


def _let_nobody_in(listening: socket.socket) -> None:
    """Have the system ignore who tries to connect from now on, where it can (Linux); who is in already can be accepted.

    Else a client that connects after the last look and before the socket is closed would be cut off, and with busy
    threads that takes some ms: of 226 stops under 24 clients that ask without a pause, 14 cut off 19 clients; with the
    filter none of 170 did. ``shutdown(SHUT_RD)``, or closing without a last look, cut off 7 or 8 clients a stop, and
    ``listen(0)`` or a shorter switch interval of threads no fewer than nothing at all.
    """
    if sys.platform != "linux":
        return
    # A packet filter of one instruction, BPF_RET | BPF_K with 0 bytes: take nothing of any packet (socket(7), bpf).
    instruction = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
    attach = 26  # SO_ATTACH_FILTER, which Python does not name
    listening.setsockopt(socket.SOL_SOCKET, attach, struct.pack("HP", 1, ctypes.addressof(instruction)))
