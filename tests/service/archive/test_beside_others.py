"""Backups and restores while others use the database, or hold networks read from it before."""

import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from gzip import decompress
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from graph.access import LOCAL_ACTOR as ME
from graph.errors import Conflict, StoreUnavailable
from graph.networks.network import StakeholderNetwork
from queries import restore
from queries.admin.operations import Batch, Operations
from queries.archive.canonical import from_line
from queries.driver.running import StatementRunner
from queries.driver.statements import parse
from queries.local_neo4j import ServerAddress
from queries.store import Changes, Store
from service.archive import Archive, back_up, restore_archive
from service.questions.networks import Networks
from tests.builders import a_stakeholder
from tests.faults.proxy import FaultyProxy
from tests.service.archive.missions import fill
from tests.stores import empty

RECORDS_GONE = parse(
    "tests/records_gone",
    """// Delete every record, and leave what a database without records may still hold.
// params: none
MATCH (n)
WHERE NOT n:Keeper AND NOT n:Migration AND NOT n:Revision AND NOT n:Change
DETACH DELETE n
""",
)
CHANGES = parse("t", "// The log.\n// params: none\nMATCH (n:Change) RETURN count(n) AS entries\n")


def archive_of(operations: Operations, path: Path) -> Archive:
    """An archive of the current database."""
    back_up(operations, path)
    return Archive(path)


def content(network: StakeholderNetwork) -> tuple[list[str], list[tuple[str, float | None]]]:
    """The content of a network without its revision."""
    return [node.name for node in network.nodes.values()], [(tie.id, tie.strength) for tie in network.ties]


def with_pauses(archive: Archive, pause: Callable[[Batch], object]) -> Archive:
    """That archive, calling ``pause`` after each batch has been loaded."""
    all_batches = archive.batches

    def batches() -> Iterator[Batch]:
        for batch in all_batches():
            yield batch
            pause(batch)

    archive.batches = batches  # type: ignore[method-assign]
    return archive


def test_a_network_read_before_a_restore_is_read_again_and_not_updated_from_the_change_log(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    """There are as many changes before and after, so a plain count would give the revision of the old network."""
    networks = Networks(store)
    fill(store)
    archive = archive_of(operations, tmp_path / "a")
    for number in range(3):
        store.create(a_stakeholder(name=f"before {number}"), ME)
        networks.get(ME)
    before = networks.get(ME).revision
    store._connection.run_alone(RECORDS_GONE, {})
    restore_archive(operations, archive)
    assert store._connection.run_alone(CHANGES, {}) == [{"entries": 0}]
    assert store.revision(ME) > before
    for number in range(3):
        store.create(a_stakeholder(name=f"after {number}"), ME)
    now = content(networks.get(ME))
    assert now == content(Networks(store).get(ME))
    assert {"after 0", "after 1", "after 2"} == {
        name for name in now[0] if " 0" in name or " 1" in name or " 2" in name
    }


def test_a_network_read_during_a_restore_is_read_again_afterwards(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    fill(store)
    networks, during = Networks(store), []
    archive = with_pauses(archive_of(operations, tmp_path / "a"), lambda _: during.append(content(networks.get(ME))))
    whole = content(networks.get(ME))
    empty(store)
    restore_archive(operations, archive)
    assert ([], []) in during
    assert content(networks.get(ME)) == whole


def test_revisions_rise_even_if_the_clock_was_set_back(store: Store, operations: Operations, tmp_path: Path) -> None:
    store.create(a_stakeholder(), ME)
    ahead = parse("t", "// Ahead.\n// params: none\nMATCH (r:Revision) SET r.number = 9000000000000000\n")
    store._connection.run_alone(ahead, {})
    archive = archive_of(operations, tmp_path / "a")
    empty(store)
    restore_archive(operations, archive)
    assert store.revision(ME) == 9000000000000001


def test_of_two_concurrent_restores_one_is_refused(store: Store, operations: Operations, tmp_path: Path) -> None:
    fill(store)
    archive = archive_of(operations, tmp_path / "a")
    before = operations.fingerprint()
    empty(store)
    begun, refused = Event(), Event()

    def wait(_batch: Batch) -> None:
        begun.set()
        assert refused.wait(300)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(restore_archive, operations, with_pauses(Archive(tmp_path / "a"), wait))
        try:
            assert begun.wait(300)
            with pytest.raises(Conflict, match="under way") as raised:
                restore_archive(operations, archive)
        finally:
            refused.set()
        first.result(300)
    assert "Wait" in raised.value.cure
    assert operations.fingerprint() == before


def test_a_restore_that_waited_for_another_does_not_delete_what_that_one_restored(
    store: Store, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one runs after the first check of the database and before the lock is acquired."""
    store.create(a_stakeholder(name="theirs"), ME)
    theirs = archive_of(operations, tmp_path / "theirs")
    store.create(a_stakeholder(name="ours"), ME)
    ours = archive_of(operations, tmp_path / "ours")
    empty(store)
    hold = restore._hold

    def overtaken(run: StatementRunner) -> None:
        monkeypatch.setattr(restore, "_hold", hold)
        restore_archive(operations, theirs)
        hold(run)

    monkeypatch.setattr(restore, "_hold", overtaken)
    with pytest.raises(Conflict, match="not empty"):
        restore_archive(operations, ours)
    assert operations.fingerprint() == theirs.manifest.fingerprint


def test_a_backup_during_writes_has_each_write_completely_or_not_at_all(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    """Each write creates a pair, without a pause except while the backup makes it wait."""
    done, going, pairs = Event(), Event(), count()

    def write() -> None:
        while not done.is_set():
            pair = str(next(pairs))
            with suppress(StoreUnavailable):  # held for longer than its limit
                store.apply(Changes(create=[a_stakeholder(description=pair), a_stakeholder(description=pair)]), ME)
                going.set()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            assert going.wait(300)
            about = back_up(operations, tmp_path / "a", hold=True)
        finally:
            done.set()
        writing.result(300)
    with tarfile.open(tmp_path / "a") as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    lines = [
        line
        for part in about.parts
        if part.kind == "stakeholders"
        for line in decompress(files[part.name]).splitlines()
    ]
    found = Counter(from_line(line)["properties"]["description"] for line in lines)
    assert found
    assert set(found.values()) == {2}


@pytest.mark.parametrize("reaches", [True, False], ids=["committed", "not committed"])
def test_a_restore_continues_when_the_connection_breaks_during_commits(
    store: Store, operations: Operations, neo4j_connection: ServerAddress, tmp_path: Path, *, reaches: bool
) -> None:
    fill(store)
    archive = archive_of(operations, tmp_path / "a")
    before = operations.fingerprint()
    empty(store)
    with FaultyProxy(neo4j_connection.uri).up() as line:
        line.pass_on = reaches
        over_proxy = Operations.open(
            line.uri, neo4j_connection.username, neo4j_connection.password, neo4j_connection.database
        )

        def lose(_batch: Batch) -> None:
            line.lose_next, lost[:] = 1, [*lost, line.lose_next]

        lost: list[int] = []
        restore_archive(over_proxy, with_pauses(archive, lose))
        over_proxy.close()
    assert len(lost) > 5
    assert set(lost) == {0}, "a connection did not break, so the test shows nothing"
    assert operations.fingerprint() == before
    store.prepare()
