"""A database that is away, silent or refuses is one clear error within seconds."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from functools import partial

import psutil
import pytest

from graph.access import LOCAL_ACTOR
from graph.errors import InvalidInput, StakeholderGraphError, StoreUnavailable
from graph.model import Sector
from queries.driver import statements
from queries.driver.running import Row, StatementRunner
from queries.driver.statements import Statement
from queries.local_neo4j import ServerAddress
from queries.store import Store
from tests.builders import a_sector

GENEROUS_SECONDS = 5.0
"""The promise is 3 s; the rest is for a busy machine."""

LONGER_THAN_KEEP_ALIVE = 4.0


@pytest.fixture
def black_hole() -> Iterator[str]:
    """A port that accepts connections and never sends anything."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"bolt://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def closed_port() -> str:
    """A port on which nothing listens."""
    with socket.socket() as once:
        once.bind(("127.0.0.1", 0))
        return f"bolt://127.0.0.1:{once.getsockname()[1]}"


@pytest.fixture(params=["black_hole", "closed_port"])
def dead(request: pytest.FixtureRequest) -> Iterator[Store]:
    store = Store.open(request.getfixturevalue(request.param), "neo4j", "password")
    yield store
    store.close()


@pytest.mark.parametrize(
    "use",
    [
        Store.prepare,
        Store.ping,
        Store.warm,
        lambda store: store.revision(LOCAL_ACTOR),
        lambda store: store.list(Sector, LOCAL_ACTOR),
        lambda store: store.create(a_sector(), LOCAL_ACTOR),
    ],
)
def test_a_dead_database_is_an_error_within_seconds(dead: Store, use: object) -> None:
    begun = time.monotonic()
    with pytest.raises(StoreUnavailable) as raised:
        use(dead)  # type: ignore[operator]
    assert time.monotonic() - begun < GENEROUS_SECONDS
    assert raised.value.cure


def test_a_database_that_hangs_is_an_error_within_seconds(store: Store, neo4j_connection: ServerAddress) -> None:
    """Also on a connection used a moment before; the store works again as soon as the database does."""
    if not neo4j_connection.pid:
        pytest.skip("the database is not ours to stop")
    sector = store.create(a_sector(), LOCAL_ACTOR)
    os.kill(neo4j_connection.pid, signal.SIGSTOP)
    while psutil.Process(neo4j_connection.pid).status() != psutil.STATUS_STOPPED:
        time.sleep(0.01)  # a busy machine stops its threads one by one, and one of them could still answer
    begun = time.monotonic()
    try:
        with pytest.raises(StoreUnavailable):
            store.get(Sector, sector.id, LOCAL_ACTOR)
        waited = time.monotonic() - begun
    finally:
        os.kill(neo4j_connection.pid, signal.SIGCONT)
    assert waited < GENEROUS_SECONDS
    assert store.get(Sector, sector.id, LOCAL_ACTOR) == sector


def test_opening_a_store_does_not_connect(black_hole: str) -> None:
    Store.open(black_hole, "neo4j", "password").close()


@pytest.mark.parametrize("uri", ["", "localhost", "http://localhost:7687", "bolt://user:secret@localhost"])
def test_an_invalid_address_is_an_error_that_names_the_setting(uri: str) -> None:
    store = Store.open(uri, "neo4j", "password")
    with pytest.raises(StoreUnavailable) as raised:
        store.ping()
    store.close()
    assert "NEO4J_URI" in raised.value.cure


def test_a_wrong_password_is_an_error_that_names_the_setting(neo4j_connection: ServerAddress) -> None:
    store = Store.open(neo4j_connection.uri, neo4j_connection.username, "not-the-password")
    with pytest.raises(StoreUnavailable) as raised:
        store.ping()
    store.close()
    assert "NEO4J_PASSWORD" in raised.value.cure


def test_a_statement_over_its_time_limit_is_ended(store: Store) -> None:
    """A hundred million rows take the database minutes; the limit is one second."""
    endless = statements.parse(
        "tests/endless", "// Much.\n// params: none\nUNWIND range(1, 100000000) AS n RETURN sum(n % 7) AS s\n"
    )
    with pytest.raises(StoreUnavailable, match="time limit"):
        store._transactions.read(LOCAL_ACTOR, lambda tx: tx.rows(endless), seconds=1.0)


def test_a_long_statement_is_not_mistaken_for_a_database_that_hangs(store: Store) -> None:
    """At most three of the server's keep-alives, one each second, may be missed; this takes longer."""

    def ask(statement: Statement, parameters: dict[str, object], run: StatementRunner) -> list[Row]:
        return run(statement, parameters)

    long = statements.parse(
        "tests/long", "// Much.\n// params: top\nUNWIND range(1, $top) AS n RETURN sum(n % 7) AS s\n"
    )
    for top in (2_000_000 * 3**step for step in range(10)):
        begun = time.monotonic()
        store._connection.transaction(partial(ask, long, {"top": top}), read=True, seconds=120)
        if time.monotonic() - begun > LONGER_THAN_KEEP_ALIVE:
            return
    pytest.fail("no statement took long enough")


def test_a_wrong_statement_does_not_leak_a_driver_error(store: Store) -> None:
    wrong = statements.parse("tests/wrong", "// Wrong.\n// params: none\nMATCH (n RETURN n\n")
    with pytest.raises(StakeholderGraphError, match="SyntaxError") as raised:
        store._transactions.read(LOCAL_ACTOR, lambda tx: tx.rows(wrong))
    assert not isinstance(raised.value, StoreUnavailable)


@pytest.mark.parametrize("value", [2**63, "\ud800"])
def test_a_value_that_cannot_be_sent_is_bad_input(store: Store, value: object) -> None:
    echo = statements.parse("tests/echo", "// Echo.\n// params: value\nRETURN $value AS value\n")
    with pytest.raises(InvalidInput):
        store._transactions.read(LOCAL_ACTOR, lambda tx: tx.rows(echo, value=value))
    store.ping()


def test_a_closed_store_opens_again_on_use(neo4j_connection: ServerAddress) -> None:
    store = Store.open(
        neo4j_connection.uri, neo4j_connection.username, neo4j_connection.password, neo4j_connection.database
    )
    store.ping()
    store.close()
    store.ping()
    store.close()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # Python 3.12 and later warn of a fork with threads
def test_a_forked_process_opens_its_own_connections(store: Store) -> None:
    """After a fork parent and child would read each other's answers on one socket."""
    sector = store.create(a_sector(), LOCAL_ACTOR)
    child = os.fork()
    if not child:
        code = 2  # the exit code if anything is raised
        try:
            code = 0 if all(store.get(Sector, sector.id, LOCAL_ACTOR) == sector for _ in range(50)) else 1
            store.close()
        finally:
            os._exit(code)
    assert all(store.get(Sector, sector.id, LOCAL_ACTOR) == sector for _ in range(50))
    assert os.waitpid(child, 0)[1] == 0
