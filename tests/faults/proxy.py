"""A proxy to the database that fails on purpose, at a moment the test chooses.

Own code, because the maintained proxies for faults (Toxiproxy foremost) are servers to be installed beside the tests,
and none of them knows what a COMMIT is or cuts after so many bytes of either direction.
"""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from enum import Enum
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""A whole COMMIT message in Bolt: its length, a structure without fields with tag 0x12, the end of the message."""

PIECE = 65_536


class Fault(Enum):
    """What the proxy does with connections and bytes."""

    NONE = "passes them on"
    RESET = "resets connections, new ones too"
    BLACK_HOLE = "accepts connections and bytes, and passes nothing on"
    CLOG = "accepts connections, and no bytes, so that a sender is stuck"
    DRIP = "passes answers on by one byte a second"


class Direction(Enum):
    """The direction of bytes."""

    REQUESTS = "to the database"
    ANSWERS = "from the database"


class FaultyProxy:
    """Passes bytes on in both directions, until it is told to fail."""

    def __init__(self, uri: str) -> None:
        target = urlsplit(uri)
        self._target = (target.hostname or "127.0.0.1", target.port or 7687)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.uri = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"
        self._lock = threading.Lock()
        self._ends: list[socket.socket] = []
        self._losing: set[socket.socket] = set()
        self._left: tuple[Direction, int] | None = None
        self._fault = Fault.NONE
        self.delay = 0.0
        """Seconds that each piece of an answer is late."""
        self.commits = 0
        self.lose_next = 0
        """How many of the next commits lose their connection."""
        self.pass_on = True
        """Whether a commit that loses its connection still reaches the database."""
        self.clogged = threading.Event()
        """Whether bytes have arrived that the clogged proxy did not pass on."""
        self.passed = {direction: bytearray() for direction in Direction}
        """The bytes passed on since ``cut_after`` or the beginning."""

    def cut(self) -> None:
        """Break every connection that is open now."""
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            self._reset(end)

    def fail(self, fault: Fault) -> None:
        """Do this from now on, also with open connections; what a black hole has swallowed stays lost."""
        with self._lock:
            self._fault = fault
            self._left = None
            self.clogged.clear()
        if fault in (Fault.NONE, Fault.RESET):
            self.cut()

    def cut_after(self, direction: Direction, count: int) -> None:
        """Pass so many more bytes in that direction, then break all connections and reset new ones."""
        with self._lock:
            self.passed = {each: bytearray() for each in Direction}
            self._left = (direction, count)

    @contextlib.contextmanager
    def up(self) -> Iterator["FaultyProxy"]:
        """Serve until the end of the block."""
        threading.Thread(target=self._serve, daemon=True).start()
        try:
            yield self
        finally:
            self._reset(self._listening)
            self.cut()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self._fault is Fault.RESET:
                    self._reset(client)
                    continue
                try:
                    server = socket.create_connection(self._target, timeout=5)
                except OSError:  # the database itself is down
                    self._reset(client)
                    continue
                server.settimeout(None)
                with self._lock:
                    self._ends += [client, server]
                for direction, source, sink in (
                    (Direction.REQUESTS, client, server),
                    (Direction.ANSWERS, server, client),
                ):
                    threading.Thread(target=self._pump, args=(direction, source, sink), daemon=True).start()

    def _pump(self, direction: Direction, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(PIECE):
                if self._fault is Fault.BLACK_HOLE:
                    continue
                while self._fault is Fault.CLOG:  # until the fault is lifted, which cuts this connection
                    self.clogged.set()
                    time.sleep(0.05)
                if direction is Direction.REQUESTS and data.endswith(COMMIT) and not self._commit(source):
                    break
                if direction is Direction.ANSWERS:
                    if sink in self._losing:
                        break  # the database has committed when it answers
                    time.sleep(self.delay)
                if not self._pass(direction, data, sink):
                    break
        for end in (source, sink):  # bytes passed on still arrive
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._losing.discard(source)

    def _commit(self, client: socket.socket) -> bool:
        """Count a commit and return whether to go on; one that loses its connection may still reach the database."""
        with self._lock:
            self.commits += 1
            lost = self.lose_next > 0
            self.lose_next -= lost
        if lost and self.pass_on:
            self._losing.add(client)
            return True
        return not lost

    def _pass(self, direction: Direction, data: bytes, sink: socket.socket) -> bool:
        """Pass on the bytes that may still pass, and return whether all did."""
        if self._fault is Fault.DRIP and direction is Direction.ANSWERS:
            for position in range(len(data)):  # until the fault is lifted, which cuts this connection
                sink.sendall(data[position : position + 1])
                time.sleep(1)
            return True
        with self._lock:
            whole = True
            if self._left and self._left[0] is direction:
                data, whole = data[: self._left[1]], len(data) < self._left[1]
                self._left = (direction, self._left[1] - len(data)) if whole else None
                self._fault = self._fault if whole else Fault.RESET
            self.passed[direction] += data
        sink.sendall(data)
        return whole

    @staticmethod
    def _reset(end: socket.socket) -> None:
        """Close with RST, so that the other side neither waits nor gets what is still in a buffer."""
        with contextlib.suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RD)  # wakes the thread that reads here
        end.close()
