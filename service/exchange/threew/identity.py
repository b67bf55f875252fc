"""External ids, by which the second import of a table finds the records of the first.

``3w-et:acf`` is Action contre la Faim in the 3W tables of Ethiopia: tables of one country share organisations, areas
and activities, while each table is a source of its own. Areas with a p-code and sectors have the same external id in
all countries: ``pcode:ET060207``, ``sector:wash``.
"""

import re
from hashlib import sha256
from pathlib import PurePosixPath

from graph.text import clean_name
from service.exchange.tables.table import tidy
from service.exchange.threew.activities import TableActivity
from service.exchange.threew.links import Link
from service.exchange.threew.periods import MONTHS, Period
from service.exchange.threew.words import words_of

MAX_ID_LENGTH = 200
"""Longest external id; longer ones are cut and end in a digest. Far below what a record allows, so that two of them
still fit into the id of a tie report."""

MAX_SCOPE_LENGTH = 60
"""Longest name of a series of tables."""

COMMON_WORDS = {word for words in MONTHS for word in words.split()} | set(
    words_of("3w, 4w, 5w, 3ws, 4ws, who, what, where, when, q1, q2, q3, q4, t1, t2, t3, t4, hxl, hxlated, final, copy")
)
"""Words of a file name that do not distinguish one series of tables from another."""


def stem_of(filename: str) -> str:
    """Return a file's name without folder and ending, on one line; ``table`` if nothing is left."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    stem = tidy(re.sub(r"\.(csv|tsv|txt|xlsx|ods)$", "", name, flags=re.IGNORECASE))
    return _shortened(clean_name(stem.casefold()) or "table")


def scope_of(country: str, stem: str) -> str:
    """Return the prefix shared by the tables of one country: its letters, else the file name without its date."""
    words = [word for word in re.split(r"[\W_]+", stem) if word and not word.isdecimal() and word not in COMMON_WORDS]
    return f"3w-{country or _shortened('-'.join(words), MAX_SCOPE_LENGTH) or 'table'}"


def source_id(scope: str, stem: str) -> str:
    """Return the external id of a table."""
    return f"{scope}:{stem}"


def stakeholder_id(scope: str, key: str) -> str:
    """Return the external id of an organisation."""
    return _shortened(f"{scope}:{key}")


def area_id(scope: str, key: str) -> str:
    """Return the external id of an area: its p-code, or its name within its parent."""
    return key if key.startswith("pcode:") and "/" not in key else _shortened(f"{scope}:{key}")


def sector_id(code: str) -> str:
    """Return the external id of a sector."""
    return _shortened(f"sector:{code}")


def tie_report_id(source: str, link: Link, period: Period | None) -> str:
    """Return the external id of a table's report of a tie in a period."""
    return f"{source}/{link.kind}/{_digest(link.from_key, link.to_key)}/{period or 'undated'}"


def activity_id(scope: str, activity: TableActivity) -> str:
    """Return the external id of an activity: a digest of all its fields."""
    participants = (part for key, role in activity.participants for part in (key, role))
    identifying = (
        *participants,
        "",
        activity.area or "",
        activity.sector or "",
        activity.text,
        activity.status,
        str(activity.since),
        str(activity.until),
    )
    return f"{scope}:activity/{_digest(*identifying)}"


def _shortened(text: str, longest: int = MAX_ID_LENGTH) -> str:
    return text if len(text) <= longest else f"{text[: longest - 33]}/{_digest(text)}"


def _digest(*parts: str) -> str:
    # 128 bits: no two of a billion activities collide by chance. The separator cannot occur in a tidied cell.
    return sha256("\x1f".join(parts).encode()).hexdigest()[:32]
