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
    """Stands in for a faulty machine: each check and each start has the next outcome listed."""

    def __init__(self, checks: list[Exception | bool], starts: list[Exception | None]) -> None:
        self.checks, self.starts = iter(checks), iter(starts)
        self.started = threading.Event()

    def status(self, _home: Path) -> local_neo4j.Status:
        """Say whether it runs; after the last outcome it does."""
        outcome = next(self.checks, True)
        if isinstance(outcome, Exception):
            raise outcome
        return local_neo4j.Status(running=outcome)

    def start(self, _home: Path, **_options: object) -> None:
        """Fail, or note that it was started."""
        if error := next(self.starts):
            raise error
        self.started.set()


@pytest.fixture
def thread_errors(monkeypatch: pytest.MonkeyPatch) -> list[threading.ExceptHookArgs]:
    """The errors that ended a thread."""
    found: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", found.append)
    return found


def test_the_local_neo4j_is_restarted_after_failed_checks_and_starts_whatever_they_raised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    machine = LocalNeo4j(
        checks=[OSError(24, "Too many open files"), OSError(24, "Too many open files"), False, False, False],
        starts=[RuntimeError("can't start new thread"), ValueError(), None],
    )
    monkeypatch.setattr(local_neo4j, "status", machine.status)
    monkeypatch.setattr(local_neo4j, "start", machine.start)
    monkeypatch.setattr(background, "WATCH_SECONDS", 0.001)
    stop_watching = background.keep_local_neo4j_up(Config(home=tmp_path))
    assert machine.started.wait(PATIENCE_SECONDS)
    stop_watching()
    assert [type(record.exc_info[1]) for record in caplog.records if record.exc_info] == [
        OSError,  # once, though it came twice
        RuntimeError,
        ValueError,
    ]


def test_kernels_are_loaded_though_planning_statements_failed(
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


def test_the_wait_for_the_warm_up_counts_from_the_beginning_of_a_stop(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    """A module that is being compiled cannot be interrupted; the wait for running requests has passed meanwhile."""
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
