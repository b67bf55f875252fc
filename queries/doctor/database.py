"""Checks the database: whether it answers, its version, clock, settings, schema and indexes."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from graph.errors import Conflict, StakeholderGraphError
from graph.model import now
from queries.check.schema import unready
from queries.doctor.address import PART, why_not_reached, why_not_used
from queries.doctor.diagnosis import Diagnosis
from queries.doctor.settings import different
from queries.driver.connection import Connection
from queries.driver.statements import statement
from queries.records.mapping import as_instant
from queries.schema.migrations import applied, migrations, missing

OLDEST = (5, 26)
"""The first version with labels and types as parameters."""

CLOCKS_APART = timedelta(seconds=5)
"""A machine that sets its clock by the network is within a tenth of a second; knowledge is dated to the second."""

SECONDS = 10.0
"""Time limit of each check: the server's own. A busy machine takes some seconds to plan a new statement."""


def look_at_database(
    uri: str, username: str, password: str, database: str, *, tested: tuple[str, ...], settings: str | None = None
) -> Iterator[Diagnosis]:
    """Yield a diagnosis of each part, up to the first failure that prevents the rest. Starts and changes nothing.

    ``tested`` are the release lines that the tests run on. ``settings`` is the text of the ``neo4j.conf`` that the
    server should run with, if it is a local one of this program.
    """
    unreachable = why_not_reached(uri)
    if unreachable:
        yield unreachable
        return
    connection = Connection(uri, username, password, database)
    try:
        yield from _diagnoses(connection, uri, tested, settings)
    finally:
        connection.close()


def _diagnoses(connection: Connection, uri: str, tested: tuple[str, ...], settings: str | None) -> Iterator[Diagnosis]:
    before = now()
    try:
        (row,) = _rows(connection, "archive/server")
    except StakeholderGraphError as error:
        yield why_not_used(uri, error)
        return
    after = now()
    yield version(row["version"], row["edition"], tested)
    at = as_instant(row["at"])
    assert at is not None  # noqa: S101 - the statement always returns it
    yield clock(before, at, after)
    if settings is not None:
        values = {row["name"]: row["value"] for row in _rows(connection, "doctor/settings")}
        yield _settings(different(settings, values))
    versions = applied(connection)
    schema_diagnosis = schema(versions)
    yield schema_diagnosis
    if schema_diagnosis.fine and versions:
        yield _indexes(connection)


def version(found: str, edition: str, tested: tuple[str, ...]) -> Diagnosis:
    """Judge a version such as ``5.26.30`` or ``2026.08.1``; calendar versions came after the numbers."""
    numbers = tuple(int(part) for part in found.partition("-")[0].split(".")[:2] if part.isdigit())
    name = f"Neo4j {found} {edition}"
    if numbers < OLDEST:
        return Diagnosis(
            PART,
            fine=False,
            found=f"{name} answers, which is too old.",
            cure="Upgrade it to 5.26 or newer, after a backup by its own means.",
        )
    line = ".".join(found.split(".")[:2])
    known = "" if line in tested else f"; the tests run on {' and '.join(tested)}"
    return Diagnosis(PART, fine=True, found=f"{name} answers{known}.")


def clock(before: datetime, at: datetime, after: datetime) -> Diagnosis:
    """Judge the time of the server's clock, read between two times of this machine's."""
    apart = max(before - at, at - after, timedelta(0))
    if apart > CLOCKS_APART:
        return Diagnosis(
            "clocks",
            fine=False,
            found=f"The clocks of this machine and of the database are {apart.total_seconds():.0f} s apart.",
            cure="Let both set their clocks by the network (NTP): else what was known when would be wrong.",
        )
    return Diagnosis("clocks", fine=True, found="This machine and the database have the same time.")


def schema(versions: Mapping[str, str]) -> Diagnosis:
    """Judge the schema files that were applied to the database, version → checksum."""
    try:
        pending = missing(migrations(), versions)
    except Conflict as error:
        return Diagnosis("schema", fine=False, found=error.detail, cure=error.cure)
    if not versions:
        return Diagnosis("schema", fine=True, found="The database was not used yet; the first command prepares it.")
    if pending:
        return Diagnosis(
            "schema",
            fine=True,
            found="An older version of the program was here; the next command brings it up to date.",
        )
    return Diagnosis("schema", fine=True, found=f"It is up to date ({max(versions)}).")


def _indexes(connection: Connection) -> Diagnosis:
    found = connection.transaction(lambda run: list(unready(run)), read=True, seconds=SECONDS)
    if not found:
        return Diagnosis("indexes", fine=True, found="All exist and are online, full-text search too.")
    problems = "; ".join(f"{kind} {name} {state}" for kind, name, state in found)
    return Diagnosis(
        "indexes",
        fine=False,
        found=f"Not all are online: {problems}.",
        cure="`stakeholder-graph check` has a cure for each.",
    )


def _settings(found: list[str]) -> Diagnosis:
    if not found:
        return Diagnosis("settings", fine=True, found="The server runs with the settings of its neo4j.conf.")
    return Diagnosis(
        "settings",
        fine=False,
        found=f"The server runs with other settings than this program gives it: {'; '.join(found)}.",
        cure="Run `stakeholder-graph neo4j stop`: another version started it, and the next command starts it anew.",
    )


def _rows(connection: Connection, name: str) -> list[dict[str, str]]:
    return connection.transaction(lambda run: run(statement(name), {}), read=True, seconds=SECONDS)
