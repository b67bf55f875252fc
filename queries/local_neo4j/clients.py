"""Which processes use the local server: one small file each, so that the server knows when nobody is left.

A file counts for as long as the process named in it lives; what a killed process leaves behind counts for nothing and
is swept away. A process is a client from its first :func:`hold` until it ends or calls :func:`release`.
"""

import atexit
import json
import os
from pathlib import Path

from .directory import DataDirectory, write_private
from .processes import ProcessIdentity

_held: dict[Path, int] = {}
"""The files of this process, each with the process id that made it: a forked child must not remove its parent's."""


def hold(directory: DataDirectory) -> None:
    """Mark this process as a client until it ends. Doing it again changes nothing."""
    path = directory.clients / f"{os.getpid()}.json"
    if path in _held and path.exists():
        return
    me = ProcessIdentity.current()
    write_private(path, json.dumps({"pid": me.pid, "started": me.started}))
    if not _held:
        atexit.register(_release_all)
    _held[path] = me.pid


def release(directory: DataDirectory) -> None:
    """This process no longer needs the server."""
    path = directory.clients / f"{os.getpid()}.json"
    if _held.pop(path, None) is not None:
        path.unlink(missing_ok=True)


def any_alive(directory: DataDirectory) -> bool:
    """Whether some client lives. Removes the files of those that do not."""
    found = False
    for path in directory.clients.glob("*.json"):
        if _is_alive(path):
            found = True
        else:
            path.unlink(missing_ok=True)
    return found


def _is_alive(path: Path) -> bool:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return ProcessIdentity(int(data["pid"]), float(data["started"])).is_alive()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _release_all() -> None:
    for path, pid in list(_held.items()):
        if pid == os.getpid():
            path.unlink(missing_ok=True)
            del _held[path]
