"""A caller that waits for the database gets its error in time, a new caller at once. No test depends on timing.

The database is an event here: a health watch knows only whether it answers. tests/faults has the rest.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from graph.errors import StoreUnavailable
from queries.driver import health
from queries.driver.health import HealthWatch

PATIENCE_SECONDS = 60
"""Only bounds a test that fails."""


class Database:
    """A database that answers, does not, or keeps the watch waiting; and whether its connections were cut."""

    def __init__(self) -> None:
        self.sound = True
        self.error: Exception | None = None
        self.replies = threading.Event()
        self.replies.set()
        self.asked = threading.Semaphore(0)
        self.cut = threading.Semaphore(0)

    def answers(self) -> bool:
        """Return whether it is sound, as soon as ``replies`` is set."""
        self.asked.release()
        assert self.replies.wait(PATIENCE_SECONDS)
        if self.error:
            raise self.error
        return self.sound

    def is_asked(self) -> bool:
        """Wait until the watch asks."""
        return self.asked.acquire(timeout=PATIENCE_SECONDS)

    def is_cut_off(self) -> bool:
        """Wait until its connections are cut."""
        return self.cut.acquire(timeout=PATIENCE_SECONDS)


@contextmanager
def watched(database: Database, at_once: int) -> Iterator[HealthWatch]:
    watch = HealthWatch(at_once, answers=database.answers, cut=database.cut.release)
    watch.begin()
    try:
        yield watch
    finally:
        database.replies.set()
        watch.end()


def use(watch: HealthWatch) -> str:
    with watch.transaction_slot():
        return "had a slot"


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as threads:
        yield threads


def refusal(waiting: "Future[str]") -> str:
    """Return the message of the error that a caller without a slot got."""
    error = waiting.exception(PATIENCE_SECONDS)
    assert isinstance(error, StoreUnavailable)
    assert error.cure
    return error.detail


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only an event ends a wait, no time limit."""
    for limit in ("BUSY_SECONDS", "DOUBT_SECONDS", "WAIT_SECONDS"):
        monkeypatch.setattr(health, limit, PATIENCE_SECONDS * 2.0)


@pytest.mark.usefixtures("patient")
def test_no_more_transactions_run_at_once_than_there_are_slots_and_each_has_its_turn(database: Database) -> None:
    watch = HealthWatch(
        3, answers=database.answers, cut=database.cut.release
    )  # not begun: no watch thread wakes a waiting caller
    running, most = set[int](), list[int]()
    lock, full = threading.Lock(), threading.Barrier(3)

    def work(number: int) -> None:
        with watch.transaction_slot():
            with lock:
                running.add(number)
                most.append(len(running))
            full.wait(PATIENCE_SECONDS)  # three hold a slot together, or none gets on
            with lock:
                running.discard(number)

    with ThreadPoolExecutor(30) as threads:
        list(threads.map(work, range(30)))
    assert max(most) == 3
    assert len(most) == 30


def test_a_slot_is_free_again_when_its_transaction_fails(database: Database) -> None:
    with watched(database, at_once=1) as watch:
        with pytest.raises(ZeroDivisionError), watch.transaction_slot():
            _ = 1 / 0
        assert use(watch) == "had a slot"


def test_a_slow_database_is_asked_and_keeps_its_connections_if_it_answers(database: Database) -> None:
    with watched(database, at_once=1) as watch:
        with watch.transaction_slot():
            assert all(database.is_asked() for _ in range(3))
        assert use(watch) == "had a slot"
    assert not database.cut.acquire(blocking=False)


def test_a_transaction_is_silent_only_until_it_hears_something(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    unwatched = HealthWatch(1, answers=database.answers, cut=database.cut.release)
    with unwatched.transaction_slot() as heard:
        assert not unwatched._silent()
        now += health.SILENT_SECONDS * 1.01
        assert unwatched._silent()
        heard()
        assert not unwatched._silent()
        now += health.SILENT_SECONDS * 1.01
    assert not unwatched._silent()


def test_a_database_that_does_not_answer_is_cut_off_and_counts_as_away_until_it_answers(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    with watched(database, at_once=1) as watch:
        with watch.transaction_slot():
            database.sound = False
            assert database.is_cut_off()
            assert "does not answer" in refusal(pool.submit(use, watch))
        assert "does not answer" in refusal(pool.submit(use, watch)), "a slot is free, but the database is away"
        database.sound = True
        assert wait_until_used(watch) == "had a slot"


def wait_until_used(watch: HealthWatch) -> str:
    """Try until a slot is free; the time limit of the test bounds it."""
    while True:
        try:
            return use(watch)
        except StoreUnavailable:
            threading.Event().wait(0.01)


def test_a_caller_waiting_for_a_slot_gets_its_error_while_the_database_still_owes_its_answer(
    database: Database, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("BUSY_SECONDS", "WAIT_SECONDS"):
        monkeypatch.setattr(health, limit, PATIENCE_SECONDS * 2.0)
    with watched(database, at_once=1) as watch, watch.transaction_slot():
        database.replies.clear()
        waiting = pool.submit(use, watch)
        assert "too busy" in refusal(waiting)


def test_a_caller_waiting_for_a_slot_while_nothing_moves_gets_too_busy(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    with watched(database, at_once=1) as watch, watch.transaction_slot():
        assert "too busy" in refusal(pool.submit(use, watch))
    assert not database.cut.acquire(blocking=False), "busy, but sound"


def test_a_transaction_that_hears_from_the_database_counts_as_progress(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, left = 1_000.0, list[float]()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    unwatched = HealthWatch(1, answers=database.answers, cut=database.cut.release)

    def wait_in_vain(seconds: float) -> None:
        nonlocal now
        left.append(seconds)
        now += seconds

    monkeypatch.setattr(unwatched._changed, "wait", wait_in_vain)
    with unwatched.transaction_slot() as heard:
        now += health.BUSY_SECONDS
        heard()
        with pytest.raises(StoreUnavailable, match="too busy"):
            use(unwatched)
    assert left == [health.BUSY_SECONDS]


def test_a_waiting_caller_is_not_refused_while_others_hear_though_the_sign_of_life_is_late(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy machine delays the watch's new connection more than the open ones."""
    now, left = 1_000.0, list[float]()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    unwatched = HealthWatch(1, answers=database.answers, cut=database.cut.release)

    def wait_in_vain(seconds: float) -> None:
        nonlocal now
        left.append(seconds)
        now += seconds

    monkeypatch.setattr(unwatched._changed, "wait", wait_in_vain)
    with unwatched.transaction_slot() as heard:
        unwatched._asked = now
        now += health.DOUBT_SECONDS
        heard()
        with pytest.raises(StoreUnavailable, match="too busy"):
            use(unwatched)
    assert left == [pytest.approx(health.DOUBT_SECONDS)]


def test_a_database_heard_from_while_it_was_asked_is_not_away_though_its_answer_came_too_late(
    database: Database,
) -> None:
    database.sound = False
    hears = list[Callable[[], None]]()

    def answers() -> bool:
        for heard in hears:
            heard()
        return database.answers()

    unwatched = HealthWatch(1, answers=answers, cut=database.cut.release)
    with unwatched.transaction_slot() as heard:
        hears.append(heard)
        unwatched._ask()
        assert not database.cut.acquire(blocking=False)
    assert use(unwatched) == "had a slot"
    hears.clear()
    unwatched._ask()
    assert database.cut.acquire(blocking=False)
    with pytest.raises(StoreUnavailable, match="does not answer"):
        use(unwatched)


def test_a_caller_that_has_waited_long_enough_is_refused_though_others_get_on(
    database: Database, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "BUSY_SECONDS", PATIENCE_SECONDS * 2.0)
    monkeypatch.setattr(health, "WAIT_SECONDS", 0.1)
    with watched(database, at_once=1) as watch, watch.transaction_slot():
        assert "too busy" in refusal(pool.submit(use, watch))


@pytest.mark.usefixtures("patient")
def test_callers_waiting_when_the_database_goes_away_get_that_error(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    with watched(database, at_once=1) as watch, watch.transaction_slot():
        waiting = [pool.submit(use, watch) for _ in range(3)]
        database.sound = False
        assert all("does not answer" in refusal(each) for each in waiting)


def test_a_lost_connection_has_the_database_asked_though_no_caller_waits(database: Database) -> None:
    with watched(database, at_once=1) as watch:
        assert not database.asked.acquire(blocking=False)
        watch.suspect()
        assert database.is_asked()


def test_an_ended_watch_stops_its_thread(database: Database) -> None:
    before = set(threading.enumerate())
    with watched(database, at_once=1):
        started = set(threading.enumerate()) - before
    assert len(started) == 1
    for thread in started:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


@pytest.mark.parametrize("error", [UnicodeError("label too long"), OSError(24, "Too many open files"), RuntimeError()])
def test_a_failing_check_counts_as_away_is_logged_once_and_does_not_end_the_watch(
    database: Database, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    database.error = error
    with watched(database, at_once=1) as watch:
        watch.suspect()
        assert all(database.is_cut_off() for _ in range(2))
        with pytest.raises(StoreUnavailable, match="does not answer"):
            use(watch)
        database.error = None
        assert wait_until_used(watch) == "had a slot"
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert type(error).__name__ in caplog.text


def test_connections_that_cannot_be_cut_do_not_end_the_watch(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def cut() -> None:
        database.cut.release()
        raise BufferError

    watch = HealthWatch(1, answers=database.answers, cut=cut)
    watch.begin()
    database.sound = False
    watch.suspect()
    assert all(database.is_cut_off() for _ in range(2))
    database.sound = True
    assert wait_until_used(watch) == "had a slot"
    watch.end()
    assert len(caplog.records) == 1
