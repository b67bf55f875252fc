"""HXL tags → fields. HXL is being retired, so tags are read if a table has them and never required.

In a tag such as ``#org +acronym``, spaces, case and the order of attributes do not matter (HXL 1.1, hxlstandard.org).
"""

import re

from service.exchange.threew.fields import LEVELS, ChainRole, area_field, code_field

TAG = re.compile(r"#\s*[A-Za-z]\w*(?:\s*\+\s*\w+)*")

ROLE_WORDS = {
    ChainRole.DONOR: {"funder", "funding", "donor", "fund"},
    ChainRole.PROGRAMME_PARTNER: {"prog", "program", "programme", "programming", "lead"},
    ChainRole.IMPLEMENTING_PARTNER: {"impl", "implementing", "implementer", "partner"},
}

AREA_TAGS = {"country": 0, "adm0": 0} | {f"adm{level}": level for level in LEVELS}

DATE_ATTRIBUTES = ("year", "quarter", "month", "start", "end")

ACRONYM_ATTRIBUTES = {"acronym", "abbr", "short"}


def is_tag_row(cells: tuple[str, ...]) -> bool:
    """Tell whether a row is the row of tags: two or more tags, and at least half of its filled cells."""
    filled = [cell for cell in cells if cell]
    tags = [cell for cell in filled if TAG.fullmatch(cell)]
    return len(tags) >= max(2, len(filled) / 2)


def field_of(text: str) -> str | None:
    """Return the field of a tag, ``None`` for a tag that an import does not read."""
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
        return next((word for word in DATE_ATTRIBUTES if word in words), "date")
    if tag == "sector":
        return "sector_code" if words & ({"code"} | ACRONYM_ATTRIBUTES) else "sector"
    if tag in {"activity", "status"}:
        return None if "code" in words else tag
    return None


def _organisation(words: set[str]) -> str | None:
    role = next((role for role, known in ROLE_WORDS.items() if words & known), ChainRole.ORGANISATION)
    if "type" in words:
        return role.type
    if "code" in words:
        return None  # a registration number: not a name of the organisation, and another one in the next table
    return role.acronym if words & ACRONYM_ATTRIBUTES else str(role)
