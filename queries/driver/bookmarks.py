"""Clients read their own writes, also from another process: a bookmark makes a read wait for an earlier write.

Inside one process the driver's bookmark manager does this. On a cluster, a read by another process may reach a server
that lags behind; a bookmark says how far that server must have caught up. Bookmarks reveal nothing about the records
and give no access: they only make a transaction wait. Each request sets its own, and no other sees them.

A bookmark manager for each request would not do: Neo4j returns a bookmark for each read too, the manager stores both
kinds alike, and every answer to a read would then carry one.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from graph.errors import InvalidInput


class ForeignBookmark(InvalidInput):
    """A bookmark that this database did not issue."""

    code = "foreign_bookmark"


@dataclass(slots=True)
class Trail:
    """The bookmarks of one context: its transactions wait for ``after``; ``written`` is of its last write, if any."""

    after: frozenset[str]
    written: frozenset[str] = frozenset()


_trail: ContextVar[Trail | None] = ContextVar("trail", default=None)


@contextmanager
def following(bookmarks: Collection[str]) -> Iterator[Trail]:
    """Make every transaction in the block wait for these bookmarks, and collect those of its own writes."""
    trail = Trail(after=frozenset(bookmarks))
    token = _trail.set(trail)
    try:
        yield trail
    finally:
        _trail.reset(token)


def current() -> Trail | None:
    """Return the trail of this context, if there is one."""
    return _trail.get()
