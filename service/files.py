"""Write files whole or not at all."""

from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from graph.errors import InvalidInput


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``, replacing it only once all of it is on disk.

    A map names people, so the file is readable by its owner alone (0600), and nothing of it is left behind where it
    could not be finished. Raises ``InvalidInput`` where it cannot be written.
    """
    try:
        target = path.resolve()  # a link stays a link to the file it names
        if target.exists() and not target.is_file():  # a device or a pipe would be replaced by our file
            raise InvalidInput(f"{path} is not a file.", cure="Name a file that is not there yet, or an older map.")
        _write_whole(target, text)
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be written: {error.strerror}.", cure="Name a file in a folder that exists and is yours."
        ) from error


def _write_whole(target: Path, text: str) -> None:
    with NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, prefix=".", delete=False) as part:
        try:
            part.write(text)
            part.close()
            Path(part.name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(part.name).unlink()
            raise
