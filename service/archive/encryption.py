"""Encrypt and decrypt a file as a stream with age (age-encryption.org/v1).

The library reads one file and writes another in a single call; so it runs in a thread of its own, and a pipe of the
operating system connects it to the code that writes or reads the archive.
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

SIGNATURES = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")
"""The first bytes of every age file: of a binary one, and of an armoured one (``age --armor``), which is text."""


def parse_recipients(texts: Sequence[str]) -> "list[Recipient]":
    """Return the recipients with these public keys (``age1…``, ``ssh-ed25519 …``); raises ``InvalidInput``."""
    from pyrage import RecipientError, ssh, x25519

    parsed: list[Recipient] = []
    for text in texts:
        kind = ssh if text.startswith("ssh-") else x25519
        try:
            parsed.append(kind.Recipient.from_str(text.strip()))
        except RecipientError as error:
            raise InvalidInput(
                f"{text[:20]!r}… is not a public age key." if len(text) > 20 else f"{text!r} is not a public age key.",
                cure="Give the public key that age-keygen printed: age1 and 58 more characters.",
            ) from error
    return parsed


def read_identities(file: Path) -> "list[Identity]":
    """Return the private keys in a file of ``age-keygen``, or an OpenSSH key without passphrase.

    Raises ``InvalidInput``.
    """
    from pyrage import IdentityError, ssh, x25519

    try:
        data = file.read_bytes()
        if data.startswith(b"-----BEGIN"):
            return [ssh.Identity.from_buffer(data)]
        lines = (line.strip() for line in data.decode().splitlines())
        keys: list[Identity] = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (IdentityError, UnicodeDecodeError) as error:
        # The cause would quote the text that was read, which may be most of a private key.
        raise _no_identity(file) from error.with_traceback(None)
    except OSError as error:
        raise InvalidInput(
            f"{file} cannot be read: {error.strerror}.", cure="Check the path and its permissions."
        ) from error
    if not keys:
        raise _no_identity(file)
    return keys


def is_encrypted(file: Path) -> bool:
    """Tell whether a file begins as an age file. The library recognises armoured and binary files by itself."""
    with file.open("rb") as opened:
        return opened.read(max(map(len, SIGNATURES))).startswith(SIGNATURES)


@contextmanager
def encrypting(file: IO[bytes], recipients: "Sequence[Recipient]") -> Iterator[IO[bytes]]:
    """Give a file to write to; what is written is in ``file``, encrypted, once the block has ended.

    Raises ``InvalidInput`` if ``file`` cannot be written.
    """
    from pyrage import encrypt_io

    read_end, write_end = _pipe()
    with _in_thread(read_end, lambda: encrypt_io(read_end, file, recipients)) as failed:
        try:
            with write_end:
                yield write_end
        except BrokenPipeError:  # the thread has ended early; the error below gives its reason
            pass
        reason = failed()
    if reason:
        raise InvalidInput(f"The archive cannot be encrypted and written: {reason}.") from reason


@contextmanager
def decrypting(file: IO[bytes], keys: "Sequence[Identity]") -> Iterator[IO[bytes]]:
    """Give a file to read from: the decrypted content of ``file``.

    Raises ``InvalidInput`` for a wrong key and for a file that was changed or cut off, which is certain only once all
    of it has been read.
    """
    from pyrage import decrypt_io

    read_end, write_end = _pipe()
    with _in_thread(write_end, lambda: decrypt_io(file, write_end, keys)) as failed:
        try:
            with read_end:
                yield read_end
        except InvalidInput:  # the content is invalid, because of the error below if decryption failed
            if failed() is None:
                raise
        reason = failed()
    if reason and "matching keys" in str(reason):
        raise InvalidInput(
            "None of the given keys opens the archive, or its first lines were changed. Nothing was restored.",
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
def _in_thread(end: IO[bytes], work: Callable[[], object]) -> Iterator[Callable[[], BaseException | None]]:
    """Run ``work`` on one end of a pipe in a thread; give a function that waits for it and returns its error."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
            end.close()
        except BrokenPipeError:
            pass  # the reader has stopped early
        except BaseException as error:  # noqa: BLE001 - returned to the thread that waits; a panic of the library is not an Exception
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
        f"{file} has no private age key.",
        cure="Name a file made by age-keygen, or an OpenSSH key without a passphrase.",
    )
