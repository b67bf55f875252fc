"""The state file by which processes find the running server: written by the server, read by all others."""

import json
import socket
from dataclasses import asdict, dataclass

from .directory import DataDirectory, write_private
from .processes import ProcessIdentity

DATABASE = "neo4j"
"""Community has one user database, of this name."""
LOOPBACK = "127.0.0.1"
"""The only address the local server listens on. Not ``localhost``, which may mean ::1 first and cost a time-out."""


@dataclass(frozen=True, slots=True)
class ServerState:
    """A running server.

    Attributes:
        port: of Bolt, on loopback.
        version: of Neo4j.
        pid: of its process.
        process_started: start of that process in seconds since 1970, to tell it from a later one with the same id.
        idle_seconds: how long it stays up without a client.
        started_at: when it was ready, ISO 8601 in UTC; only for people to read.
    """

    port: int
    version: str
    pid: int
    process_started: float
    idle_seconds: float
    started_at: str

    @property
    def uri(self) -> str:
        """The address for drivers."""
        return f"bolt://{LOOPBACK}:{self.port}"

    @property
    def process(self) -> ProcessIdentity:
        """The server process."""
        return ProcessIdentity(self.pid, self.process_started)

    def accepts(self, timeout_seconds: float = 1.0) -> bool:
        """Return whether something accepts a connection at the port; over loopback a second is generous."""
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout_seconds):
                return True
        except OSError:
            return False


def write_state(directory: DataDirectory, state: ServerState) -> None:
    """Publish the state of the server."""
    write_private(directory.state, json.dumps(asdict(state), indent=2) + "\n")


def read_state(directory: DataDirectory) -> ServerState | None:
    """Return the server last published, running or not; ``None`` if there is no state file or it cannot be read."""
    try:
        return ServerState(**json.loads(directory.state.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def live_state(directory: DataDirectory) -> ServerState | None:
    """Return the server that is running, if one is."""
    state = read_state(directory)
    return state if state is not None and state.process.is_alive() else None
