"""Names as people write them, and the form they are searched by.

Every name is stored in Unicode NFC without outer or doubled white space; beside it is a transliterated, casefolded
form, so that ``Élisabeth`` is found by ``elisabeth`` and ``محمد`` by ``mhmd``. The search form finds candidates; it
never decides that two names are the same actor.
"""

import unicodedata
from functools import lru_cache

BLANK_CATEGORIES = ("Zs", "Zl", "Zp", "Cc", "Cf")
"""Unicode categories whose characters are invisible by themselves: white space, controls and formats."""

BLANK = (
    # Characters of other categories that show nothing: the Default_Ignorable_Code_Points (Unicode 15,
    # DerivedCoreProperties: fillers, variation selectors, the tag characters' plane), the braille pattern without dots
    # and the musical note head that is none.
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x2800, 0x2800),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1D159, 0x1D159), (0xE0000, 0xE0FFF),
)  # fmt: skip
SHOWN = (
    # Formats that are drawn: the signs that stand around Arabic, Syriac and Kaithi numbers.
    (0x0600, 0x0605), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891), (0x08E2, 0x08E2), (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
)  # fmt: skip


def shows(text: str) -> bool:
    """Return whether ``text`` has a visible character; false if it is empty or has only invisible ones.

    Joiners and marks between visible letters (U+200C in Persian, U+200F in Arabic) do not affect this.
    """
    return any(map(_shows, text))


def _shows(character: str) -> bool:
    code = ord(character)
    if unicodedata.category(character) in BLANK_CATEGORIES:
        return any(first <= code <= last for first, last in SHOWN)
    return not any(first <= code <= last for first, last in BLANK)


def blank_pattern() -> str:
    """Return the regular expression, as Java and so Cypher write it, of text that is not empty but invisible."""
    categories = "".join(rf"\p{{{category}}}" for category in BLANK_CATEGORIES)
    return f"[[{categories}{_class(BLANK)}]&&[^{_class(SHOWN)}]]+"


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(rf"\x{{{first:X}}}-\x{{{last:X}}}" for first, last in ranges)


def clean_name(text: str) -> str:
    """Return ``text`` in NFC with every run of white space (no-break spaces included) as one space, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=65_536)
def search_form(text: str) -> str:
    """Return the transliterated (ISO-style ASCII), casefolded form of a name."""
    from anyascii import anyascii  # lazy: the table is loaded only where names are written or searched

    return clean_name(anyascii(unicodedata.normalize("NFC", text))).casefold()
