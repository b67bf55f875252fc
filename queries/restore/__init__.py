"""Restores an archive into an empty database, so that a half-restored database is never used.

While rows are being loaded the database carries a mark (``migrations.UNFINISHED``) for which every version of this
program refuses it. The mark is removed last, in a transaction of its own, after all was read again and found equal to
the archive. A restore that is interrupted leaves the mark; the next one finds it, knows that the content came from a
restore, clears it and starts again.

A service holds networks under the revision at which they were read, and may have read one before or during the restore.
So the transaction that removes the mark also gives the revisions numbers that no database of this program has had: the
milliseconds since 1970, as a database commits fewer than a thousand changes a second. The change log, from which a
network held under another number could be refreshed, is cleared with everything else.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import TypeVar

from graph.errors import AlreadyExists, Conflict
from graph.model import now
from queries.archive.canonical import from_line
from queries.archive.kinds import KINDS, Kind
from queries.archive.reading import SECONDS, Batch
from queries.archive.reading import fingerprint as fingerprint_of
from queries.driver.connection import Connection
from queries.driver.errors import TOO_SLOW, OutcomeUnknown
from queries.driver.running import Row, StatementRunner
from queries.driver.statements import statement
from queries.schema.migrations import UNFINISHED, applied, migrate, migrations, missing

T = TypeVar("T")

LOAD_SECONDS = 300.0
"""Time limit of one transaction: 5,000 tie reports take a second."""

CLEARED = 10_000
"""Relationships or nodes deleted in one transaction: some 20 MB of the 256 MB that our ``neo4j.conf`` gives one."""

ATTEMPTS = 3
"""How often a transaction of unknown outcome is run again before the restore gives up."""

Batches = Callable[[], Iterable[Batch]]
"""Yields all rows of an archive from the beginning, each time it is called; a batch is loaded in one transaction."""


def check_schema(schema: Mapping[str, str]) -> None:
    """Raise ``Conflict`` if an archive has schema files (version → checksum) that this program does not have."""
    missing(migrations(), schema)


def restore(connection: Connection, batches: Batches, *, fingerprint: str) -> None:
    """Load all rows into a database without records, and open it if its hash is then ``fingerprint``.

    Schema files that are newer than the archive are applied afterwards. Raises ``Conflict`` if the database holds
    records, another restore is under way, or the result differs; ``StoreUnavailable``; and what ``batches`` raises.
    After any of these but the first two, the database stays closed until a restore is run again.
    """
    if UNFINISHED not in applied(connection):
        migrate(connection)

    def alone(run: StatementRunner) -> None:
        _hold(run)
        # Checked only now: another restore may have ended while this one waited.
        if UNFINISHED not in applied(connection) and _inhabited(connection):
            raise Conflict(
                "The database is not empty: a restore would mix what it holds with what the archive holds.",
                cure="Name an empty one with STAKEHOLDER_GRAPH_HOME or NEO4J_URI.",
            )
        _write(connection, "restore/mark", {"unfinished": UNFINISHED, "at": now()})
        _clear(connection)
        _load(connection, batches())
        if fingerprint_of(connection) != fingerprint:
            raise Conflict(
                "What was restored is not what the archive holds.",
                cure="Make sure that nothing else uses the database, then run the restore again.",
            )
        number = int(now().timestamp() * 1000)
        _write(connection, "restore/unmark", {"unfinished": UNFINISHED, "number": number})

    with suppress(OutcomeUnknown):  # of the commit that releases the lock, after everything under it is done
        connection.transaction(alone, read=False, seconds=2 * SECONDS)
    migrate(connection)


def _hold(run: StatementRunner) -> None:
    from neo4j.exceptions import TransientError

    try:
        run(statement("restore/hold"), {})
    except TransientError as error:
        if error.code not in TOO_SLOW:
            raise
        raise Conflict("Another restore into this database is under way.", cure="Wait for it to end.") from error


def _load(connection: Connection, batches: Iterable[Batch]) -> None:
    kinds = {kind.name: kind for kind in KINDS}
    _write(connection, "restore/forget_migrations", {"unfinished": UNFINISHED})
    for number, batch in enumerate(batches, start=1):
        kind = kinds[batch.kind]
        rows = [kind.settle(from_line(line)) for line in batch.lines]
        try:
            _until_known(connection, partial(_load_once, kind, rows, number))
        except AlreadyExists as error:
            raise Conflict(
                f"Something else has written {kind.name.replace('_', ' ')} into the database meanwhile.",
                cure="Make sure that nothing else uses the database, then run the restore again.",
            ) from error


def _load_once(kind: Kind, rows: list[Row], number: int, run: StatementRunner) -> None:
    """Load a batch unless it was loaded: a busy server may fail to confirm that in time."""
    (mark,) = run(statement("restore/take_batch"), {"unfinished": UNFINISHED, "number": number})
    if mark["fresh"]:
        run(kind.load_statement, {"rows": rows})


def _clear(connection: Connection) -> None:
    for name in ("restore/clear_relationships", "restore/clear_nodes"):
        while _write(connection, name, {"limit": CLEARED})[0]["cleared"]:
            pass


def _write(connection: Connection, name: str, parameters: Mapping[str, object]) -> list[Row]:
    return _until_known(connection, lambda run: run(statement(name), parameters))


def _until_known(connection: Connection, work: Callable[[StatementRunner], T]) -> T:
    """Run ``work``, which may run twice, again if the connection breaks while it is being committed."""
    for _ in range(ATTEMPTS - 1):
        with suppress(OutcomeUnknown):
            return connection.transaction(work, read=False, seconds=LOAD_SECONDS)
    return connection.transaction(work, read=False, seconds=LOAD_SECONDS)


def _inhabited(connection: Connection) -> bool:
    inhabited = statement("restore/inhabited")
    (row,) = connection.transaction(lambda run: run(inhabited, {}), read=True, seconds=LOAD_SECONDS)
    return bool(row["inhabited"])
