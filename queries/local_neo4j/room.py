"""Room on the disk, kept free on purpose: a Neo4j that meets a full disk answers nothing more, not even reads.

So we stop writing while it can still go on. Should others fill the disk nevertheless, it ends, and is started again
once there is room; what was acknowledged is in its log, which has its space in advance.
"""

import shutil
from pathlib import Path

from graph.errors import StoreUnavailable

from .directory import DataDirectory, disk_errors

_MIB = 1024 * 1024

START_BYTES = 160 * _MIB
"""Two databases take 64 MiB each for their logs in advance; the rest is for what recovery writes."""

WRITE_BYTES = 384 * _MIB
"""What the next checkpoint may add, which is the page cache at most (256 MiB), and a new log for each database."""


def require_room_to_start(directory: DataDirectory) -> None:
    """Raise ``StoreUnavailable`` if the disk is too full to start on."""
    _require(directory, START_BYTES, "the local Neo4j needs {wanted} MiB to start")


def require_room_to_write(home: Path) -> None:
    """Raise ``StoreUnavailable`` if the disk is too full to save anything; takes some microseconds."""
    _require(
        DataDirectory(home), WRITE_BYTES, "nothing more is saved below {wanted} MiB, so that what is there can be read"
    )


def _require(directory: DataDirectory, wanted: int, reason: str) -> None:
    with disk_errors(directory.root):
        free = shutil.disk_usage(directory.root).free
    if free < wanted:
        raise StoreUnavailable(
            f"The disk of {directory.root} is nearly full: {free // _MIB} MiB are free, and "
            f"{reason.format(wanted=wanted // _MIB)}.",
            cure="Free some space on it; it goes on by itself then.",
        )
