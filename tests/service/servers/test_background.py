"""An error in a background thread is logged; it ends neither the thread nor the steps that follow."""

import threading
import time
from pathlib import Path

import pytest

from graph.kernels import compiling
from queries import local_neo4j
from queries.store import Store
from service.config import Config
from service.servers import background

PATIENCE_SECONDS = 30
"""Only bounds a test that fails."""


class LocalNeo4j:
    """Stands for a machine that gives trouble: each look and each start has the outcome that comes next."""

    def __init__(self, looks: list[Exception | bool], starts: list[Exception | None]) -> None:
        self.looks, self.starts = iter(looks), iter(starts)
        self.started = threading.Event()

    def status(self, _home: Path) -> local_neo4j.Status:
        """Say whether it runs; after the last outcome it does."""
        found = next(self.looks, True)
        if isinstance(found, Exception):
            raise found
        return local_neo4j.Status(running=found)

    def start(self, _home: Path, **_options: object) -> None:
        """Fail, or note that it was started."""
        if error := next(self.starts):
            raise error
        self.started.set()


@pytest.fixture
def thread_errors(monkeypatch: pytest.MonkeyPatch) -> list[threading.ExceptHookArgs]:
    """What ended a thread."""
    found: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", found.append)
    return found


def test_the_local_neo4j_is_started_again_after_looks_and_starts_that_failed_whatever_they_raised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    machine = LocalNeo4j(
        looks=[OSError(24, "Too many open files"), OSError(24, "Too many open files"), False, False, False],
        starts=[RuntimeError("can't start new thread"), ValueError(), None],
    )
    monkeypatch.setattr(local_neo4j, "status", machine.status)
    monkeypatch.setattr(local_neo4j, "start", machine.start)
    monkeypatch.setattr(background, "WATCH_SECONDS", 0.001)
    stop_looking = background.keep_local_neo4j_up(Config(home=tmp_path))
    assert machine.started.wait(PATIENCE_SECONDS)
    stop_looking()
    assert [type(record.exc_info[1]) for record in caplog.records if record.exc_info] == [
        OSError,  # once, though it came twice
        RuntimeError,
        ValueError,
    ]


def test_kernels_are_made_ready_though_the_database_could_not_be_warmed(
    monkeypatch: pytest.MonkeyPatch,
    store: Store,
    caplog: pytest.LogCaptureFixture,
    thread_errors: list[threading.ExceptHookArgs],
) -> None:
    reached = threading.Event()

    def compiled(**_options: object) -> None:
        reached.set()
        raise RuntimeError("cannot compile")

    def failing(**_options: object) -> None:
        raise ValueError

    monkeypatch.setattr(store, "warm", failing)
    monkeypatch.setattr(compiling, "warm", compiled)
    background.warm(store).end()
    assert reached.is_set()
    assert thread_errors == []
    assert [type(record.exc_info[1]) for record in caplog.records if record.exc_info] == [ValueError, RuntimeError]


def test_what_was_told_to_end_when_a_stop_began_is_not_waited_for_anew_at_its_end(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    """A module that is being compiled cannot be broken off; the wait for requests under way has passed meanwhile."""
    begun, go_on = threading.Event(), threading.Event()

    def compiling_long(**_options: object) -> None:
        begun.set()
        go_on.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(store, "warm", lambda **_options: None)
    monkeypatch.setattr(compiling, "warm", compiling_long)
    monkeypatch.setattr(background, "WARM_SECONDS", PATIENCE_SECONDS)
    warming = background.warm(store)
    assert begun.wait(PATIENCE_SECONDS)
    warming.begin_end()
    later = time.monotonic() + PATIENCE_SECONDS
    with monkeypatch.context() as passed:
        passed.setattr(time, "monotonic", lambda: later)
        warming.end()
    assert not go_on.is_set()
    go_on.set()
    warming.end()
