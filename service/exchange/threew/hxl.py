"""HXL tags → fields. HXL is being retired, so it is one way in among others, read where it stands and never required.

Tags are read as in ``#org +acronym``: spaces, case and the order of attributes do not matter
(HXL 1.1, hxlstandard.org).
"""

import re

from service.exchange.threew.fields import LEVELS, Part, area_field, code_field

TAG = re.compile(r"#\s*[A-Za-z]\w*(?:\s*\+\s*\w+)*")

PART_WORDS = {
    Part.DONOR: {"funder", "funding", "donor", "fund"},
    Part.PROGRAMME_PARTNER: {"prog", "program", "programme", "programming", "lead"},
    Part.IMPLEMENTING_PARTNER: {"impl", "implementing", "implementer", "partner"},
}

AREA_TAGS = {"country": 0, "adm0": 0} | {f"adm{level}": level for level in LEVELS}

DATE_WORDS = ("year", "quarter", "month", "start", "end")

ACRONYMS = {"acronym", "abbr", "short"}


def is_tag_row(cells: tuple[str, ...]) -> bool:
    """Tell whether a row is the row of tags: at least half of its filled cells are tags, and two or more."""
    filled = [cell for cell in cells if cell]
    tags = [cell for cell in filled if TAG.fullmatch(cell)]
    return len(tags) >= max(2, len(filled) / 2)


def field_of(text: str) -> str | None:
    """Return the field a tag stands for, ``None`` for a tag an import has no use for."""
    if not TAG.fullmatch(text):
        return None
    tag, *attributes = (word.strip() for word in text.lstrip("#").lower().split("+"))
    words = set(attributes)
    if tag == "org":
        return _organisation(words)
    if tag in AREA_TAGS:
        return code_field(AREA_TAGS[tag]) if "code" in words else area_field(AREA_TAGS[tag])
    if tag == "geo":
        return "latitude" if "lat" in words else "longitude" if "lon" in words else None
    if tag == "date":
        return next((word for word in DATE_WORDS if word in words), "date")
    if tag == "sector":
        return "sector_code" if words & ({"code"} | ACRONYMS) else "sector"
    if tag in {"activity", "status"}:
        return None if "code" in words else tag
    return None


def _organisation(words: set[str]) -> str | None:
    part = next((part for part, known in PART_WORDS.items() if words & known), Part.ORGANISATION)
    if "type" in words:
        return part.type
    if "code" in words:
        return None  # a register's number: neither what people call the organisation nor the same in the next table
    return part.acronym if words & ACRONYMS else str(part)
