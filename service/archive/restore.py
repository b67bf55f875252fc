"""Restore: an archive is looked through to its last byte before the database is so much as asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InvalidInput
from queries.admin.operations import Batch, Operations
from service.archive import container
from service.archive.encryption import decrypting, identities, is_encrypted
from service.archive.manifest import Manifest
from service.archive.seal import Readable, check_seal

if TYPE_CHECKING:
    from service.archive.encryption import Identity


class Archive:
    """An archive that was found whole: its seal is true and every part is what the manifest says."""

    def __init__(self, path: Path, identity: Path | None = None) -> None:
        """Look it through. Raises ``InvalidInput`` if it is changed, cut off, not ours, or not for this key."""
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
        """Yield all rows, a part at a time."""
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
                cure="If you know where it comes from, leave --identity out.",
            )
        return identities(identity) if identity else []


def put_back(operations: Operations, archive: Archive) -> Manifest:
    """Load an archive into the database, which must hold no records, and return what the archive says of itself.

    Raises ``Conflict`` if the database is not empty or the archive is newer than this program, before anything is
    changed; ``StoreUnavailable``. If it is broken off, the database stays closed until a restore is run again.
    """
    about = archive.manifest
    operations.check_schema(about.schema)
    operations.restore(archive.batches, fingerprint=about.fingerprint)
    return about


def _unreadable(path: Path, error: OSError) -> InvalidInput:
    return InvalidInput(f"{path} cannot be read: {error.strerror}.", cure="Check the path and its rights.")
