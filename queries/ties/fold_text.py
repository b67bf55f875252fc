"""The fold of a materialised tie as one text: all that a reader of whole networks needs of the tie.

The database looks up each property of a relationship separately, so a dozen of them cost more than the rest of a
network; they are stored beside this text for people who look at the graph in a graph browser. And of a million ties, a
reader turns numbers of a fixed width into arrays several times faster than words.

The text is the model of evidence, a colon, the numbers of ``FIELDS`` as they lie in memory (little-endian, in base 64),
and the origins as a JSON list. Days are ordinals, 0 where there is none; a value that no report gave is NaN.
"""

import json
from binascii import Error, a2b_base64, b2a_base64
from collections.abc import Sequence
from datetime import date
from math import isnan, nan
from struct import Struct
from typing import Any

from graph.evidence import EVIDENCE_MODEL, Fold

FIELDS = {
    "confirmed": "d",
    "strength": "d",
    "trust": "d",
    "holds_from": "i",
    "holds_to": "i",
    "first_confirmed": "i",
    "last_confirmed": "i",
    "reports": "i",
    "status": "b",
    "sign": "b",
    "undated": "b",
    "spare": "b",  # makes 48 bytes, so that base 64 of each text ends without padding
}
"""The numbers and their types, in the letters of ``struct`` and NumPy alike."""

STATUSES = ("present", "stale", "assessed_absent", "contested")
"""``status`` is the position in this list. Never change the order: databases store the number."""

SILENT, NOT_OURS = -1, -2
"""The status where no report covers the days of the window, and that of a text which is not of this model."""

MODEL = f"{EVIDENCE_MODEL}:"

_STRUCT = Struct("<" + "".join(FIELDS.values()))
_WIDTH = _STRUCT.size // 3 * 4
_ABSENT = {**dict.fromkeys(FIELDS, 0), **dict.fromkeys(("confirmed", "strength", "trust"), nan)}


def text_of(folded: Fold) -> str:
    """Return the text of a fold."""
    numbers = {
        "confirmed": folded.confirmed,
        "strength": nan if folded.strength is None else folded.strength,
        "trust": nan if folded.trust is None else folded.trust,
        "holds_from": _ordinal(folded.holds_from),
        "holds_to": _ordinal(folded.holds_to),
        "first_confirmed": folded.first_confirmed.toordinal(),
        "last_confirmed": folded.last_confirmed.toordinal(),
        "reports": folded.reports,
        "status": STATUSES.index(folded.status.value),
        "sign": folded.sign,
        "undated": folded.undated,
        "spare": 0,
    }
    return _dump(numbers, folded.origins)


def text_of_silence(begins: date | None, ends: date | None) -> str:
    """Return the text of a tie that no report covers from one day until before another."""
    return _dump({**_ABSENT, "holds_from": _ordinal(begins), "holds_to": _ordinal(ends), "status": SILENT}, ())


def numbers_of(texts: Sequence[str]) -> bytes:
    """Return the numbers of all texts end to end; a text that is not of this model has the status ``NOT_OURS``."""
    begin, end = len(MODEL), len(MODEL) + _WIDTH
    parts = [text[begin:end] or _NOT_OURS for text in texts]
    try:
        return _bytes(parts)
    except ValueError:  # one of them was written by another program: text by text
        return b"".join(_bytes_or_not_ours(part) for part in parts)


def origins_of(texts: Sequence[str]) -> list[str]:
    """Return the part of each text that names its origins, for ``names_of``: few of them differ."""
    begin = len(MODEL) + _WIDTH
    return [text[begin:] for text in texts]


def names_of(origins: str) -> tuple[str, ...]:
    """Return the origins by name; none where the text was written by another program."""
    try:
        return tuple(json.loads(origins))
    except (ValueError, TypeError):
        return ()


def values_of(text: str) -> dict[str, Any]:
    """Return the values of one text by name, ``None`` for those that no report gave."""
    numbers = _STRUCT.unpack(numbers_of([text if text.startswith(MODEL) else ""]))
    values = {name: None if isnan(number) else number for name, number in zip(FIELDS, numbers, strict=True)}
    return {**values, "origins": list(names_of(*origins_of([text])))}


def _dump(numbers: dict[str, Any], origins: Sequence[str]) -> str:
    packed = _STRUCT.pack(*(numbers[name] for name in FIELDS))
    return MODEL + _base64(packed) + json.dumps(origins, ensure_ascii=False, separators=(",", ":"))


def _base64(packed: bytes) -> str:
    return b2a_base64(packed, newline=False).decode("ascii")


_NOT_OURS = _base64(_STRUCT.pack(*{**_ABSENT, "status": NOT_OURS}.values()))


def _bytes(parts: Sequence[str]) -> bytes:
    """Return the decoded parts end to end; raises ``ValueError`` unless each is as long as it must be and base 64."""
    joined = "".join(parts)
    if len(joined) != _WIDTH * len(parts):
        raise Error("A text is too short.")
    return a2b_base64(joined, strict_mode=True)


def _bytes_or_not_ours(part: str) -> bytes:
    try:
        return _bytes([part])
    except ValueError:
        return _bytes([_NOT_OURS])


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
