"""Backups and restores while somebody else uses the database, or still remembers what was in it."""

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
from queries.driver.connection import StatementRunner
from queries.driver.statements import parse
from queries.local_neo4j import ServerAddress
from queries.store import Changes, Store
from service.archive import Archive, back_up, put_back
from service.questions.networks import Networks
from tests.builders import a_stakeholder
from tests.faults.proxy import FaultyLine
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
    """An archive of what is there now."""
    back_up(operations, path)
    return Archive(path)


def told(network: StakeholderNetwork) -> tuple[list[str], list[tuple[str, float | None]]]:
    """What a network says, apart from its revision."""
    return [node.name for node in network.nodes.values()], [(tie.id, tie.strength) for tie in network.ties]


def with_pauses(archive: Archive, pause: Callable[[Batch], object]) -> Archive:
    """That archive, with something done after each batch has been loaded."""
    whole = archive.batches

    def batches() -> Iterator[Batch]:
        for batch in whole():
            yield batch
            pause(batch)

    archive.batches = batches  # type: ignore[method-assign]
    return archive


def test_a_network_kept_from_before_a_restore_is_read_anew_and_not_patched_by_an_old_log(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    """As many changes before and after, so that plain counting would come to the number that was kept."""
    networks = Networks(store)
    fill(store)
    archive = archive_of(operations, tmp_path / "a")
    for number in range(3):
        store.create(a_stakeholder(name=f"before {number}"), ME)
        networks.get(ME)
    kept = networks.get(ME).revision
    store._connection.run_alone(RECORDS_GONE, {})
    put_back(operations, archive)
    assert store._connection.run_alone(CHANGES, {}) == [{"entries": 0}]
    assert store.revision(ME) > kept
    for number in range(3):
        store.create(a_stakeholder(name=f"after {number}"), ME)
    now = told(networks.get(ME))
    assert now == told(Networks(store).get(ME))
    assert {"after 0", "after 1", "after 2"} == {
        name for name in now[0] if " 0" in name or " 1" in name or " 2" in name
    }


def test_a_network_read_amid_a_restore_is_read_anew_once_it_is_done(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    fill(store)
    networks, amid = Networks(store), []
    archive = with_pauses(archive_of(operations, tmp_path / "a"), lambda _: amid.append(told(networks.get(ME))))
    whole = told(networks.get(ME))
    empty(store)
    put_back(operations, archive)
    assert ([], []) in amid
    assert told(networks.get(ME)) == whole


def test_revisions_rise_even_if_the_clock_has_gone_back(store: Store, operations: Operations, tmp_path: Path) -> None:
    store.create(a_stakeholder(), ME)
    ahead = parse("t", "// Ahead.\n// params: none\nMATCH (r:Revision) SET r.number = 9000000000000000\n")
    store._connection.run_alone(ahead, {})
    archive = archive_of(operations, tmp_path / "a")
    empty(store)
    put_back(operations, archive)
    assert store.revision(ME) == 9000000000000001


def test_of_two_restores_at_once_one_is_done_and_the_other_refused(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    fill(store)
    archive = archive_of(operations, tmp_path / "a")
    before = operations.fingerprint()
    empty(store)
    begun, refused = Event(), Event()

    def wait(_batch: Batch) -> None:
        begun.set()
        assert refused.wait(300)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(put_back, operations, with_pauses(Archive(tmp_path / "a"), wait))
        try:
            assert begun.wait(300)
            with pytest.raises(Conflict, match="under way") as raised:
                put_back(operations, archive)
        finally:
            refused.set()
        first.result(300)
    assert "Wait" in raised.value.cure
    assert operations.fingerprint() == before


def test_a_restore_that_waited_for_another_one_does_not_clear_what_that_one_restored(
    store: Store, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one comes and goes after the first look at the database and before the lock is taken."""
    store.create(a_stakeholder(name="theirs"), ME)
    theirs = archive_of(operations, tmp_path / "theirs")
    store.create(a_stakeholder(name="ours"), ME)
    ours = archive_of(operations, tmp_path / "ours")
    empty(store)
    hold = restore._hold

    def overtaken(run: StatementRunner) -> None:
        monkeypatch.setattr(restore, "_hold", hold)
        put_back(operations, theirs)
        hold(run)

    monkeypatch.setattr(restore, "_hold", overtaken)
    with pytest.raises(Conflict, match="not empty"):
        put_back(operations, ours)
    assert operations.fingerprint() == theirs.manifest.fingerprint


def test_a_backup_amid_writes_holds_each_write_whole_or_not_at_all(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    """Each write makes a pair, one after the other without a pause, but for what the backup makes them wait."""
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


@pytest.mark.parametrize("reaches", [True, False], ids=["that was done", "that was not"])
def test_a_restore_goes_on_where_the_line_breaks_during_commits(
    store: Store, operations: Operations, neo4j_connection: ServerAddress, tmp_path: Path, *, reaches: bool
) -> None:
    fill(store)
    archive = archive_of(operations, tmp_path / "a")
    before = operations.fingerprint()
    empty(store)
    with FaultyLine(neo4j_connection.uri).up() as line:
        line.pass_on = reaches
        there = Operations.open(
            line.uri, neo4j_connection.username, neo4j_connection.password, neo4j_connection.database
        )

        def lose(_batch: Batch) -> None:
            line.lose_next, lost[:] = 1, [*lost, line.lose_next]

        lost: list[int] = []
        put_back(there, with_pauses(archive, lose))
        there.close()
    assert len(lost) > 5
    assert set(lost) == {0}, "a line did not break, so nothing was shown"
    assert operations.fingerprint() == before
    store.prepare()
