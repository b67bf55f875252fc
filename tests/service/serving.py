"""The service as a process of its own, and clients that notice when an answer fails to come."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import pytest


@contextmanager
def serving(
    environment: dict[str, str], *words: str, command: tuple[str, ...] = ()
) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Run the service on a free port; give its address and process."""
    command = command or ("-c", "from service.cli import main; main()", "serve", "--port", "0", *words)
    process = subprocess.Popen(
        [sys.executable, *command], env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stderr
            for line in process.stderr:
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    yield f"{found.group()}/", process
                    return
            pytest.fail("It ended without saying where it serves.")
        finally:
            process.kill()


@dataclass
class Clients:
    """Clients that ask without a pause, from now until nobody listens any more.

    A request counts as dropped where its connection was made and no whole answer came.
    """

    address: str
    ask: Callable[[HTTPConnection], int]
    keep: bool
    answered: int = 0
    statuses: set[int] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self, number: int) -> None:
        """Start so many of them."""
        self._threads = [threading.Thread(target=self._run) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until each has found nobody there."""
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        connection = None
        while True:
            connection = connection or self._connected()
            if connection is None:
                return
            try:
                self.statuses.add(self.ask(connection))
                self.answered += 1
            except (OSError, HTTPException) as error:
                self.dropped.append(repr(error))
            if connection.sock is None or not self.keep:  # the answer said that the connection ends with it
                connection.close()
                connection = None

    def _connected(self) -> HTTPConnection | None:
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        try:
            connection.connect()
        except ConnectionRefusedError:
            return None
        except OSError as error:  # between the two ends of a handshake
            self.dropped.append(f"connect: {error!r}")
            return None
        # Without this a closed connection would be made again behind our back, and a drop go unnoticed.
        connection.auto_open = 0
        return connection


def read(connection: HTTPConnection, path: str, *, method: str = "GET", body: str | None = None) -> int:
    """Ask and take in the whole answer; return its status."""
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def stop(process: "subprocess.Popen[str]") -> int:
    """Send SIGTERM, and return the exit code; what a failing process said is shown with the test."""
    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=30)
    if code and process.stderr:
        print(process.stderr.read())  # noqa: T201
    return code
