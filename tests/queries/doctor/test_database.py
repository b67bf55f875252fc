"""Each way in which a database cannot be used is told apart from the others, with its cure; nothing is changed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest

from queries import local_neo4j
from queries.admin.operations import Operations
from queries.doctor import Diagnosis, database, look_at_database
from queries.doctor.settings import different
from queries.driver.statements import parse, statements
from queries.local_neo4j import ServerAddress
from queries.schema.migrations import UNFINISHED, migrations
from queries.store import Store
from tests.faults.proxy import Fault, FaultyLine

HAD = {migration.version: migration.checksum for migration in migrations()}


def look(to: ServerAddress, *, settings: str | None = None) -> list[Diagnosis]:
    """All that is found of the database of a connection."""
    return list(
        look_at_database(to.uri, to.username, to.password, to.database, tested=("5.26", "2026.08"), settings=settings)
    )


def only(found: list[Diagnosis]) -> Diagnosis:
    """The one part that was found, which fails with a cure."""
    (part,) = found
    assert not part.fine
    assert part.cure
    return part


def run(store: Store, text: str) -> None:
    """Run a statement of the test's own."""
    store._connection.run_alone(parse("tests/statement", f"// By hand.\n// params: none\n{text}\n"), {})


class Web(BaseRequestHandler):
    """Reads a line before it says anything, as servers of web pages do."""

    def handle(self) -> None:
        """Wait for the line."""
        self.request.makefile("rb").readline()


class Shell(BaseRequestHandler):
    """Says who it is first."""

    def handle(self) -> None:
        """Say it."""
        self.request.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
        self.request.makefile("rb").readline()


@contextmanager
def listening(handler: type[BaseRequestHandler]) -> Iterator[int]:
    """A port that something else has taken."""
    with ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_healthy_database_is_fine_in_all_parts_and_left_as_it_is(
    store: Store, neo4j_connection: ServerAddress
) -> None:
    before = Operations(store._connection).fingerprint()
    found = look(neo4j_connection)
    assert [(part.part, part.fine) for part in found] == [
        ("database", True),
        ("clocks", True),
        ("schema", True),
        ("indexes", True),
    ]
    assert neo4j_connection.version in found[0].found
    assert Operations(store._connection).fingerprint() == before


def test_an_address_where_nothing_listens_is_told_with_host_and_port(neo4j_connection: ServerAddress) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert only(look(replace(neo4j_connection, uri=f"bolt://127.0.0.1:{port}"))).found == (
        f"Nothing listens at 127.0.0.1:{port}."
    )


def test_a_name_that_nobody_knows_is_told(neo4j_connection: ServerAddress) -> None:
    assert "nobody.invalid is not known" in only(look(replace(neo4j_connection, uri="bolt://nobody.invalid"))).found


@pytest.mark.parametrize("uri", ["bolt://", "bolt://host:port", "bolt://[::1"])
def test_an_address_that_is_none_is_told(neo4j_connection: ServerAddress, uri: str) -> None:
    assert "names no host" in only(look(replace(neo4j_connection, uri=uri))).found


@pytest.mark.parametrize(("handler", "word"), [(Web, "does not answer as Neo4j does"), (Shell, "does not speak Bolt")])
def test_a_port_that_something_else_has_taken_is_told(
    neo4j_connection: ServerAddress, handler: type[BaseRequestHandler], word: str
) -> None:
    with listening(handler) as port:
        part = only(look(replace(neo4j_connection, uri=f"bolt://127.0.0.1:{port}")))
    assert word in part.found
    assert "7474" in part.cure


def test_tls_where_the_server_has_none_is_told(neo4j_connection: ServerAddress) -> None:
    if not neo4j_connection.pid:
        pytest.skip("whether the server that NEO4J_TEST_URI names has TLS is its owner's business")
    part = only(look(replace(neo4j_connection, uri=neo4j_connection.uri.replace("bolt://", "bolt+s://"))))
    assert "does not speak Bolt with TLS" in part.found
    assert "without +s" in part.cure


def test_a_server_that_hangs_is_told(neo4j_connection: ServerAddress) -> None:
    with FaultyLine(neo4j_connection.uri).up() as line:
        line.fail(Fault.BLACK_HOLE)
        assert "does not answer" in only(look(replace(neo4j_connection, uri=line.uri))).found


def test_a_wrong_password_is_told(neo4j_connection: ServerAddress) -> None:
    part = only(look(replace(neo4j_connection, password="wrong-password")))
    assert "refused our user name or password" in part.found
    assert "NEO4J_PASSWORD" in part.cure
    assert look(neo4j_connection)[0].fine


def test_a_database_of_another_name_is_told(neo4j_connection: ServerAddress) -> None:
    part = only(look(replace(neo4j_connection, database="nosuch")))
    assert "no database of that name" in part.found
    assert "NEO4J_DATABASE" in part.cure


def test_a_database_of_a_newer_program_is_told_and_its_indexes_are_not_judged(
    store: Store, neo4j_connection: ServerAddress
) -> None:
    run(store, "CREATE (:Migration {version: '9000_later', checksum: ''})")
    try:
        found = look(neo4j_connection)
    finally:
        run(store, "MATCH (m:Migration {version: '9000_later'}) DELETE m")
    assert [part.part for part in found] == ["database", "clocks", "schema"]
    assert "newer version" in only(found[-1:]).found


@pytest.mark.parametrize(
    ("had", "word"),
    [
        ({**HAD, UNFINISHED: ""}, "being restored"),
        ({**HAD, "0001_identities": "0"}, "not what this database was prepared with"),
    ],
)
def test_a_schema_that_is_not_ours_to_use_is_told(had: dict[str, str], word: str) -> None:
    assert word in only([database.schema(had)]).found


def test_what_the_next_command_does_by_itself_is_fine() -> None:
    older = {version: checksum for version, checksum in HAD.items() if version < "0003"}
    assert [database.schema(had).fine for had in ({}, older, HAD)] == [True] * 3
    assert "not used yet" in database.schema({}).found
    assert "older version" in database.schema(older).found


def test_an_index_that_is_gone_is_told_by_name(store: Store, neo4j_connection: ServerAddress) -> None:
    (make,) = [part.text for part in statements("schema/0002_indexes") if "stakeholder_names" in part.text]
    run(store, "DROP INDEX stakeholder_names")
    try:
        found = look(neo4j_connection)
    finally:
        run(store, make)
        run(store, "CALL db.awaitIndexes(300)")
    part = only(found[-1:])
    assert (part.part, "index stakeholder_names is missing" in part.found) == ("indexes", True)


def test_settings_other_than_ours_are_told_where_the_server_is_ours(
    store: Store, neo4j_connection: ServerAddress
) -> None:
    if not neo4j_connection.pid:
        pytest.skip("the settings of the server that NEO4J_TEST_URI names are its owner's")
    ours = local_neo4j.configuration()
    (part,) = [part for part in look(neo4j_connection, settings=ours) if part.part == "settings"]
    assert part.fine, part.found
    other = ours.replace("db.transaction.timeout=10s", "db.transaction.timeout=11s")
    (part,) = [part for part in look(neo4j_connection, settings=other) if part.part == "settings"]
    assert "db.transaction.timeout is 10s, not 11s" in only([part]).found


def test_a_setting_is_the_same_however_its_size_is_written() -> None:
    text = "# a=1\na=256m\nb=1g\nc=OFF\nd=2 files\ne=\nf=10s\nmissing=1\ng=-x\ng=-y=z\n"
    same = {"a": "256.00MiB", "b": "1.00GiB", "c": "off", "d": "2 files", "e": "", "f": "10s", "g": "-x\n-y=z"}
    assert different(text, same) == []
    assert different(text, {**same, "a": "255.00MiB", "e": "x"}) == ["a is 255.00MiB, not 256m", "e is x, not empty"]


@pytest.mark.parametrize(
    ("version", "fine", "word"),
    [
        ("5.26.30", True, "answers."),
        ("2026.08.1", True, "answers."),
        ("2027.01.0", True, "tests run on 5.26 and 2026.08"),
        ("5.27.0-drop01", True, "tests run on"),
        ("5.25.1", False, "too old"),
        ("4.4.38", False, "too old"),
    ],
)
def test_versions_are_judged_by_their_line(version: str, word: str, *, fine: bool) -> None:
    part = database.version(version, "community", ("5.26", "2026.08"))
    assert (part.fine, word in part.found) == (fine, True)


def test_clocks_are_apart_only_by_what_the_look_did_not_take() -> None:
    """The server's time may lie anywhere between the two looks at ours, however long they are apart."""
    before = datetime(2024, 5, 1, tzinfo=UTC)
    after = before + timedelta(seconds=60)
    for seconds, fine in ((0, True), (60, True), (-4, True), (64, True), (-6, False), (66, False)):
        assert database.clock(before, before + timedelta(seconds=seconds), after).fine is fine
    assert "30 s apart" in database.clock(before, before - timedelta(seconds=30), after).found
