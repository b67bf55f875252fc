"""Identifies processes: a process id alone may have been given to another program since it was stored."""

import os
from dataclasses import dataclass

_CLOCK_STEP_SECONDS = 2.0
"""A start time is derived from the wall clock at boot, which time synchronisation may shift by a second or so."""


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """A process id with the time that process was started, in seconds since 1970."""

    pid: int
    started: float

    @classmethod
    def current(cls) -> "ProcessIdentity":
        """Return the identity of this process."""
        import psutil

        return cls(os.getpid(), psutil.Process().create_time())

    def is_alive(self) -> bool:
        """Return whether that very process still runs; one that ended, but its parent has not collected, does not."""
        import psutil

        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) < _CLOCK_STEP_SECONDS
            return same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False
        except psutil.AccessDenied:
            # A process of this user can be queried; one that refuses belongs to another and only has the same id.
            return False

    def kill(self) -> None:
        """Kill it, if it still runs."""
        import psutil

        if self.is_alive():
            try:
                psutil.Process(self.pid).kill()
            except psutil.NoSuchProcess:
                return
