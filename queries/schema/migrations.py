"""Brings the schema up to date, file by file, under a lock.

``queries/schema/NNNN_name.cypher`` are applied in order, each once; the database records each with its checksum, so
a file that was changed afterwards is refused instead of leaving databases that only seem equal. Neo4j runs each schema
statement in a transaction of its own: a file may be interrupted half-way, so each of its statements must be able
to run twice (``IF NOT EXISTS``, ``MERGE``). The lock is on a node, held by an open transaction and released with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from graph.errors import Conflict, StoreUnavailable
from graph.model import now
from queries.driver import statements
from queries.driver.connection import Connection
from queries.driver.running import StatementRunner
from queries.driver.statements import Statement, statement

SECONDS = 300.0
"""Time limit of all migrations together: building indexes over a million records takes about a minute."""

WAITS = 30
"""How often a process tries again that finds another one migrating; a wait lasts as long as the server allows."""

UNFINISHED = "9999_restore_unfinished"
"""Recorded like a schema file while an archive is being restored, and removed last. So a database with half of an
archive is refused by every version of this program, including those that cannot restore."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One schema file."""

    version: str
    checksum: str
    statements: tuple[Statement, ...]


def migrations() -> tuple[Migration, ...]:
    """Return the schema files of this program in order."""
    return tuple(
        Migration(
            version=name.removeprefix("schema/"),
            checksum=sha256(statements.source(name).encode()).hexdigest(),
            statements=statements.statements(name),
        )
        for name in statements.names("schema")
    )


def migrate(connection: Connection, files: tuple[Migration, ...] | None = None) -> tuple[str, ...]:
    """Apply what is missing and return the versions applied by this call.

    Raises ``Conflict`` if an applied file has changed since, or the database has files this program does not know;
    ``StoreUnavailable`` if the database is away.
    """
    files = migrations() if files is None else files
    if not missing(files, applied(connection)):
        return ()
    for remaining in reversed(range(WAITS)):
        try:
            # In a new database several processes may create these at once: the database aborts all but one of them.
            connection.run_alone(statement("driver/guard_keepers"), {})
            connection.run_alone(statement("driver/guard_migrations"), {})
            return connection.transaction(lambda run: _apply(connection, run, files), read=False, seconds=SECONDS)
        except StoreUnavailable:
            if not remaining:
                raise
            if not missing(files, applied(connection)):  # the process with the lock did it; raises if it is away
                return ()
    return ()  # pragma: no cover - the loop returns or raises


def _apply(connection: Connection, run: StatementRunner, files: tuple[Migration, ...]) -> tuple[str, ...]:
    run(statement("driver/lock_schema"), {})
    pending = missing(files, applied(connection))
    for migration in pending:
        for part in migration.statements:
            connection.run_alone(part, {})
        record = {"version": migration.version, "checksum": migration.checksum, "at": now()}
        connection.run_alone(statement("driver/record_migration"), record)
    return tuple(migration.version for migration in pending)


def applied(connection: Connection) -> dict[str, str]:
    """Return version and checksum of the schema files that were applied to the database."""
    rows = connection.run_alone(statement("driver/applied"), {})
    return {row["version"]: row["checksum"] for row in rows}


def missing(files: tuple[Migration, ...], applied: Mapping[str, str]) -> list[Migration]:
    """Return those files that were not applied; raises ``Conflict`` if this program must not use the database."""
    known = {migration.version: migration.checksum for migration in files}
    for version, checksum in sorted(applied.items()):
        if version == UNFINISHED:
            raise Conflict(
                "An archive is being restored into this database, or a restore was interrupted.",
                cure="Wait for it; or run `stakeholder-graph restore` again, which first clears what is left.",
            )
        if version not in known:
            raise Conflict(
                f"The database was prepared by a newer version of this program ({version}).",
                cure="Use that version, or another database.",
            )
        if known[version] != checksum:
            raise Conflict(
                f"The schema file {version} is not what this database was prepared with.",
                cure="Restore the file as it was released; changes belong in a new file.",
            )
    return [migration for migration in files if migration.version not in applied]
