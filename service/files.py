"""Write files whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from graph.errors import InvalidInput


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``, replacing it only once all of it is on disk.

    A map names people, so the file is readable by its owner alone (0600), and nothing of it is left behind where it
    could not be finished. Raises ``InvalidInput`` where it cannot be written.
    """
    with written_whole(path) as part:
        part.write(text.encode())


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to that takes the place of ``path`` once the block is done and all of it is on disk.

    Readable by its owner alone (0600); where the block fails, ``path`` stays what it was and nothing is left behind.
    Raises ``InvalidInput`` where it cannot be written.
    """
    try:
        target = path.resolve()  # a link stays a link to the file it names
        if target.exists() and not target.is_file():  # a device or a pipe would be replaced by our file
            raise InvalidInput(f"{path} is not a file.", cure="Name a file that is not there yet, or an older one.")
        with NamedTemporaryFile("wb", dir=target.parent, prefix=".", delete=False) as part:
            try:
                yield part.file
                part.flush()
                os.fsync(part.fileno())
                part.close()
                Path(part.name).replace(target)
            except BaseException:
                with suppress(OSError):
                    Path(part.name).unlink()
                raise
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be written: {error.strerror}.", cure="Name a file in a folder that exists and is yours."
        ) from error
