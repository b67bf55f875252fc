"""Several names in one cell: where to split it, decided by how the same table uses the parts.

``+``, ``;`` and line ends hardly ever occur inside a name, so a cell is always split there. Commas, slashes, dashes,
``&`` and "and" do (``Water, Sanitation``, ``MSF - Belgium``, ``P&G``), so a cell is split there only if each part also
occurs alone in the table, at least as often as the whole. Words without a separator (``Rumonge Gitega Ngozi``) are
split, if the caller allows it, if each word occurs alone more often than the whole.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

CERTAIN_SEPARATOR = re.compile(r"\s+\+\s*|\s*\+\s+|\s*;\s*")
"""A plus needs a space beside it: ``A+B`` may be one name."""

UNCERTAIN_SEPARATORS = tuple(
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
"""Most names that a cell is split into; the fullest consortium of the sample tables has four."""

BRACKETS = re.compile(r"(.+?)\s*\(([^()]+,[^()]+)\)")
"""``BUJUMBURA(MAIRIE,RURAL)``: the word before the brackets belongs to each part."""


@dataclass(frozen=True, slots=True)
class SplitCell:
    """The names in a cell. ``doubtful``: a part of an unsplit name also occurs alone elsewhere in the table."""

    names: tuple[str, ...]
    doubtful: bool = False


class CellSplitter:
    """Splits the cells of one kind in one table.

    ``cells`` are all cells of that kind; ``same`` returns the form in which spellings of one name are equal.
    ``by_words`` allows splitting between words.
    """

    def __init__(self, cells: Iterable[str], *, same: Callable[[str], str], by_words: bool = False) -> None:
        self._same = same
        self._by_words = by_words
        self._times_alone: Counter[str] = Counter()
        for cell, times in Counter(cells).items():
            for part in _split_at(CERTAIN_SEPARATOR, cell):
                self._times_alone[same(part)] += times
        self._by_cell: dict[str, SplitCell] = {}

    def split(self, cell: str) -> SplitCell:
        """Return the names in a cell, in order, each once."""
        if cell not in self._by_cell:
            parts = _split_at(CERTAIN_SEPARATOR, cell)
            # A cell of separators only is a name like any other; a cell of very many parts is running text.
            splits = (
                [self._split_name(part) for part in parts]
                if 0 < len(parts) <= MAX_NAMES
                else [SplitCell((cell,), bool(parts))]
            )
            names = {self._same(name): name for split in reversed(splits) for name in reversed(split.names)}
            self._by_cell[cell] = SplitCell(tuple(reversed(names.values())), any(split.doubtful for split in splits))
        return self._by_cell[cell]

    def _split_name(self, name: str) -> SplitCell:
        doubtful = False
        for separator in UNCERTAIN_SEPARATORS:
            parts = _split_at(separator, name)
            if len(parts) > 1 and all(part.count("(") == part.count(")") for part in parts):
                if self._all_occur_alone(parts, name):
                    return SplitCell(tuple(parts))
                doubtful = doubtful or any(self._times_alone[self._same(part)] for part in parts)
        if bracketed := BRACKETS.fullmatch(name):
            parts = [f"{bracketed[1]} {part.strip()}" for part in bracketed[2].split(",")]
            if self._all_occur_alone(parts, name):
                return SplitCell(tuple(parts))
        if self._by_words and len(words := name.split()) > 1 and self._all_occur_alone(words, name, more_often=True):
            return SplitCell(tuple(words))
        return SplitCell((name,), doubtful)

    def _all_occur_alone(self, parts: Sequence[str], whole: str, *, more_often: bool = False) -> bool:
        least = self._times_alone[self._same(whole)] + more_often
        return all(self._times_alone[self._same(part)] >= max(1, least) for part in parts)


def _split_at(separator: re.Pattern[str], text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in separator.split(text)) if part]
