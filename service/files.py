"""Write files whole or not at all."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from graph.errors import InvalidInput


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``, replacing it only once all of it is on disk.

    A map names people, so the file is readable by its owner alone (0600). Raises ``InvalidInput`` where it cannot be
    written.
    """
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".", delete=False) as part:
            part.write(text)
        Path(part.name).replace(path)
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be written: {error.strerror}.", cure="Name a file in a folder that exists and is yours."
        ) from error
