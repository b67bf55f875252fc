"""Keeps room on the disk free: a Neo4j that meets a full disk answers nothing more, not even reads.

So writes are refused while it can still go on. Should other programs fill the disk nevertheless, it ends, and is
started again once there is room; acknowledged writes are in its log, which reserves its space in advance.
"""

import shutil
from pathlib import Path

from graph.errors import StoreUnavailable

from .directory import DataDirectory, disk_errors

_MIB = 1024 * 1024

START_BYTES = 160 * _MIB
"""Two databases reserve 64 MiB each for their logs; the rest is for what recovery writes."""

WRITE_BYTES = 384 * _MIB
"""The most that the next checkpoint may add, which is the page cache (256 MiB), and a new log for each database."""


def require_room_to_start(directory: DataDirectory) -> None:
    """Raise ``StoreUnavailable`` if the disk is too full to start on."""
    _require(directory, START_BYTES, "the local Neo4j needs {needed} MiB to start")


def require_room_to_write(home: Path) -> None:
    """Raise ``StoreUnavailable`` if the disk is too full to save anything; takes some microseconds."""
    _require(
        DataDirectory(home), WRITE_BYTES, "nothing more is saved below {needed} MiB, so that stored records can be read"
    )


def _require(directory: DataDirectory, needed: int, reason: str) -> None:
    with disk_errors(directory.root):
        free = shutil.disk_usage(directory.root).free
    if free < needed:
        raise StoreUnavailable(
            f"The disk of {directory.root} is nearly full: {free // _MIB} MiB are free, and "
            f"{reason.format(needed=needed // _MIB)}.",
            cure="Free some space on it; it goes on by itself then.",
        )
