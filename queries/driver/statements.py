"""The statements: one ``.cypher`` file each, checked when it is loaded.

A file opens with comment lines: sentences that say what the statement does, then ``// params: a, b`` (or ``none``).
The header must declare exactly the parameters that the text uses, and a statement runs only with exactly these; so no
text from outside ever becomes part of a statement, and a forgotten parameter is found before the database is called.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

_COMMENT = re.compile(r"//[^\n]*")
_USED = re.compile(r"\$(?!(?:any|all)\()([A-Za-z_]\w*)")  # $any(...) is no parameter: it means "a label or type in"
_SECTIONS = re.compile(r";[ \t]*(?:\n|\Z)")


class StatementError(Exception):
    """A statement file, or a call of one, is wrong: a bug in this program, never in a user's input."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as read from its file. ``name`` is the path below ``queries`` without the ending."""

    name: str
    summary: str
    text: str
    params: frozenset[str]

    def bind(self, parameters: Mapping[str, object]) -> dict[str, object]:
        """Return the parameters; raises ``StatementError`` if they are not exactly the declared ones."""
        if parameters.keys() != self.params:
            missing, unknown = sorted(self.params - parameters.keys()), sorted(parameters.keys() - self.params)
            raise StatementError(f"{self.name}.cypher: parameters missing: {missing}, unknown: {unknown}.")
        return dict(parameters)


@cache
def statement(name: str) -> Statement:
    """Return the statement in ``queries/<name>.cypher``; raises ``StatementError`` if its header is wrong."""
    return parse(name, _read(name))


def statements(name: str) -> tuple[Statement, ...]:
    """Return the statements of a schema file, which may hold several, each ended by ``;`` at the end of a line."""
    whole = parse(name, _read(name))
    parts = (part.strip() for part in _SECTIONS.split(_COMMENT.sub("", whole.text)))
    return tuple(Statement(name, whole.summary, part, whole.params) for part in parts if part)


def source(name: str) -> str:
    """Return the whole text of ``queries/<name>.cypher`` with Unix line ends."""
    return _read(name)


def names(folder: str = "") -> tuple[str, ...]:
    """Return the names of all statement files in a folder and below, sorted."""
    start = resources.files("queries")
    return tuple(sorted(_walk(start.joinpath(folder) if folder else start, f"{folder}/" if folder else "")))


def parse(name: str, text: str) -> Statement:
    """Return ``text`` as a statement; raises ``StatementError`` if its header is missing or wrong."""
    header: list[str] = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        header.append(line.removeprefix("//").strip())
    if len(header) < 2 or not header[-1].startswith("params:"):
        raise StatementError(f"{name}.cypher: the header is a sentence and then a line '// params: a, b' or 'none'.")
    declared = [part.strip() for part in header[-1].removeprefix("params:").split(",")]
    params = frozenset() if declared == ["none"] else frozenset(declared)
    used = frozenset(_USED.findall(_COMMENT.sub("", text)))
    if params != used:
        raise StatementError(f"{name}.cypher: declares {sorted(params)} but uses {sorted(used)}.")
    return Statement(name, " ".join(header[:-1]), text, params)


def _read(name: str) -> str:
    file = resources.files("queries").joinpath(f"{name}.cypher")
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise StatementError(f"{name}.cypher: there is no such statement.") from error


def _walk(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".cypher"):
            yield prefix + entry.name.removesuffix(".cypher")
