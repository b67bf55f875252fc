"""Write files completely or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from graph.errors import InvalidInput


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``, replacing it only once all of it is on disk.

    A map names people, so the file is readable by its owner only (0600), and nothing is left behind if it cannot be
    finished. Raises ``InvalidInput`` if it cannot be written.
    """
    with atomically_written(path) as temporary:
        temporary.write(text.encode())


@contextmanager
def atomically_written(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to; it replaces ``path`` once the block has ended and all of it is on disk.

    Readable by its owner only (0600); if the block fails, ``path`` is unchanged and nothing is left behind. Raises
    ``InvalidInput`` if it cannot be written.
    """
    try:
        target = path.resolve()  # a link is kept; the file it points to is replaced
        if target.exists() and not target.is_file():  # a device or a pipe would be replaced by a file
            raise InvalidInput(f"{path} is not a file.", cure="Name a new file, or an existing one to replace.")
        with NamedTemporaryFile("wb", dir=target.parent, prefix=".", delete=False) as temporary:
            try:
                yield temporary.file
                temporary.flush()
                os.fsync(temporary.fileno())
                temporary.close()
                Path(temporary.name).replace(target)
            except BaseException:
                with suppress(OSError):
                    Path(temporary.name).unlink()
                raise
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be written: {error.strerror}.",
            cure="Name a file in a folder that exists and is yours.",
        ) from error
