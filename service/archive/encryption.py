"""age encryption (age-encryption.org/v1) on the way into a file and out of it, a stream both ways.

The library reads from one end and writes to the other by itself; so it works in a thread of its own, and a pipe of the
operating system lies between it and whoever writes or reads the archive.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, TypeAlias

from graph.errors import InvalidInput

if TYPE_CHECKING:
    from pyrage import ssh, x25519

    Recipient: TypeAlias = "ssh.Recipient | x25519.Recipient"
    Identity: TypeAlias = "ssh.Identity | x25519.Identity"

BEGINNINGS = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")
"""How every age file begins: a binary one, and an armoured one, as text that can be mailed (``age --armor``)."""


def recipients(texts: Sequence[str]) -> "list[Recipient]":
    """Return the recipients with these public keys (``age1…``, ``ssh-ed25519 …``); raises ``InvalidInput``."""
    from pyrage import RecipientError, ssh, x25519

    found: list[Recipient] = []
    for text in texts:
        kind = ssh if text.startswith("ssh-") else x25519
        try:
            found.append(kind.Recipient.from_str(text.strip()))
        except RecipientError as error:
            raise InvalidInput(
                f"{text[:20]!r}… is no public key of age." if len(text) > 20 else f"{text!r} is no public key of age.",
                cure="Give what age-keygen printed as the public key: age1 and 58 more characters.",
            ) from error
    return found


def identities(file: Path) -> "list[Identity]":
    """Return the private keys in a file: ``age-keygen``'s, or an OpenSSH key without passphrase.

    Raises ``InvalidInput``.
    """
    from pyrage import IdentityError, ssh, x25519

    try:
        data = file.read_bytes()
        if data.startswith(b"-----BEGIN"):
            return [ssh.Identity.from_buffer(data)]
        lines = (line.strip() for line in data.decode().splitlines())
        found: list[Identity] = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (IdentityError, UnicodeDecodeError) as error:
        # The cause would quote what was read, and that may be most of somebody's key.
        raise _no_identity(file) from error.with_traceback(None)
    except OSError as error:
        raise InvalidInput(
            f"{file} cannot be read: {error.strerror}.", cure="Check the path and its rights."
        ) from error
    if not found:
        raise _no_identity(file)
    return found


def is_encrypted(file: Path) -> bool:
    """Tell whether a file says that age made it. The library tells an armoured one from a binary one by itself."""
    with file.open("rb") as opened:
        return opened.read(max(map(len, BEGINNINGS))).startswith(BEGINNINGS)


@contextmanager
def encrypting(file: IO[bytes], to: "Sequence[Recipient]") -> Iterator[IO[bytes]]:
    """Give something to write to; what is written lies in ``file``, encrypted, once the block is done.

    Raises ``InvalidInput`` where it cannot be written.
    """
    from pyrage import encrypt_io

    outlet, inlet = _pipe()
    with _beside(outlet, lambda: encrypt_io(outlet, file, to)) as failed:
        try:
            with inlet:
                yield inlet
        except BrokenPipeError:  # the other end has gone for the reason that follows
            pass
        reason = failed()
    if reason:
        raise InvalidInput(f"The archive cannot be encrypted and written: {reason}.") from reason


@contextmanager
def decrypting(file: IO[bytes], keys: "Sequence[Identity]") -> Iterator[IO[bytes]]:
    """Give something to read from; it holds what ``file`` holds encrypted.

    Raises ``InvalidInput`` for a wrong key and for a file that was changed or cut off, which is certain only once all
    of it has been read.
    """
    from pyrage import decrypt_io

    outlet, inlet = _pipe()
    with _beside(inlet, lambda: decrypt_io(file, inlet, keys)) as failed:
        try:
            with outlet:
                yield outlet
        except InvalidInput:  # what came out makes no sense: for the reason that follows, if there is one
            if failed() is None:
                raise
        reason = failed()
    if reason and "matching keys" in str(reason):
        raise InvalidInput(
            "None of the keys given opens the archive, or its first lines were changed. Nothing was restored.",
            cure="Give --identity the private key that belongs to one of its recipients.",
        ) from reason
    if reason:
        raise InvalidInput(
            "The archive is corrupted or cut off: it cannot be decrypted. Nothing was restored.",
            cure="Take another copy of it.",
        ) from reason


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    read, write = os.pipe()
    return os.fdopen(read, "rb"), os.fdopen(write, "wb")


@contextmanager
def _beside(end: IO[bytes], work: Callable[[], object]) -> Iterator[Callable[[], BaseException | None]]:
    """Run ``work`` on one end of a pipe in a thread, and give what tells why it failed once the other end is closed."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
            end.close()
        except BrokenPipeError:
            pass  # whoever reads has had enough
        except BaseException as error:  # noqa: BLE001 - told to the thread that waits; a panic of the library is none of Exception
            errors.append(error)
        finally:
            with suppress(OSError):
                end.close()

    thread = Thread(target=run, name="age", daemon=True)
    thread.start()

    def failed() -> BaseException | None:
        thread.join()
        return errors[0] if errors else None

    try:
        yield failed
    finally:
        thread.join()


def _no_identity(file: Path) -> InvalidInput:
    return InvalidInput(
        f"{file} holds no private key of age.",
        cure="Name the file that age-keygen made, or an OpenSSH key without a passphrase.",
    )
