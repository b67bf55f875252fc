"""Restore: check every byte of an archive before connecting to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InvalidInput
from queries.admin.operations import Batch, Operations
from service.archive import container
from service.archive.encryption import decrypting, is_encrypted, read_identities
from service.archive.manifest import Manifest
from service.archive.seal import Readable, check_seal

if TYPE_CHECKING:
    from service.archive.encryption import Identity


class Archive:
    """An archive that has been checked: its seal is correct and every part matches the manifest."""

    def __init__(self, path: Path, identity: Path | None = None) -> None:
        """Check the file. Raises ``InvalidInput`` if it is changed, cut off, not an archive, or not for this key."""
        try:
            self._path = path
            self._keys = self._keys_for(identity)
            with self._opened() as file:
                check_seal(file)
            with self._opened() as file:
                self.manifest: Manifest = container.read_manifest(file)
        except OSError as error:
            raise _unreadable(path, error) from error

    def batches(self) -> Iterator[Batch]:
        """Yield all rows, one part at a time."""
        try:
            with self._opened() as file:
                yield from container.batches(file, self.manifest)
        except OSError as error:
            raise _unreadable(self._path, error) from error

    @contextmanager
    def _opened(self) -> Iterator[Readable]:
        with self._path.open("rb") as file:
            if not self._keys:
                yield file
                return
            with decrypting(file, self._keys) as plain:
                yield plain

    def _keys_for(self, identity: Path | None) -> "list[Identity]":
        encrypted = is_encrypted(self._path)
        if encrypted and identity is None:
            raise InvalidInput(
                f"{self._path} is encrypted.", cure="Give --identity the file with a private key that opens it."
            )
        if identity and not encrypted:
            raise InvalidInput(
                f"{self._path} is not encrypted, or its first bytes were changed.",
                cure="If you trust where it comes from, leave --identity out.",
            )
        return read_identities(identity) if identity else []


def restore_archive(operations: Operations, archive: Archive) -> Manifest:
    """Load an archive into the database, which must have no records, and return the manifest.

    Raises ``Conflict`` before changing anything if the database is not empty or the archive is newer than this program;
    ``StoreUnavailable``. If interrupted, the database stays closed until a restore is run again.
    """
    manifest = archive.manifest
    operations.check_schema(manifest.schema)
    operations.restore(archive.batches, fingerprint=manifest.fingerprint)
    return manifest


def _unreadable(path: Path, error: OSError) -> InvalidInput:
    return InvalidInput(f"{path} cannot be read: {error.strerror}.", cure="Check the path and its permissions.")
