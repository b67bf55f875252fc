"""A disk that fills up: first writes are refused, then everything fails, and with room again everything works.

The disk is a small one in memory, which only root may mount; elsewhere these tests are skipped.
"""

import errno
import http.client
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from graph.errors import StoreUnavailable
from queries import local_neo4j
from queries.driver import statements
from queries.driver.connection import Connection
from queries.driver.running import Row, StatementRunner
from queries.local_neo4j.directory import DataDirectory
from queries.local_neo4j.room import START_BYTES, WRITE_BYTES
from tests.faults.test_machine import codes, create, environment
from tests.service.serving import serving

pytestmark = pytest.mark.timeout(900)  # boots on a busy machine

MIB = 1024 * 1024

DISK_BYTES = WRITE_BYTES + 320 * MIB
"""An empty Neo4j takes 135 MiB, and a log full of writes 64 MiB and as much in the store."""

PATIENCE_SECONDS = 240
"""A boot takes 6 s, many times that on a busy machine; it only bounds a test that fails."""

PUT = statements.parse(
    "tests/put",
    """// Two halves with a text.
// params: number, text
CREATE (:Half {number: $number, text: $text})-[:OTHER]->(:Half {number: $number, text: $text})
""",
)

KEPT = statements.parse(
    "tests/halves",
    """// How many halves of each number exist together with their other half.
// params: none
MATCH (half:Half)
RETURN half.number AS number, count(half) AS halves, sum(COUNT { (half)-[:OTHER]-() }) AS others
""",
)


@pytest.fixture
def disk(jar_cache: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, with room to start a Neo4j and to save records."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=0700", "none", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"a small disk cannot be mounted: {error}")
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        local_neo4j.stop(place / "home")
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def read_only(disk: Path) -> None:
    """Make the disk read-only, as the system does with a broken one."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def fill(disk: Path, leave: int) -> None:
    """Fill the disk up to so many free bytes; the database may take some of it meanwhile."""

    def taken() -> bool:
        usage = os.statvfs(disk)
        try:
            os.posix_fallocate(others.fileno(), 0, max(1, usage.f_bavail * usage.f_frsize - leave))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            return False
        return True

    with (disk / "others").open("wb") as others:
        until(taken)


def free(disk: Path) -> None:
    (disk / "others").unlink()


def status(address: str, path: str) -> int:
    place = urlsplit(address)
    with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)) as asking:
        asking.request("GET", path)
        answer = asking.getresponse()
        body = answer.read()
        if answer.status >= 400:
            assert answer.status == 503, body
            assert json.loads(body)["errors"][0]["cure"]
        return answer.status


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_on_a_nearly_full_disk_writes_are_refused_and_reads_work(disk: Path) -> None:
    with serving(environment(disk / "home")) as (address, _):
        assert create(address, "before") == 201
        fill(disk, leave=WRITE_BYTES - MIB)
        assert create(address, "refused") == 503
        assert codes(address) == {"before"}
        free(disk)
        assert create(address, "after") == 201
        assert codes(address) == {"before", "after"}


def test_a_database_that_met_a_full_disk_is_restarted_once_there_is_room_and_lost_nothing(disk: Path) -> None:
    home = disk / "home"
    with serving(environment(home)) as (address, _):
        assert create(address, "before") == 201
        broken = psutil.Process(local_neo4j.status(home).pid)
        acknowledged = write_until_full(home, disk)
        assert psutil.wait_procs([broken], timeout=PATIENCE_SECONDS)[0], "it did not end"
        assert status(address, "/api/v1/sectors") == 503
        assert status(address, "/livez") == 200
        assert not local_neo4j.status(home).running, "there is no room to start on"
        free(disk)
        until(lambda: status(address, "/api/v1/sectors") == 200)
        assert codes(address) == {"before"}
        assert create(address, "after") == 201
        with closing(unguarded_connection(home)) as line:
            rows = line.run_alone(KEPT, {})
    assert {row["number"] for row in rows} - {acknowledged} == set(range(acknowledged)), "acknowledged and lost"
    assert {(row["halves"], row["others"]) for row in rows} <= {(2, 2)}, "half of a write"


def unguarded_connection(home: Path) -> Connection:
    """Return a connection that does not check the disk before writing."""
    local = local_neo4j.start(home, idle_seconds=0, progress=False)
    return Connection(local.uri, local.username, local.password, local.database)


def write_until_full(home: Path, disk: Path) -> int:
    """Write until the database fails, and return how many writes it acknowledged."""
    with closing(unguarded_connection(home)) as line:
        fill(disk, leave=0)
        for number in range(1_000):
            row = {"number": number, "text": os.urandom(500_000).hex()}

            def put(run: StatementRunner, row: dict[str, object] = row) -> list[Row]:
                return run(PUT, row)

            try:
                line.transaction(put, read=False, seconds=60)
            except StoreUnavailable:
                return number
    pytest.fail("the disk was never full")


def test_a_disk_too_full_to_start_on_is_an_error(disk: Path) -> None:
    fill(disk, leave=START_BYTES - MIB)
    with pytest.raises(StoreUnavailable, match="needs 160 MiB to start"):
        local_neo4j.start(disk / "home", idle_seconds=0, progress=False)


def test_a_data_directory_on_a_read_only_disk_is_one_error_with_its_cure(disk: Path) -> None:
    DataDirectory(disk / "home").prepare()
    read_only(disk)
    with pytest.raises(StoreUnavailable, match="cannot be used: Read-only") as raised:
        local_neo4j.start(disk / "home", idle_seconds=0, progress=False)
    assert "STAKEHOLDER_GRAPH_HOME" in raised.value.cure
