"""Read your own writes, also from another process: what somebody has written, their next question waits for.

Inside one process the driver sees to it. On a cluster, a read by another process may reach a server that lags behind;
it is told by a bookmark how far that server must have come. Bookmarks say nothing about what is kept and open nothing:
they only make a transaction wait. Whose they are is a matter of context: a request sets its own, and no other sees it.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from graph.errors import InvalidInput


class ForeignBookmark(InvalidInput):
    """A bookmark that this database never gave out."""

    code = "foreign_bookmark"


@dataclass(slots=True)
class Trail:
    """What the transactions of one context follow: ``after`` are the bookmarks that the next one waits for.

    ``written`` is what the context's own writes left, for whoever asks next; empty where it wrote nothing.
    """

    after: frozenset[str] = frozenset()
    written: frozenset[str] = field(default=frozenset())

    def wrote(self, bookmarks: Collection[str]) -> None:
        """Note a write, which came after everything that was followed before."""
        self.after = self.written = frozenset(bookmarks)


_trail: ContextVar[Trail | None] = ContextVar("trail", default=None)


@contextmanager
def following(bookmarks: Collection[str]) -> Iterator[Trail]:
    """Let every transaction in the block see what these bookmarks stand for, and collect those of its own writes."""
    trail = Trail(after=frozenset(bookmarks))
    token = _trail.set(trail)
    try:
        yield trail
    finally:
        _trail.reset(token)


def current() -> Trail | None:
    """Return the trail of this context, if there is one."""
    return _trail.get()
