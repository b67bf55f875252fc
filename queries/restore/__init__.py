"""Put an archive back into an empty database, so that nobody ever takes half of it for the whole.

While rows are being loaded the database carries a mark (``migrations.UNFINISHED``) for which every version of this
program refuses it. The mark goes last, in a transaction of its own, after all was read again and found to be what the
archive says. Whatever breaks a restore off leaves the mark; the next restore finds it, knows that what is there came
from a restore, clears it and starts anew.
"""

from collections.abc import Callable, Iterable, Mapping

from graph.errors import AlreadyExists, Conflict, StoreUnavailable
from graph.model import now
from queries.archive.canonical import from_line
from queries.archive.kinds import KINDS
from queries.archive.reading import SECONDS, Batch
from queries.archive.reading import fingerprint as fingerprint_of
from queries.catalogue import statement
from queries.connection import Connection, Lines, Row
from queries.migrations import UNFINISHED, applied, migrate, migrations, missing

LOAD_SECONDS = 300.0
"""Time limit of one transaction: 5,000 tie reports take a second."""

CLEARED = 10_000
"""Relationships or nodes deleted in one transaction: some 20 MB of the 256 MB that our ``neo4j.conf`` gives one."""

Batches = Callable[[], Iterable[Batch]]
"""Gives all rows of an archive from the beginning, each time it is called; a batch is loaded in one transaction."""


def check_schema(schema: Mapping[str, str]) -> None:
    """Raise ``Conflict`` if an archive with these schema files (version → checksum) is none of this program's."""
    missing(migrations(), schema)


def restore(connection: Connection, batches: Batches, *, fingerprint: str) -> None:
    """Load all rows into a database without records, and open it if it then holds what ``fingerprint`` says.

    Schema files that are newer than the archive are applied afterwards. Raises ``Conflict`` if the database holds
    records, another restore is under way, or it came out different; ``StoreUnavailable``; and what ``batches`` raises.
    After any of these but the first, the database stays closed until a restore is run again.
    """
    if UNFINISHED not in applied(connection):
        migrate(connection)
        if _one(connection, "restore/inhabited")["inhabited"]:
            raise Conflict(
                "The database is not empty: a restore would mix what it holds with what the archive holds.",
                cure="Name an empty one with STAKEHOLDER_GRAPH_HOME or NEO4J_URI.",
            )

    def alone(lines: Lines) -> None:
        try:
            lines(statement("restore/hold"), {})
        except StoreUnavailable as error:  # pragma: no cover - which of two restores waits is for chance to say
            raise Conflict("Another restore into this database is under way.", cure="Wait for it to end.") from error
        _write(connection, "restore/mark", {"unfinished": UNFINISHED, "at": now()})
        _clear(connection)
        _load(connection, batches())
        if fingerprint_of(connection) != fingerprint:
            raise Conflict(
                "What was restored is not what the archive holds.",
                cure="Make sure that nothing else uses the database, then run the restore again.",
            )
        _write(connection, "restore/unmark", {"unfinished": UNFINISHED})

    connection.transaction(alone, read=False, seconds=2 * SECONDS)
    migrate(connection)


def _load(connection: Connection, batches: Iterable[Batch]) -> None:
    kinds = {kind.name: kind for kind in KINDS}
    _write(connection, "restore/forget_migrations", {"unfinished": UNFINISHED})
    for batch in batches:
        kind = kinds[batch.kind]
        rows = [kind.settle(from_line(line)) for line in batch.lines]
        try:
            _write(connection, kind.loading.name, {"rows": rows})
        except AlreadyExists as error:
            raise Conflict(
                f"Something else has written {kind.name.replace('_', ' ')} into the database meanwhile.",
                cure="Make sure that nothing else uses the database, then run the restore again.",
            ) from error


def _clear(connection: Connection) -> None:
    for name in ("restore/clear_relationships", "restore/clear_nodes"):
        while _write(connection, name, {"limit": CLEARED})[0]["cleared"]:
            pass


def _write(connection: Connection, name: str, parameters: Mapping[str, object]) -> list[Row]:
    return connection.transaction(lambda lines: lines(statement(name), parameters), read=False, seconds=LOAD_SECONDS)


def _one(connection: Connection, name: str) -> Row:
    (row,) = connection.transaction(lambda lines: lines(statement(name), {}), read=True, seconds=LOAD_SECONDS)
    return row
