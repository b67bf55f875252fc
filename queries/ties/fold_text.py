"""What a drawn tie was folded to, as the one text that a reader of whole networks needs of it.

The database takes as long for each property of a relationship that it looks up, so a dozen of them cost more than all
else of a network; they stand beside this text for whoever looks at the graph with a browser. The text is a JSON list:
the model of evidence and the other values of ``FIELDS``, days as ordinals. Where no report speaks of the day of
writing, only the window says something.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from graph.evidence import EVIDENCE_MODEL, Fold

FIELDS = (
    "evidence_model",
    "holds_from",
    "holds_to",
    "status",
    "confirmed",
    "strength",
    "trust",
    "sign",
    "first_confirmed",
    "last_confirmed",
    "reports",
    "undated",
    "origins",
)

_NOTHING = [None] * len(FIELDS)


def text_of(folded: Fold) -> str:
    """Return the text of a fold."""
    return _dump(getattr(folded, name) for name in FIELDS[1:])


def text_of_silence(begins: date | None, ends: date | None) -> str:
    """Return the text of a tie of which nothing is said from one day until before another."""
    return _dump([begins, ends, *_NOTHING[3:]])


def columns_of(texts: Sequence[str]) -> Mapping[str, Sequence[Any]]:
    """Return the values of all texts by field; of a text that is none of ours, such as ``null``, all are ``None``."""
    try:
        found = json.loads(f"[{','.join(texts)}]")
    except ValueError:
        found = []
    if len(found) != len(texts):  # somebody else wrote into one of them: text by text
        found = [_load(text) for text in texts]
    lines = [line if line.__class__ is list and len(line) == len(FIELDS) else _NOTHING for line in found]
    return dict(zip(FIELDS, zip(*lines, strict=True), strict=True)) if lines else dict.fromkeys(FIELDS, ())


def _dump(values: Iterable[object]) -> str:
    return json.dumps([EVIDENCE_MODEL, *values], default=date.toordinal, ensure_ascii=False, separators=(",", ":"))


def _load(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
