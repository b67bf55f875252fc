"""Names as people write them, and the form they are searched by.

Every name is kept in Unicode NFC without outer or doubled white space; next to it stands a transliterated, casefolded
form, so that ``Élisabeth`` is found by ``elisabeth`` and ``محمد`` by ``mhmd``. The search form finds candidates; it
never decides that two names are the same actor.
"""

import unicodedata
from functools import lru_cache


def clean_name(text: str) -> str:
    """Return ``text`` in NFC with every run of white space (no-break spaces included) as one space, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=65_536)
def search_form(text: str) -> str:
    """Return the transliterated (ISO-style ASCII), casefolded form of a name."""
    from anyascii import anyascii  # lazy: the table is loaded only where names are written or searched

    return clean_name(anyascii(unicodedata.normalize("NFC", text))).casefold()
