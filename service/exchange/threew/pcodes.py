"""P-codes: the country they belong to, and the form in which equal ones are equal."""

import re
from collections import Counter

from graph.text import search_form
from service.exchange.threew.columns import Columns
from service.exchange.threew.counted import most_frequent
from service.exchange.threew.countries import Country, by_word, country_in
from service.exchange.threew.fields import LEVELS, code_field

PCODE = re.compile(r"([A-Z]{0,3})([0-9][A-Z0-9._-]{0,18})")
"""A p-code: a country's letters (two or three, some tables leave them out) and at least one digit."""


def country_of(columns: Columns, stem: str) -> str:
    """Return the two letters of the country that most rows name, else most p-codes have, else title or file name."""
    rows = columns.rows
    named = Counter(
        known.alpha2
        for row in rows
        for field_ in ("country_code", "country")
        if (known := by_word().get(search_form(columns.value(row, field_))))
    )
    if not named:
        fields = [code_field(level) for level in LEVELS if columns.has(code_field(level))]
        written = Counter(columns.value(row, field_).upper() for row in rows for field_ in fields)
        for code, times in written.items():
            if (match := PCODE.fullmatch(code)) and len(match[1]) > 1:
                named[_letters(match[1])] += times
    if named:
        return (most_frequent(named) or "").lower()
    known = country_in((columns.titles, columns.table.name, stem))
    return known.alpha2.lower() if known else ""


def _letters(prefix: str) -> str:
    """Return a country's two letters for the three that some tables use; unknown letters unchanged."""
    known: Country | None = by_word().get(prefix.lower())
    return known.alpha2 if known else prefix


def pcode_form(written: str, country: str) -> str:
    """Return the form in which two spellings of one p-code are equal, ``""`` if it is not a p-code.

    ``NGA036`` and ``NG036`` are equal. A number alone is a code of the table's country, distinct from one with letters.
    """
    match = PCODE.fullmatch(written.upper())
    if not match:
        return ""
    return _letters(match[1]) + match[2] if match[1] else f"{country.upper()}-{match[2]}"


def country_pcode(written: str) -> str:
    """Return a country's p-code as the two letters that ``pcode_form`` uses, ``""`` if it is not one."""
    letters = written.upper()
    return _letters(letters) if re.fullmatch(r"[A-Z]{2,3}", letters) else ""
