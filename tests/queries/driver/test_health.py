"""Whoever waits for the database is told in time, and whoever comes is told at once. No test here depends on a moment.

The database is an event here: whether it answers is the whole of what a watch knows of it. tests/faults has the rest.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from graph.errors import StoreUnavailable
from queries.driver import health
from queries.driver.health import Watch

PATIENCE_SECONDS = 60
"""Only bounds a test that fails."""


class Database:
    """One that answers, does not, or lets whoever asks wait; and what was done to its lines."""

    def __init__(self) -> None:
        self.sound = True
        self.error: Exception | None = None
        self.replies = threading.Event()
        self.replies.set()
        self.asked = threading.Semaphore(0)
        self.cut = threading.Semaphore(0)

    def answers(self) -> bool:
        """Say whether it is there, once it is let."""
        self.asked.release()
        assert self.replies.wait(PATIENCE_SECONDS)
        if self.error:
            raise self.error
        return self.sound

    def is_asked(self) -> bool:
        """Wait until somebody asks."""
        return self.asked.acquire(timeout=PATIENCE_SECONDS)

    def is_cut_off(self) -> bool:
        """Wait until its lines are cut."""
        return self.cut.acquire(timeout=PATIENCE_SECONDS)


@contextmanager
def watched(database: Database, at_once: int) -> Iterator[Watch]:
    here = Watch(at_once, answers=database.answers, cut=database.cut.release)
    here.begin()
    try:
        yield here
    finally:
        database.replies.set()
        here.end()


def use(here: Watch) -> str:
    with here.place():
        return "had a place"


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as threads:
        yield threads


def told(waiting: "Future[str]") -> str:
    """What somebody was told who got no place."""
    error = waiting.exception(PATIENCE_SECONDS)
    assert isinstance(error, StoreUnavailable)
    assert error.cure
    return error.detail


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only news ends a wait, no limit of time."""
    for limit in ("BUSY_SECONDS", "DOUBT_SECONDS", "WAIT_SECONDS"):
        monkeypatch.setattr(health, limit, PATIENCE_SECONDS * 2.0)


@pytest.mark.usefixtures("patient")
def test_no_more_run_at_once_than_there_are_places_and_each_has_its_turn(database: Database) -> None:
    here = Watch(3, answers=database.answers, cut=database.cut.release)  # not begun: nobody else wakes whoever waits
    running, most = set[int](), list[int]()
    lock, full = threading.Lock(), threading.Barrier(3)

    def work(number: int) -> None:
        with here.place():
            with lock:
                running.add(number)
                most.append(len(running))
            full.wait(PATIENCE_SECONDS)  # three are in here together, or nobody gets on
            with lock:
                running.discard(number)

    with ThreadPoolExecutor(30) as threads:
        list(threads.map(work, range(30)))
    assert max(most) == 3
    assert len(most) == 30


def test_a_place_is_free_again_when_its_transaction_fails(database: Database) -> None:
    with watched(database, at_once=1) as here:
        with pytest.raises(ZeroDivisionError), here.place():
            _ = 1 / 0
        assert use(here) == "had a place"


def test_a_database_that_keeps_somebody_waiting_is_asked_and_left_alone_if_it_answers(database: Database) -> None:
    with watched(database, at_once=1) as here:
        with here.place():
            assert all(database.is_asked() for _ in range(3))
        assert use(here) == "had a place"
    assert not database.cut.acquire(blocking=False)


def test_a_transaction_is_silent_only_until_it_hears_something(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    unwatched = Watch(1, answers=database.answers, cut=database.cut.release)
    with unwatched.place() as heard:
        assert not unwatched._silent()
        now += health.SILENT_SECONDS * 1.01
        assert unwatched._silent()
        heard()
        assert not unwatched._silent()
        now += health.SILENT_SECONDS * 1.01
    assert not unwatched._silent()


def test_one_that_does_not_answer_is_cut_off_and_said_to_be_away_until_it_answers(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    with watched(database, at_once=1) as here:
        with here.place():
            database.sound = False
            assert database.is_cut_off()
            assert "does not answer" in told(pool.submit(use, here))
        assert "does not answer" in told(pool.submit(use, here)), "there is a place, but nothing to have it for"
        database.sound = True
        assert wait_until_used(here) == "had a place"


def wait_until_used(here: Watch) -> str:
    """Try until there is a place; the time limit of the test bounds it."""
    while True:
        try:
            return use(here)
        except StoreUnavailable:
            threading.Event().wait(0.01)


def test_whoever_waits_for_a_place_is_told_while_the_database_still_owes_its_answer(
    database: Database, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("BUSY_SECONDS", "WAIT_SECONDS"):
        monkeypatch.setattr(health, limit, PATIENCE_SECONDS * 2.0)
    with watched(database, at_once=1) as here, here.place():
        database.replies.clear()
        waiting = pool.submit(use, here)
        assert "too busy" in told(waiting)


def test_whoever_waits_for_a_place_while_nothing_moves_is_told_that_it_is_busy(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    with watched(database, at_once=1) as here, here.place():
        assert "too busy" in told(pool.submit(use, here))
    assert not database.cut.acquire(blocking=False), "busy, but sound"


def test_a_transaction_that_hears_something_moves(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    now, left = 1_000.0, list[float]()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    unwatched = Watch(1, answers=database.answers, cut=database.cut.release)

    def nobody_comes(seconds: float) -> None:
        nonlocal now
        left.append(seconds)
        now += seconds

    monkeypatch.setattr(unwatched._changed, "wait", nobody_comes)
    with unwatched.place() as heard:
        now += health.BUSY_SECONDS
        heard()
        with pytest.raises(StoreUnavailable, match="too busy"):
            use(unwatched)
    assert left == [health.BUSY_SECONDS]


def test_who_waits_is_not_sent_away_while_others_hear_though_the_sign_of_life_is_late(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy machine makes the new connection that is asked over wait, more than those that are there."""
    now, left = 1_000.0, list[float]()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    unwatched = Watch(1, answers=database.answers, cut=database.cut.release)

    def nobody_comes(seconds: float) -> None:
        nonlocal now
        left.append(seconds)
        now += seconds

    monkeypatch.setattr(unwatched._changed, "wait", nobody_comes)
    with unwatched.place() as heard:
        unwatched._asked = now
        now += health.DOUBT_SECONDS
        heard()
        with pytest.raises(StoreUnavailable, match="too busy"):
            use(unwatched)
    assert left == [pytest.approx(health.DOUBT_SECONDS)]


def test_one_that_was_heard_from_while_it_was_asked_is_not_away_though_the_answer_did_not_come_in_time(
    database: Database,
) -> None:
    database.sound = False
    hears = list[Callable[[], None]]()

    def answers() -> bool:
        for heard in hears:
            heard()
        return database.answers()

    unwatched = Watch(1, answers=answers, cut=database.cut.release)
    with unwatched.place() as heard:
        hears.append(heard)
        unwatched._ask()
        assert not database.cut.acquire(blocking=False)
    assert use(unwatched) == "had a place"
    hears.clear()
    unwatched._ask()
    assert database.cut.acquire(blocking=False)
    with pytest.raises(StoreUnavailable, match="does not answer"):
        use(unwatched)


def test_whoever_has_waited_long_enough_is_told_though_others_get_on(
    database: Database, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "BUSY_SECONDS", PATIENCE_SECONDS * 2.0)
    monkeypatch.setattr(health, "WAIT_SECONDS", 0.1)
    with watched(database, at_once=1) as here, here.place():
        assert "too busy" in told(pool.submit(use, here))


@pytest.mark.usefixtures("patient")
def test_those_who_wait_when_it_goes_are_told_so(database: Database, pool: ThreadPoolExecutor) -> None:
    with watched(database, at_once=1) as here, here.place():
        waiting = [pool.submit(use, here) for _ in range(3)]
        database.sound = False
        assert all("does not answer" in told(each) for each in waiting)


def test_a_line_that_was_lost_has_the_database_asked_though_nobody_waits(database: Database) -> None:
    with watched(database, at_once=1) as here:
        assert not database.asked.acquire(blocking=False)
        here.suspect()
        assert database.is_asked()


def test_a_watch_that_was_ended_looks_no_more(database: Database) -> None:
    before = set(threading.enumerate())
    with watched(database, at_once=1):
        started = set(threading.enumerate()) - before
    assert len(started) == 1
    for thread in started:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


@pytest.mark.parametrize("error", [UnicodeError("label too long"), OSError(24, "Too many open files"), RuntimeError()])
def test_a_look_that_fails_counts_as_away_is_logged_once_and_does_not_end_the_watch(
    database: Database, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    database.error = error
    with watched(database, at_once=1) as here:
        here.suspect()
        assert all(database.is_cut_off() for _ in range(2))
        with pytest.raises(StoreUnavailable, match="does not answer"):
            use(here)
        database.error = None
        assert wait_until_used(here) == "had a place"
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert type(error).__name__ in caplog.text


def test_lines_that_cannot_be_cut_do_not_end_the_watch(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def cut() -> None:
        database.cut.release()
        raise BufferError

    here = Watch(1, answers=database.answers, cut=cut)
    here.begin()
    database.sound = False
    here.suspect()
    assert all(database.is_cut_off() for _ in range(2))
    database.sound = True
    assert wait_until_used(here) == "had a place"
    here.end()
    assert len(caplog.records) == 1
