"""Registers the processes that use the local server: one small file each, so that the server knows when none is left.

A file counts for as long as the process named in it lives; the file of a killed process does not count and is deleted.
A process is a client from its first :func:`hold` until it ends or calls :func:`release`.
"""

import atexit
import json
import os
from pathlib import Path

from .directory import DataDirectory, write_private
from .processes import ProcessIdentity

_held: dict[Path, int] = {}
"""The files of this process, with the id of the process that created each: a forked child must leave its parent's."""


def hold(directory: DataDirectory) -> None:
    """Register this process as a client until it ends. Calling again changes nothing."""
    path = directory.clients / f"{os.getpid()}.json"
    if path in _held and path.exists():
        return
    process = ProcessIdentity.current()
    write_private(path, json.dumps({"pid": process.pid, "started": process.started}))
    if not _held:
        atexit.register(_release_all)
    _held[path] = process.pid


def release(directory: DataDirectory) -> None:
    """Unregister this process."""
    path = directory.clients / f"{os.getpid()}.json"
    if _held.pop(path, None) is not None:
        path.unlink(missing_ok=True)


def any_alive(directory: DataDirectory) -> bool:
    """Return whether any client lives. Deletes the files of those that do not."""
    alive = False
    for path in directory.clients.glob("*.json"):
        if _is_alive(path):
            alive = True
        else:
            path.unlink(missing_ok=True)
    return alive


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
