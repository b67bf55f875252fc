"""Backup, deletion, restore: the same graph, to the last property."""

import io
import tarfile
from datetime import UTC, date, datetime
from gzip import decompress
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyrage import x25519

from graph.access import LOCAL_ACTOR as ME
from graph.errors import Conflict
from graph.model import Stakeholder
from graph.text import clean_name, shows
from graph.ties import TieReport
from queries import restore
from queries.admin.operations import Operations
from queries.archive import KINDS, reading
from queries.driver.statements import parse
from queries.schema import migrations
from queries.store import Changes, Once, Store
from service.archive import Archive, back_up, container, restore_archive
from service.demo import load
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.service.archive.missions import ODD, fill
from tests.stores import empty

RENAME = parse("tests/rename", "// Another name.\n// params: none\nMATCH (s:Stakeholder) SET s.name = 'other'\n")
STRAY = parse("tests/stray", "// A stray node.\n// params: none\nCREATE (:Stray)\n")
STRAYS = parse("tests/strays", "// No stray node.\n// params: none\nMATCH (n:Stray) DELETE n\n")
DATES = parse(
    "tests/dates",
    "// When what was applied.\n// params: none\nMATCH (m:Migration) RETURN m.applied_at AS at ORDER BY m.version\n",
)


def wiped_and_restored(operations: Operations, elsewhere: Operations, store: Store, archive: Archive) -> str:
    """The fingerprint after emptying both databases and restoring into ``elsewhere``."""
    empty(store)
    empty(Store(elsewhere._connection))
    restore_archive(elsewhere, archive)
    return elsewhere.fingerprint()


def test_the_graph_is_the_same_after_backup_deletion_and_restore(
    store: Store, operations: Operations, elsewhere: Operations, tmp_path: Path
) -> None:
    fill(store)
    store._connection.run_alone(ODD, {"instant": datetime(2024, 5, 1, 8, 0, 0, 1, tzinfo=UTC)})
    before = operations.fingerprint()
    counts = store.counts(ME)
    about = back_up(operations, tmp_path / "a", recipients=())
    assert about.fingerprint == before
    assert {kind for kind, rows in about.counts.items() if not rows} == set()
    assert wiped_and_restored(operations, elsewhere, store, Archive(tmp_path / "a")) == before
    again = Store(elsewhere._connection)
    assert again.counts(ME) == counts
    assert back_up(elsewhere, tmp_path / "b").counts == about.counts


def test_an_archive_moves_to_another_server_and_back(
    store: Store, operations: Operations, elsewhere: Operations, tmp_path: Path
) -> None:
    """The versions may differ: ``make test-next`` uses the newest and the long-term release."""
    fill(store)
    store._connection.run_alone(ODD, {"instant": datetime(2024, 5, 1, 8, 0, 0, 1, tzinfo=UTC)})
    before = operations.fingerprint()
    back_up(operations, tmp_path / "there")
    assert wiped_and_restored(operations, elsewhere, store, Archive(tmp_path / "there")) == before
    about = back_up(elsewhere, tmp_path / "back")
    assert about.neo4j == elsewhere.server().version
    assert wiped_and_restored(elsewhere, operations, Store(elsewhere._connection), Archive(tmp_path / "back")) == before
    assert operations.check() == []


def test_an_erased_stakeholder_is_in_no_archive(
    store: Store, operations: Operations, elsewhere: Operations, tmp_path: Path
) -> None:
    load(store, ME, date(2024, 5, 1))
    report = store.list(TieReport, ME, limit=1).items[0]
    gone = store.get(Stakeholder, report.from_id, ME)
    store.erase(gone.id, ME, version=gone.version)
    before = operations.fingerprint()
    back_up(operations, tmp_path / "a")
    assert wiped_and_restored(operations, elsewhere, store, Archive(tmp_path / "a")) == before
    assert elsewhere.check() == []
    assert gone.id not in {who.id for who in Store(elsewhere._connection).list(Stakeholder, ME, limit=500).items}


def test_what_would_be_refused_today_is_restored_and_named_by_check(
    store: Store, operations: Operations, elsewhere: Operations, tmp_path: Path
) -> None:
    fill(store)
    for change in (
        "MATCH (n:TieReport {kind: 'funds'}) SET n.observed_on = date('2140-01-01'), n.note = 'x'",
        "MATCH (n:Sector) SET n.name = '\\u200B'",
    ):
        store._connection.run_alone(parse("tests/old", f"// As before.\n// params: none\n{change}\n"), {})
    back_up(operations, tmp_path / "old")
    wiped_and_restored(operations, elsewhere, store, Archive(tmp_path / "old"))
    found = [(broken.kind, broken.what) for broken in elsewhere.check() if broken.kind in ("TieReport", "Sector")]
    assert found == [
        ("Sector", "has only invisible characters as name"),
        ("TieReport", "has a day in the future in observed_on"),
    ]
    restored = Store(elsewhere._connection)
    assert [sector.name for sector in restored.all_sectors(ME)] == ["\u200b"]
    (report,) = [report for report in restored.list(TieReport, ME).items if report.kind == "funds"]
    assert report.observed_on == date(2140, 1, 1)
    restored.delete(TieReport, report.id, ME, version=report.version)
    assert "TieReport" not in {broken.kind for broken in elsewhere.check()}


def test_the_demo_mission_is_restored_from_an_encrypted_archive(
    store: Store, operations: Operations, elsewhere: Operations, tmp_path: Path, key: tuple[str, Path]
) -> None:
    load(store, ME, date(2024, 5, 1))
    before = operations.fingerprint()
    back_up(operations, tmp_path / "a.age", recipients=[key[0]])
    data = (tmp_path / "a.age").read_bytes()
    assert data.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert wiped_and_restored(operations, elsewhere, store, Archive(tmp_path / "a.age", key[1])) == before


def test_an_encrypted_archive_is_the_plain_one_in_a_standard_age_file(
    store: Store, operations: Operations, elsewhere: Operations, tmp_path: Path, key: tuple[str, Path]
) -> None:
    """An age library decrypts our archive in one call, and we restore an archive that it encrypted."""
    fill(store)
    public, file = key
    before = operations.fingerprint()
    back_up(operations, tmp_path / "a.age", recipients=[public, str(x25519.Identity.generate().to_public())])
    identity = x25519.Identity.from_str(file.read_text().splitlines()[-1])
    plain = pyrage.decrypt((tmp_path / "a.age").read_bytes(), [identity])
    (tmp_path / "plain").write_bytes(plain)
    assert Archive(tmp_path / "plain").manifest == Archive(tmp_path / "a.age", file).manifest
    (tmp_path / "b.age").write_bytes(pyrage.encrypt(plain, [x25519.Recipient.from_str(public)]))
    assert wiped_and_restored(operations, elsewhere, store, Archive(tmp_path / "b.age", file)) == before


def test_an_idempotent_retry_is_recognised_after_a_restore(
    store: Store, operations: Operations, elsewhere: Operations, tmp_path: Path
) -> None:
    first = store.create(a_stakeholder(), ME, once=Once("key", "print"))
    back_up(operations, tmp_path / "a")
    wiped_and_restored(operations, elsewhere, store, Archive(tmp_path / "a"))
    again = Store(elsewhere._connection)
    assert again.create(a_stakeholder(), ME, once=Once("key", "print")) == first
    assert again.counts(ME)["stakeholders"] == 1


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "عمر الفاروق",
        "👩‍👩‍👧‍👦",
        "\u202eevil",
        "\r\n\u2028\x85\x1c",
        "\0",
        '{"date": "2024-01-01"}',
        "'}) DETACH DELETE n //",
    ]
)
FRACTIONS = st.none() | st.floats(0, 1)
TODAY = datetime.now(UTC)
DAYS = st.none() | st.dates(date(1, 1, 1), TODAY.date())


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_kept_comes_back(data: st.DataObject, store: Store, operations: Operations, tmp_path: Path) -> None:
    empty(store)
    names = [clean_name(text) if shows(text) else "x" for text in data.draw(st.lists(TEXT, min_size=2, max_size=5))]
    people = [
        a_stakeholder(name=name, description=data.draw(TEXT), languages=tuple(data.draw(st.lists(TEXT, max_size=2))))
        for name in names
    ]
    source = a_source()
    report = a_tie_report(
        from_id=people[0].id,
        to_id=people[1].id,
        source_id=source.id,
        strength=data.draw(FRACTIONS),
        trust=data.draw(FRACTIONS),
        valid_from=data.draw(DAYS),
        observed_on=data.draw(DAYS),
        recorded_at=data.draw(st.datetimes(datetime(1970, 1, 1), TODAY.replace(tzinfo=None), timezones=st.just(UTC))),  # noqa: DTZ001
        note=data.draw(TEXT),
    )
    store.apply(Changes(create=[*people, source, report]), ME)
    before = operations.fingerprint()
    records = [store.get(type(record), record.id, ME) for record in (*people, source, report)]
    back_up(operations, tmp_path / "a")
    empty(store)
    restore_archive(operations, Archive(tmp_path / "a"))
    assert operations.fingerprint() == before
    assert [store.get(type(record), record.id, ME) for record in records] == records


def test_one_changed_property_changes_the_fingerprint(store: Store, operations: Operations) -> None:
    fill(store)
    before = operations.fingerprint()
    store._connection.run_alone(RENAME, {})
    assert operations.fingerprint() != before


def test_tar_opens_an_archive_and_its_manifest_counts_its_rows(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    fill(store)
    about = back_up(operations, tmp_path / "a")
    with tarfile.open(tmp_path / "a") as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    assert list(files)[-1] == "manifest.json"
    lines = {part.name: len(decompress(files[part.name]).splitlines()) for part in about.parts}
    assert lines == {part.name: part.rows for part in about.parts}
    assert sum(lines.values()) == sum(about.counts.values())


def test_an_archive_of_many_small_parts_is_restored(
    store: Store, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    before = operations.fingerprint()
    monkeypatch.setattr(container, "PART_ROWS", 1)
    about = back_up(operations, tmp_path / "a")
    assert {part.rows for part in about.parts} == {1}
    empty(store)
    restore_archive(operations, Archive(tmp_path / "a"))
    assert operations.fingerprint() == before


def test_a_backup_interrupted_by_a_write_starts_again(
    store: Store, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create(a_stakeholder(name="early"), ME)
    add = container.ArchiveWriter.add
    written: list[str] = []

    def add_and_write(packing: container.ArchiveWriter, batch: Any) -> None:
        if not written:
            written.append(store.create(a_stakeholder(name="late"), ME).id)
        add(packing, batch)

    monkeypatch.setattr(container.ArchiveWriter, "add", add_and_write)
    assert back_up(operations, tmp_path / "a").counts["stakeholders"] == 2
    assert operations.fingerprint() == Archive(tmp_path / "a").manifest.fingerprint


def test_if_writers_never_pause_the_backup_fails_and_keeps_the_older_file(
    store: Store, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create(a_stakeholder(), ME)
    (tmp_path / "a").write_text("older")
    add = container.ArchiveWriter.add

    def add_and_write(packing: container.ArchiveWriter, batch: Any) -> None:
        if batch.kind == "stakeholders":
            store.create(a_stakeholder(), ME)
        add(packing, batch)

    monkeypatch.setattr(container.ArchiveWriter, "add", add_and_write)
    with pytest.raises(Conflict, match="3 attempts") as raised:
        back_up(operations, tmp_path / "a")
    assert "--hold" in raised.value.cure
    assert [file.name for file in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "older"


def test_with_hold_writers_wait_until_the_backup_is_done(store: Store, operations: Operations, tmp_path: Path) -> None:
    """A write that fails at the lock's time limit shows that the lock was held; afterwards writes succeed."""
    from graph.errors import StoreUnavailable

    store.create(a_stakeholder(), ME)

    def write_while_held(everything: reading.ArchiveReader) -> None:
        with pytest.raises(StoreUnavailable):
            store.create(a_stakeholder(), ME)
        assert sum(len(batch.lines) for batch in everything if batch.kind == "stakeholders") == 1

    operations.read_everything(write_while_held, hold=True)
    store.create(a_stakeholder(), ME)
    assert store.counts(ME)["stakeholders"] == 2


def test_data_that_an_archive_cannot_hold_is_an_error_and_not_left_out(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    store._connection.run_alone(STRAY, {})
    try:
        with pytest.raises(Conflict, match="1 nodes"):
            back_up(operations, tmp_path / "a")
    finally:
        store._connection.run_alone(STRAYS, {})
    assert list(tmp_path.iterdir()) == []


def test_a_restore_keeps_the_times_at_which_migrations_were_applied(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    before = store._connection.run_alone(DATES, {})
    back_up(operations, tmp_path / "a")
    restore_archive(operations, Archive(tmp_path / "a"))
    assert store._connection.run_alone(DATES, {}) == before


def test_every_kind_of_record_is_in_an_archive() -> None:
    assert {kind.label for kind in KINDS} >= {"Sector", "Area", "Source", "Stakeholder", "TieReport", "Activity"}


def test_an_archive_of_an_older_schema_is_migrated(
    store: Store, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create(a_stakeholder(), ME)
    back_up(operations, tmp_path / "a")
    empty(store)
    later = migrations.Migration("0099_later", "0" * 64, (parse("later", "// Later.\n// params: none\nRETURN 1\n"),))
    known = (*migrations.migrations(), later)
    monkeypatch.setattr(migrations, "migrations", lambda: known)
    monkeypatch.setattr(restore, "migrations", lambda: known)
    try:
        restore_archive(operations, Archive(tmp_path / "a"))
        assert "0099_later" in migrations.applied(store._connection)
        assert store.list(Stakeholder, ME).items
    finally:
        forget = parse("f", "// Forget it.\n// params: none\nMATCH (m:Migration {version: '0099_later'}) DELETE m\n")
        store._connection.run_alone(forget, {})


def test_the_seal_is_after_the_end_of_the_tar(store: Store, operations: Operations, tmp_path: Path) -> None:
    back_up(operations, tmp_path / "a")
    data = (tmp_path / "a").read_bytes()
    with tarfile.open(fileobj=io.BytesIO(data[:-79])) as tar:
        assert "manifest.json" in tar.getnames()
    assert data[-79:].startswith(b"sealed sha256 ")
