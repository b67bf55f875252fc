"""Read your own writes, also from another process: what a client has written, its next question waits for.

Inside one process the driver's bookmark manager sees to it. On a cluster, a read by another process may reach a server
that lags behind; it is told by a bookmark how far that server must have come. Bookmarks say nothing about what is kept
and open nothing: they only make a transaction wait. Each request sets its own, and no other sees them.

A bookmark manager for each request would not do: Neo4j gives a bookmark for each read as well, the manager takes in
both alike, and every answer to a read would then carry one.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from graph.errors import InvalidInput


class ForeignBookmark(InvalidInput):
    """A bookmark that this database never gave out."""

    code = "foreign_bookmark"


@dataclass(slots=True)
class Trail:
    """The bookmarks of one context: its transactions wait for ``after``; its last write left ``written``, if any."""

    after: frozenset[str]
    written: frozenset[str] = frozenset()


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
