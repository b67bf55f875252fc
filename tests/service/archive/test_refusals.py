"""Damaged archives, other files and unsuitable databases are refused before anything is changed."""

from itertools import chain
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from graph.access import LOCAL_ACTOR as ME
from graph.errors import Conflict, InvalidInput, StakeholderGraphError
from queries.admin.operations import Operations
from queries.schema import migrations
from queries.store import Store
from service.archive import Archive, back_up, restore_archive
from service.archive.encryption import _in_thread, parse_recipients, read_identities
from tests.builders import a_stakeholder
from tests.service.archive.missions import fill
from tests.stores import empty


@pytest.mark.parametrize("encrypted", [False, True])
def test_one_flipped_byte_is_refused_and_nothing_is_restored(
    store: Store, operations: Operations, tmp_path: Path, key: tuple[str, Path], *, encrypted: bool
) -> None:
    """Every 97th byte, and each of the first and last hundred; 97 is prime, so every field of a tar block is hit."""
    fill(store)
    back_up(operations, tmp_path / "a", recipients=[key[0]] if encrypted else ())
    empty(store)
    data = (tmp_path / "a").read_bytes()
    damaged = tmp_path / "damaged"
    for position in chain(range(100), range(100, len(data) - 100, 97), range(len(data) - 100, len(data))):
        damaged.write_bytes(data[:position] + bytes([data[position] ^ 0x10]) + data[position + 1 :])
        with pytest.raises(InvalidInput):
            restore_archive(operations, Archive(damaged, key[1] if encrypted else None))
    assert set(store.counts(ME).values()) == {0}


@pytest.mark.parametrize("encrypted", [False, True])
def test_an_archive_that_is_cut_off_or_has_extra_bytes_is_refused(
    store: Store, operations: Operations, tmp_path: Path, key: tuple[str, Path], *, encrypted: bool
) -> None:
    fill(store)
    back_up(operations, tmp_path / "a", recipients=[key[0]] if encrypted else ())
    data = (tmp_path / "a").read_bytes()
    for changed in (*(data[: len(data) * part // 10] for part in range(10)), data[:-1], data + b"\0"):
        (tmp_path / "damaged").write_bytes(changed)
        with pytest.raises(InvalidInput):
            Archive(tmp_path / "damaged", key[1] if encrypted else None)


def test_the_error_for_a_wrong_or_missing_key_has_a_cure(
    store: Store, operations: Operations, tmp_path: Path, key: tuple[str, Path]
) -> None:
    back_up(operations, tmp_path / "a", recipients=[key[0]])
    other = tmp_path / "other.txt"
    other.write_text(str(x25519.Identity.generate()))
    with pytest.raises(InvalidInput, match="None of the given keys") as raised:
        Archive(tmp_path / "a", other)
    assert "--identity" in raised.value.cure
    with pytest.raises(InvalidInput, match="is encrypted"):
        Archive(tmp_path / "a")
    back_up(operations, tmp_path / "plain")
    with pytest.raises(InvalidInput, match="not encrypted"):
        Archive(tmp_path / "plain", key[1])
    for text in ("", "# nothing\n", "AGE-SECRET-KEY-1QQ", "\udcff"):
        other.write_text(text, errors="surrogateescape")
        with pytest.raises(InvalidInput, match="no private age key"):
            Archive(tmp_path / "a", other)


def armoured(file: Path, key: tuple[str, Path]) -> bytes:
    """The archive as ``age --armor`` writes it."""
    plain = pyrage.decrypt(file.read_bytes(), read_identities(key[1]))
    return bytes(pyrage.encrypt(plain, parse_recipients([key[0]]), armored=True))


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["as age writes it", "as mail brings it"])
def test_an_armoured_archive_needs_its_key_and_is_refused_when_cut_off(
    store: Store, operations: Operations, tmp_path: Path, key: tuple[str, Path], line_end: bytes
) -> None:
    fill(store)
    about = back_up(operations, tmp_path / "a", recipients=[key[0]])
    text = armoured(tmp_path / "a", key).replace(b"\n", line_end)
    (tmp_path / "armoured").write_bytes(text)
    assert Archive(tmp_path / "armoured", key[1]).manifest == about
    with pytest.raises(InvalidInput, match="is encrypted"):
        Archive(tmp_path / "armoured")
    for cut in (len(text) // 3, len(text) // 2, text.rindex(b"-----END")):
        (tmp_path / "cut").write_bytes(text[:cut])
        with pytest.raises(InvalidInput, match="cut off"):
            Archive(tmp_path / "cut", key[1])


def test_a_panic_of_the_encryption_library_is_reported_as_a_failure(tmp_path: Path) -> None:
    """A panic of its Rust code is not a Python ``Exception``."""

    class Panic(BaseException):
        pass

    def panic() -> None:
        raise Panic

    with (tmp_path / "end").open("wb") as end, _in_thread(end, panic) as failed:
        assert isinstance(failed(), Panic)


@pytest.mark.parametrize("recipient", ["age1nobody", "x" * 100, "ssh-ed25519 AAAA"])
def test_an_invalid_public_key_is_refused_before_anything_is_written(
    operations: Operations, tmp_path: Path, recipient: str
) -> None:
    with pytest.raises(InvalidInput, match="not a public age key"):
        back_up(operations, tmp_path / "a", recipients=[recipient])
    assert not (tmp_path / "a").exists()


def test_only_its_owner_may_read_an_archive(operations: Operations, tmp_path: Path) -> None:
    back_up(operations, tmp_path / "a")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_database_with_records_is_refused_and_unchanged(store: Store, operations: Operations, tmp_path: Path) -> None:
    store.create(a_stakeholder(), ME)
    back_up(operations, tmp_path / "a")
    before = operations.fingerprint()
    with pytest.raises(Conflict, match="not empty") as raised:
        restore_archive(operations, Archive(tmp_path / "a"))
    assert "STAKEHOLDER_GRAPH_HOME" in raised.value.cure
    assert operations.fingerprint() == before


def test_an_archive_of_a_newer_schema_is_refused(
    store: Store, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(operations, tmp_path / "a")
    archive = Archive(tmp_path / "a")
    archive.manifest.schema["9000_later"] = "0"
    with pytest.raises(Conflict, match="newer version"):
        restore_archive(operations, archive)


def test_an_interrupted_restore_closes_the_database_until_it_is_run_again(
    store: Store, operations: Operations, tmp_path: Path
) -> None:
    fill(store)
    before = back_up(operations, tmp_path / "a").fingerprint
    empty(store)
    archive = Archive(tmp_path / "a")
    all_batches = archive.batches

    def interrupted() -> object:
        for batch in all_batches():
            if batch.kind == "tie_reports":
                raise InvalidInput("The disk has gone.")
            yield batch

    archive.batches = interrupted  # type: ignore[method-assign,assignment]
    with pytest.raises(InvalidInput, match="disk has gone"):
        restore_archive(operations, archive)
    with pytest.raises(Conflict, match="was interrupted") as raised:
        store.prepare()
    assert "restore` again" in raised.value.cure
    restore_archive(operations, Archive(tmp_path / "a"))
    store.prepare()
    assert operations.fingerprint() == before
    assert migrations.UNFINISHED not in migrations.applied(store._connection)


def test_a_file_that_is_not_an_archive_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"text\n", b"\0" * 20_000):
        (tmp_path / "a").write_bytes(data)
        with pytest.raises(StakeholderGraphError):
            Archive(tmp_path / "a")
