"""An API whose database hangs, refuses, swallows or drips answers 503 soon, stays alive, and recovers by itself.

The limits are the service's promises: 503 with ``Retry-After`` within 3 s for 99 of 100 requests, a sign of life within
a second, recovery within 5 s. Each is given ``NOISE_SECONDS`` more, for a machine that is busy with other things.
"""

import http.client
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from queries import local_neo4j
from queries.local_neo4j import ServerAddress
from queries.store import Store
from tests.faults.proxy import Fault, FaultyProxy
from tests.service.serving import serving

pytestmark = [pytest.mark.alone, pytest.mark.timeout(900)]  # answers in so many seconds; boots on a busy machine

ROOT = Path(__file__).parents[2]

NOISE_SECONDS = 2.0

ANSWER_SECONDS = 3.0 + NOISE_SECONDS
LIFE_SECONDS = 1.0 + NOISE_SECONDS
RECOVERY_SECONDS = 5.0 + NOISE_SECONDS

CLIENTS = 200


@dataclass(frozen=True)
class Answer:
    """The answer that a client got, and after how long."""

    status: int
    retry_after: str | None
    seconds: float


def ask(address: str, path: str = "/api/v1/sectors") -> Answer:
    started = time.monotonic()
    url = urlsplit(address)
    connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return Answer(answer.status, answer.getheader("Retry-After"), time.monotonic() - started)
    finally:
        connection.close()


@contextmanager
def probed(address: str) -> Iterator[list[Answer]]:
    """Ask for a sign of life all the time."""
    signs: list[Answer] = []
    over = threading.Event()

    def probe() -> None:
        while not over.is_set():
            signs.append(ask(address, "/livez"))
            over.wait(0.1)

    prober = threading.Thread(target=probe)
    prober.start()
    try:
        yield signs
    finally:
        over.set()
        prober.join()


@pytest.fixture
def proxy(neo4j_connection: ServerAddress) -> Iterator[FaultyProxy]:
    with FaultyProxy(neo4j_connection.uri).up() as up:
        yield up


@pytest.fixture
def address(proxy: FaultyProxy, store: Store, neo4j_connection: ServerAddress, tmp_path: Path) -> Iterator[str]:
    """A real service, whose database is at the other end of the proxy."""
    environment = {
        "STAKEHOLDER_GRAPH_HOME": str(tmp_path / "home"),
        "NEO4J_URI": proxy.uri,
        "NEO4J_USERNAME": neo4j_connection.username,
        "NEO4J_PASSWORD": neo4j_connection.password,
        "NEO4J_DATABASE": neo4j_connection.database,
        "PYTHONPATH": str(ROOT),
    }
    with serving(environment) as (served, _):
        assert ask(served).status == 200
        yield served


def assert_promises_hold(address: str, strike: Callable[[], None], mend: Callable[[], None]) -> None:
    with probed(address) as signs:
        strike()
        try:
            with ThreadPoolExecutor(CLIENTS) as pool:
                answers = list(pool.map(lambda _: ask(address), range(CLIENTS)))
            answers += [ask(address) for _ in range(50)]
        finally:
            mend()
        mended = time.monotonic()
        while ask(address).status != 200:
            assert time.monotonic() - mended < RECOVERY_SECONDS
            time.sleep(0.1)
        recovered = time.monotonic() - mended
    slowest = sorted(answer.seconds for answer in answers)
    late = slowest[len(slowest) * 99 // 100]
    life = max(sign.seconds for sign in signs)
    assert {answer.status for answer in answers} == {503}
    assert all(answer.retry_after and int(answer.retry_after) > 0 for answer in answers)
    assert late < ANSWER_SECONDS
    assert {sign.status for sign in signs} == {200}
    assert life < LIFE_SECONDS
    assert recovered < RECOVERY_SECONDS


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.BLACK_HOLE, Fault.DRIP], ids=lambda fault: fault.name.lower())
def test_a_failing_connection_is_an_error_soon_and_blocks_no_thread(
    address: str, proxy: FaultyProxy, fault: Fault
) -> None:
    assert_promises_hold(address, lambda: proxy.fail(fault), lambda: proxy.fail(Fault.NONE))


def test_a_local_neo4j_that_hangs_is_an_error_soon_and_used_again_when_it_goes_on(home: Path) -> None:
    """It may only be a machine that slept: no second server is started, and none is killed."""
    with serving({"STAKEHOLDER_GRAPH_HOME": str(home), "NEO4J_URI": "", "PYTHONPATH": str(ROOT)}) as (served, _):
        assert ask(served).status == 200
        pid = local_neo4j.status(home).pid
        assert pid
        assert_promises_hold(served, lambda: os.kill(pid, signal.SIGSTOP), lambda: os.kill(pid, signal.SIGCONT))
        assert local_neo4j.status(home).pid == pid


def test_a_database_that_hangs_is_an_error_soon_and_blocks_no_thread(
    address: str, neo4j_connection: ServerAddress
) -> None:
    if not neo4j_connection.pid:
        pytest.skip("the database is not ours to stop (NEO4J_TEST_URI)")
    assert_promises_hold(
        address,
        lambda: os.kill(neo4j_connection.pid, signal.SIGSTOP),
        lambda: os.kill(neo4j_connection.pid, signal.SIGCONT),
    )
