"""The user's cache folder: Neo4j's files are the same for all data directories, and are fetched once for all of them.

The files of Neo4j are checked on every start, but the archive of classes beside them is not, and Java runs what is in
it. So a folder that others can write, or that belongs to another user, is not used.
"""

import os
from pathlib import Path


def cache_folder(name: str) -> Path | None:
    """Return the folder of that name in the cache, which may not exist yet; ``None`` where the user can have none."""
    from platformdirs import user_cache_path  # lazy: a command that names its folders need not load it

    folder = user_cache_path("stakeholder-graph", appauthor=False) / name
    if not folder.is_absolute():  # no HOME, and an account without one
        return None
    existing = [path for path in (folder.parent, folder) if os.path.lexists(path)]
    if not all(_is_safe(path) and os.access(path, os.R_OK | os.X_OK, effective_ids=_EFFECTIVE) for path in existing):
        return None
    return folder if folder in existing or may_write(nearest(folder)) else None


def nearest(path: Path) -> Path:
    """Return that folder, or the nearest one above it that this user can see."""
    while not os.path.exists(path) and path != path.parent:  # noqa: PTH110 - Path.exists fails where this says no
        path = path.parent
    return path


def may_write(folder: Path) -> bool:
    """Return whether this user may create files in an existing folder."""
    return os.path.isdir(folder) and os.access(  # noqa: PTH112 - as above
        folder, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE
    )


def _is_safe(folder: Path) -> bool:
    """Return whether only this user, and root, can change its content."""
    if os.name != "posix":
        return True  # Windows keeps access lists, and a user's folders from other users
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & 0o022


_EFFECTIVE = os.access in os.supports_effective_ids
