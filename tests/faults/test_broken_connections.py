"""A write whose connection breaks is done or not done, never in part, and its key settles which."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from graph.access import LOCAL_ACTOR
from graph.errors import NotFound, StoreUnavailable
from graph.model import Sector, Stakeholder, new_id
from graph.ties import TieReport
from queries.driver import connection, statements
from queries.driver.connection import Connection
from queries.driver.running import Row, StatementRunner
from queries.local_neo4j import ServerAddress
from queries.store import Changes, Once, Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report
from tests.faults.proxy import Direction, Fault, FaultyProxy

pytestmark = pytest.mark.timeout(900)  # a thousand new connections on a busy machine

TRIALS = [100, pytest.param(1_000, marks=pytest.mark.long)]
WRITERS = 4

SAMPLE = [3, pytest.param(15, marks=pytest.mark.long)]
"""How many cuts are made at random bytes of each direction, besides those around the ends of messages."""

TAKE = statements.parse("tests/take", "// Take a text.\n// params: text\nRETURN size($text) AS size\n")


@contextmanager
def proxy_to(address: ServerAddress) -> Iterator[tuple[FaultyProxy, Store]]:
    with FaultyProxy(address.uri).up() as proxy:
        store = Store.open(proxy.uri, address.username, address.password, address.database)
        try:
            yield proxy, store
        finally:
            store.close()


@pytest.mark.parametrize("trials", TRIALS)
def test_writes_whose_commits_lose_their_answers_are_done_exactly_once(
    store: Store, neo4j_connection: ServerAddress, trials: int
) -> None:
    """The store itself tries three times. Where all three are lost it raises, and the caller repeats the request."""
    lost = []

    def write(writer: int) -> list[Sector]:
        luck = random.Random(writer)
        written = []
        with proxy_to(neo4j_connection) as (proxy, over_proxy):
            for trial in range(trials // WRITERS):
                once = Once(f"{writer}-{trial}", "fingerprint")
                proxy.lose_next = losses = luck.choice((1,) * 9 + (3,))
                sector = a_sector(code=f"{writer}-{trial}")
                while True:
                    try:
                        written.append(over_proxy.create(sector, LOCAL_ACTOR, once=once))
                        break
                    except StoreUnavailable:
                        # A client that repeats its request builds a new record, as over HTTP.
                        sector = a_sector(code=f"{writer}-{trial}")
                assert proxy.lose_next == 0, "the connection did not break, so nothing was shown"
                lost.append(losses)
        return written

    with ThreadPoolExecutor(WRITERS) as pool:
        written = [sector for some in pool.map(write, range(WRITERS)) for sector in some]
    assert len(lost) == trials
    assert store.revision(LOCAL_ACTOR) == trials
    assert set(store.all_sectors(LOCAL_ACTOR)) == set(written)
    assert len(written) == len({sector.code for sector in written}) == trials


def ends_of_messages(passed: bytes) -> Iterator[int]:
    """Yield where each message of Bolt ends: chunks of a two-byte length and their data, then two zero bytes."""
    position = 0
    while position + 2 <= len(passed):
        length = int.from_bytes(passed[position : position + 2], "big")
        position += 2 + length
        if not length:
            yield position


def cuts_in(passed: bytes, luck: random.Random, sample: int) -> list[int]:
    around = {end + step for end in ends_of_messages(passed) for step in (-1, 0)}
    return sorted(
        {cut for cut in around | {1} if 0 < cut < len(passed)} | set(luck.sample(range(1, len(passed)), sample))
    )


@pytest.mark.parametrize("sample", SAMPLE)
@pytest.mark.parametrize("direction", Direction)
def test_a_write_cut_off_at_any_byte_is_stored_whole_or_not_at_all(
    store: Store, neo4j_connection: ServerAddress, monkeypatch: pytest.MonkeyPatch, direction: Direction, sample: int
) -> None:
    """A report, its materialised tie, the revision and the receipt; a retry with the key stores it exactly once."""
    source, one = a_source(), a_stakeholder()
    store.apply(Changes(create=[source, one]), LOCAL_ACTOR)
    with proxy_to(neo4j_connection) as (proxy, over_proxy):
        outcomes = []

        def attempt(cut: int) -> None:
            other = store.create(a_stakeholder(), LOCAL_ACTOR)
            report = a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id)
            once = Once(new_id(), "fingerprint")
            before, revision = store.counts(LOCAL_ACTOR), store.revision(LOCAL_ACTOR)
            over_proxy.ping()  # the exchange begins on an open connection
            proxy.cut_after(direction, cut)
            try:
                with monkeypatch.context() as patch:
                    patch.setattr(connection, "LOST_SECONDS", 0.0)  # the connection stays broken: no need to wait
                    over_proxy.create(report, LOCAL_ACTOR, once=once)
                outcomes.append("done")
            except StoreUnavailable:
                outcomes.append("unavailable")
            stored = grown(store, before, revision)
            assert stored in (0, 1), f"stored in part after byte {cut}"
            assert stored or outcomes[-1] == "unavailable", f"acknowledged and lost at byte {cut}"
            proxy.fail(Fault.NONE)
            again = over_proxy.create(report, LOCAL_ACTOR, once=once)
            assert store.get(TieReport, report.id, LOCAL_ACTOR) == again
            assert grown(store, before, revision) == 1

        attempt(10**9)
        whole = bytes(proxy.passed[direction])
        cuts = cuts_in(whole, random.Random(direction.value), sample)
        for cut in cuts:
            attempt(cut)
    assert len(cuts) > sample
    assert set(outcomes) == {"done", "unavailable"}


def grown(store: Store, before: dict[str, int], revision: int) -> float:
    """Return 1 if a report, its tie and the revision are stored, 0 if none, else something between."""
    after = store.counts(LOCAL_ACTOR)
    steps = [after[kind] - before[kind] for kind in ("tie_reports", "ties")]
    steps.append(store.revision(LOCAL_ACTOR) - revision)
    return sum(steps) / len(steps)


def test_a_slow_connection_only_makes_a_write_slow(store: Store, neo4j_connection: ServerAddress) -> None:
    with proxy_to(neo4j_connection) as (proxy, over_proxy):
        proxy.delay = 0.2
        sector = over_proxy.create(a_sector(), LOCAL_ACTOR)
        assert store.get(Sector, sector.id, LOCAL_ACTOR) == sector


@pytest.mark.parametrize("end", [Connection._cut, Connection.close], ids=["cut", "close"])
def test_a_thread_stuck_in_sending_gets_an_error_when_connections_are_closed(
    neo4j_connection: ServerAddress, end: Callable[[Connection], None]
) -> None:
    """The driver cannot say goodbye on such a connection, and would leave it, and later ones, waiting for ever."""
    with proxy_to(neo4j_connection) as (proxy, over_proxy), ThreadPoolExecutor(1) as pool:
        over_proxy.ping()
        proxy.fail(Fault.CLOG)
        sent = pool.submit(over_proxy._connection.transaction, send_much, read=True, seconds=60)
        assert proxy.clogged.wait(30)
        end(over_proxy._connection)
        assert isinstance(sent.exception(30), StoreUnavailable)
        proxy.fail(Fault.NONE)
        over_proxy.ping()


def send_much(run: StatementRunner) -> list[Row]:
    """Send more than the buffers of a connection hold."""
    return run(TAKE, {"text": "x" * 50_000_000})


def test_a_refused_read_is_refused_again_over_a_connection_that_broke(
    store: Store, neo4j_connection: ServerAddress
) -> None:
    with proxy_to(neo4j_connection) as (proxy, over_proxy):
        proxy.lose_next = 1
        with pytest.raises(NotFound):
            over_proxy.get(Stakeholder, new_id(), LOCAL_ACTOR)
