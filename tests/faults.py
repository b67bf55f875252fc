"""A line to the database that breaks on purpose, at a moment the test chooses."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""A whole COMMIT message in Bolt: its length, a structure without fields with tag 0x12, the end of the message."""


class BrokenLine:
    """Passes bytes on both ways, until it is told to break at commits."""

    def __init__(self, uri: str) -> None:
        target = urlsplit(uri)
        self._target = (target.hostname or "127.0.0.1", target.port or 7687)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"
        self._ends: list[socket.socket] = []
        self.commits = 0
        self.break_next = 0
        """How many of the next commits lose their line."""
        self.pass_on = True
        """Whether a commit that loses its line still reaches the database."""

    def cut(self) -> None:
        """Break every connection that is open now."""
        while self._ends:
            self._cut(self._ends.pop())

    @contextlib.contextmanager
    def up(self) -> Iterator["BrokenLine"]:
        """Serve until the end of the block."""
        threading.Thread(target=self._serve, daemon=True).start()
        try:
            yield self
        finally:
            self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._target)
                self._ends += [client, server]
                threading.Thread(target=self._requests, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answers, args=(client, server), daemon=True).start()

    def _requests(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65_536):
                if data.endswith(COMMIT):
                    self.commits += 1
                    if self.break_next:
                        self.break_next -= 1
                        self._cut(client)
                        if self.pass_on:
                            server.sendall(data)
                            server.recv(65_536)  # the database has committed when it answers
                        break
                server.sendall(data)
        self._cut(client, server)

    def _answers(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65_536):
                client.sendall(data)
        self._cut(client, server)

    @staticmethod
    def _cut(*ends: socket.socket) -> None:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
