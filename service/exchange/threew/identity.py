"""External ids: by them the second import of a table finds what the first one made.

``3w-et:acf`` is what the 3W tables of Ethiopia call Action contre la Faim; tables of one country share their
organisations, areas and activities, while each table is a source of its own. Areas with a p-code and sectors are the
same for everybody: ``pcode:ET060207``, ``sector:wash``.
"""

import re
from hashlib import sha256
from pathlib import PurePosixPath

from graph.text import clean_name
from service.exchange.tables.table import tidy
from service.exchange.threew.activities import Doing
from service.exchange.threew.links import Link
from service.exchange.threew.periods import MONTHS, Period
from service.exchange.threew.words import words_of

LONGEST = 200
"""Longest external id written out; longer ones end in a digest. Far below what a record allows, so that two of them
still fit into the id of a tie report."""

LONGEST_SCOPE = 60
"""Longest name of a family of tables."""

UNTOLD = {word for words in MONTHS for word in words.split()} | set(
    words_of("3w, 4w, 5w, 3ws, 4ws, who, what, where, when, q1, q2, q3, q4, t1, t2, t3, t4, hxl, hxlated, final, copy")
)
"""Words of a file name that do not tell one family of tables from another."""


def stem_of(filename: str) -> str:
    """Return a file's name without folder and ending, in one line; ``table`` where nothing is left."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    stem = tidy(re.sub(r"\.(csv|tsv|txt|xlsx|ods)$", "", name, flags=re.IGNORECASE))
    return _fitting(clean_name(stem.casefold()) or "table")


def scope_of(country: str, stem: str) -> str:
    """Return what the tables of one country share: its letters, else what the file name says besides time."""
    words = [word for word in re.split(r"[\W_]+", stem) if word and not word.isdecimal() and word not in UNTOLD]
    return f"3w-{country or _fitting('-'.join(words), LONGEST_SCOPE) or 'table'}"


def source_id(scope: str, stem: str) -> str:
    """Return the external id of a table."""
    return f"{scope}:{stem}"


def stakeholder_id(scope: str, key: str) -> str:
    """Return the external id of an organisation."""
    return _fitting(f"{scope}:{key}")


def area_id(scope: str, key: str) -> str:
    """Return the external id of an area: its p-code, or its name within its parent."""
    return key if key.startswith("pcode:") and "/" not in key else _fitting(f"{scope}:{key}")


def sector_id(code: str) -> str:
    """Return the external id of a sector."""
    return _fitting(f"sector:{code}")


def tie_report_id(source: str, link: Link, period: Period | None) -> str:
    """Return the external id of what a table says of a tie in a period."""
    return f"{source}/{link.kind}/{_digest(link.giver, link.taker)}/{period or 'undated'}"


def activity_id(scope: str, doing: Doing) -> str:
    """Return the external id of an activity: all that makes it this one."""
    participants = (part for key, role in doing.participants for part in (key, role))
    said = (
        *participants,
        "",
        doing.area or "",
        doing.sector or "",
        doing.text,
        doing.status,
        str(doing.since),
        str(doing.until),
    )
    return f"{scope}:activity/{_digest(*said)}"


def _fitting(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 33]}/{_digest(text)}"


def _digest(*parts: str) -> str:
    # 128 bits: no two of a billion activities meet by chance. The separator cannot stand in a tidied cell.
    return sha256("\x1f".join(parts).encode()).hexdigest()[:32]
