"""A write whose line breaks is done or not done, never in part, and its key settles which."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from graph.access import LOCAL_ACTOR
from graph.errors import NotFound, StoreUnavailable
from graph.model import Sector, Stakeholder, TieReport, new_id
from queries.driver import connection, statements
from queries.driver.connection import Connection, Row, StatementRunner
from queries.local_neo4j import ServerAddress
from queries.store import Changes, Once, Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report
from tests.faults.proxy import Fault, FaultyLine, Way

pytestmark = pytest.mark.timeout(900)  # a thousand new lines on a machine that is busy with other things

TRIALS = [100, pytest.param(1_000, marks=pytest.mark.long)]
WRITERS = 4

SAMPLE = [3, pytest.param(15, marks=pytest.mark.long)]
"""How many cuts are made at random bytes of each direction, besides those around the ends of messages."""

TAKE = statements.parse("tests/take", "// Take a text.\n// params: text\nRETURN size($text) AS size\n")


@contextmanager
def line_to(address: ServerAddress) -> Iterator[tuple[FaultyLine, Store]]:
    with FaultyLine(address.uri).up() as line:
        store = Store.open(line.uri, address.username, address.password, address.database)
        try:
            yield line, store
        finally:
            store.close()


@pytest.mark.parametrize("trials", TRIALS)
def test_writes_whose_commits_lose_their_answers_are_done_once_each(
    store: Store, neo4j_connection: ServerAddress, trials: int
) -> None:
    """The store itself asks three times. Where it loses all three it says so, and the caller repeats the request."""
    lost = []

    def write(writer: int) -> list[Sector]:
        luck = random.Random(writer)
        written = []
        with line_to(neo4j_connection) as (line, over_line):
            for trial in range(trials // WRITERS):
                once = Once(f"{writer}-{trial}", "fingerprint")
                line.lose_next = losses = luck.choice((1,) * 9 + (3,))
                sector = a_sector(code=f"{writer}-{trial}")
                while True:
                    try:
                        written.append(over_line.create(sector, LOCAL_ACTOR, once=once))
                        break
                    except StoreUnavailable:
                        # A client that repeats its request makes the record anew, as HTTP does.
                        sector = a_sector(code=f"{writer}-{trial}")
                assert line.lose_next == 0, "the line did not break, so nothing was shown"
                lost.append(losses)
        return written

    with ThreadPoolExecutor(WRITERS) as pool:
        written = [sector for some in pool.map(write, range(WRITERS)) for sector in some]
    assert len(lost) == trials
    assert store.revision(LOCAL_ACTOR) == trials
    assert set(store.all_sectors(LOCAL_ACTOR)) == set(written)
    assert len(written) == len({sector.code for sector in written}) == trials


def ends_of_messages(passed: bytes) -> Iterator[int]:
    """Where each message of Bolt ends: chunks of a length in two bytes and their data, then two bytes of nothing."""
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
@pytest.mark.parametrize("way", Way)
def test_a_write_cut_off_at_any_byte_is_there_whole_or_not_at_all(
    store: Store, neo4j_connection: ServerAddress, monkeypatch: pytest.MonkeyPatch, way: Way, sample: int
) -> None:
    """A report, its drawn tie, the revision and the receipt; with the key it is then there exactly once."""
    source, one = a_source(), a_stakeholder()
    store.apply(Changes(create=[source, one]), LOCAL_ACTOR)
    with line_to(neo4j_connection) as (line, over_line):
        outcomes = []

        def attempt(cut: int) -> None:
            other = store.create(a_stakeholder(), LOCAL_ACTOR)
            report = a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id)
            once = Once(new_id(), "fingerprint")
            before, revision = store.counts(LOCAL_ACTOR), store.revision(LOCAL_ACTOR)
            over_line.ping()  # the exchange begins on a connection that is open
            line.cut_after(way, cut)
            try:
                with monkeypatch.context() as patch:
                    patch.setattr(connection, "LOST_SECONDS", 0.0)  # the line stays broken: nothing to wait for
                    over_line.create(report, LOCAL_ACTOR, once=once)
                outcomes.append("done")
            except StoreUnavailable:
                outcomes.append("unavailable")
            there = grown(store, before, revision)
            assert there in (0, 1), f"half of it is there after byte {cut}"
            assert there or outcomes[-1] == "unavailable", f"acknowledged and lost at byte {cut}"
            line.fail(Fault.NONE)
            again = over_line.create(report, LOCAL_ACTOR, once=once)
            assert store.get(TieReport, report.id, LOCAL_ACTOR) == again
            assert grown(store, before, revision) == 1

        attempt(10**9)
        whole = bytes(line.passed[way])
        cuts = cuts_in(whole, random.Random(way.value), sample)
        for cut in cuts:
            attempt(cut)
    assert len(cuts) > sample
    assert set(outcomes) == {"done", "unavailable"}


def grown(store: Store, before: dict[str, int], revision: int) -> float:
    """1 if a report, its tie and the revision are there, 0 if none, else something between."""
    after = store.counts(LOCAL_ACTOR)
    steps = [after[kind] - before[kind] for kind in ("tie_reports", "ties")]
    steps.append(store.revision(LOCAL_ACTOR) - revision)
    return sum(steps) / len(steps)


def test_a_line_that_is_slow_only_makes_it_slow(store: Store, neo4j_connection: ServerAddress) -> None:
    with line_to(neo4j_connection) as (line, over_line):
        line.delay = 0.2
        sector = over_line.create(a_sector(), LOCAL_ACTOR)
        assert store.get(Sector, sector.id, LOCAL_ACTOR) == sector


@pytest.mark.parametrize("end", [Connection._cut, Connection.close], ids=["cut", "close"])
def test_whoever_is_stuck_in_sending_is_told_when_the_lines_are_ended(
    neo4j_connection: ServerAddress, end: Callable[[Connection], None]
) -> None:
    """The driver cannot say goodbye on such a line, and would leave it, and those after it, to wait for ever."""
    with line_to(neo4j_connection) as (line, over_line), ThreadPoolExecutor(1) as pool:
        over_line.ping()
        line.fail(Fault.CLOG)
        sent = pool.submit(over_line._connection.transaction, much, read=True, seconds=60)
        assert line.clogged.wait(30)
        end(over_line._connection)
        assert isinstance(sent.exception(30), StoreUnavailable)
        line.fail(Fault.NONE)
        over_line.ping()


def much(run: StatementRunner) -> list[Row]:
    """Send more than the buffers of a connection hold."""
    return run(TAKE, {"text": "x" * 50_000_000})


def test_what_was_refused_is_refused_again_over_a_line_that_broke(
    store: Store, neo4j_connection: ServerAddress
) -> None:
    with line_to(neo4j_connection) as (line, over_line):
        line.lose_next = 1
        with pytest.raises(NotFound):
            over_line.get(Stakeholder, new_id(), LOCAL_ACTOR)
