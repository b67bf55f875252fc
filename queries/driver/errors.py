"""Translates the driver's errors to those of ``graph.errors``: none of the driver's leaves ``queries``."""

from graph.errors import AlreadyExists, NotFound, StakeholderGraphError, StoreUnavailable
from queries.driver import bookmarks

AGAIN = "Try again in a moment; with the same idempotency key nothing is done twice."

TOO_SLOW = frozenset(
    {
        "Neo.ClientError.Transaction.TransactionTimedOut",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
        "Neo.ClientError.Transaction.LockClientStopped",  # its own time limit ended while it waited for a lock
        "Neo.TransientError.Transaction.LockAcquisitionTimeout",
    }
)

_FOREIGN_BOOKMARK = frozenset(
    {
        "Neo.ClientError.Transaction.InvalidBookmark",
        "Neo.ClientError.Transaction.InvalidBookmarkMixture",
    }
)
"""Codes for a bookmark of another database, such as the one from before a restore."""

_BROKEN = frozenset(
    {
        "Neo.DatabaseError.Transaction.TransactionCommitFailed",
        "Neo.DatabaseError.Transaction.TransactionLogError",
        "Neo.DatabaseError.Transaction.TransactionStartFailed",
    }
)
"""Codes from a database that has failed, on this and all later transactions, until it is restarted. What it was saving
may be in its log, and is then stored after the restart."""


class OutcomeUnknown(StoreUnavailable):
    """The database or the connection to it broke during a commit, which may have been done or not."""


def no_address() -> StoreUnavailable:
    """Return the error for a wrong address, which is not quoted: people put passwords into addresses."""
    return StoreUnavailable(
        "What was given as the database's address is none.",
        cure="Set NEO4J_URI to something like bolt://localhost:7687 or neo4j+s://example.org.",
    )


def cause(error: Exception) -> Exception | None:
    """Return the error to name as the cause; ``None`` for a broken constraint, whose text quotes stored values."""
    from neo4j.exceptions import ConstraintError

    return None if isinstance(error, ConstraintError) else error


def translated(error: Exception) -> StakeholderGraphError:
    """Return the error of ``graph.errors`` for one of the driver's."""
    from neo4j import exceptions as e

    code = getattr(error, "code", None) or type(error).__name__
    if isinstance(error, e.IncompleteCommit):
        return OutcomeUnknown("The connection to the database broke while it was saving.", cure=AGAIN)
    if isinstance(error, e.ConstraintError):
        return AlreadyExists(
            "The id or an external id is already taken.", cure="Use another, or change the record that has it."
        )
    if isinstance(error, (e.AuthError, e.Forbidden)):
        return StoreUnavailable(
            "The database refused our user name or password.", cure="Check NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    if code == "Neo.ClientError.Statement.EntityNotFound":
        return NotFound("The record was deleted a moment ago.")
    if code in _FOREIGN_BOOKMARK:
        return bookmarks.ForeignBookmark(
            "The bookmark is none of this database's.", cure="Leave it out; the next change gives a new one."
        )
    if code in _BROKEN:
        return OutcomeUnknown(
            "The database gave up, most often because its disk is full.",
            cure=f"Free some space on its disk; one of your own must be started anew. {AGAIN}",
        )
    if code in TOO_SLOW:
        return StoreUnavailable("The database did not finish within the time limit.", cure=AGAIN)
    if isinstance(error, e.ConfigurationError):
        return StoreUnavailable(
            f"The database cannot be used: {code}.", cure="Check NEO4J_URI and the server's version."
        )
    if isinstance(error, (e.DriverError, e.TransientError)):
        return StoreUnavailable("The database cannot be reached or is too busy.", cure=AGAIN)
    return StakeholderGraphError(f"The database could not run one of our statements: {code}.")
