"""Several names in one cell: where a cell may be cut, decided by how the same table uses the parts.

``+``, ``;`` and line ends hardly ever stand inside a name, so a cell is cut there. Commas, slashes, dashes, ``&`` and
"and" do (``Water, Sanitation``, ``MSF - Belgium``, ``P&G``), so there a cell is cut only if each part also stands
alone in the table, at least as often as the whole. Words beside each other (``Rumonge Gitega Ngozi``) are cut, where
the caller allows it, if each word stands alone more often than the whole does.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

SURE = re.compile(r"\s+\+\s*|\s*\+\s+|\s*;\s*")
"""A plus needs a space beside it: ``A+B`` may be one name."""

UNSURE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\s+[-–—]\s*|\s*[-–—]\s+",
        r"\s*/\s*",
        r"\s*\|\s*",
        r"\s*,\s*",
        r"\s*&\s*",
        r"\s+(?:and|et)\s+",
    )
)

MAX_NAMES = 30
"""Most names a cell is cut into; the fullest consortium of the sample tables has four."""

BRACKETS = re.compile(r"(.+?)\s*\(([^()]+,[^()]+)\)")
"""``BUJUMBURA(MAIRIE,RURAL)``: the word in front belongs to each part."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The names in a cell. ``doubtful`` says that part of the one name left is a name of its own elsewhere."""

    names: tuple[str, ...]
    doubtful: bool = False


class Cutter:
    """Cuts the cells of one kind in one table.

    ``cells`` are all cells of that kind; ``same`` brings spellings of one name to one form. ``by_words`` allows cutting
    between words.
    """

    def __init__(self, cells: Iterable[str], *, same: Callable[[str], str], by_words: bool = False) -> None:
        self._same = same
        self._by_words = by_words
        self._alone: Counter[str] = Counter()
        for cell, times in Counter(cells).items():
            for part in _parts(SURE, cell):
                self._alone[same(part)] += times
        self._done: dict[str, Cut] = {}

    def cut(self, cell: str) -> Cut:
        """Return the names in a cell, in order, each once."""
        if cell not in self._done:
            parts = _parts(SURE, cell)
            # A cell of separators alone is a name like any other; one of very many parts is a text.
            cuts = [self._cut(part) for part in parts] if 0 < len(parts) <= MAX_NAMES else [Cut((cell,), bool(parts))]
            names = {self._same(name): name for cut in reversed(cuts) for name in reversed(cut.names)}
            self._done[cell] = Cut(tuple(reversed(names.values())), any(cut.doubtful for cut in cuts))
        return self._done[cell]

    def _cut(self, name: str) -> Cut:
        doubtful = False
        for separator in UNSURE:
            parts = _parts(separator, name)
            if len(parts) > 1 and all(part.count("(") == part.count(")") for part in parts):
                if self._stand_alone(parts, name):
                    return Cut(tuple(parts))
                doubtful = doubtful or any(self._alone[self._same(part)] for part in parts)
        if bracketed := BRACKETS.fullmatch(name):
            parts = [f"{bracketed[1]} {part.strip()}" for part in bracketed[2].split(",")]
            if self._stand_alone(parts, name):
                return Cut(tuple(parts))
        if self._by_words and len(words := name.split()) > 1 and self._stand_alone(words, name, oftener=True):
            return Cut(tuple(words))
        return Cut((name,), doubtful)

    def _stand_alone(self, parts: Sequence[str], whole: str, *, oftener: bool = False) -> bool:
        least = self._alone[self._same(whole)] + oftener
        return all(self._alone[self._same(part)] >= max(1, least) for part in parts)


def _parts(separator: re.Pattern[str], text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in separator.split(text)) if part]
