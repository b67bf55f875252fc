"""How answers are put into plain English: counts, lists of names and what a category is called inside a sentence."""

from collections.abc import Collection

from graph.vocabulary import CATEGORIES

NAMES_IN_A_SENTENCE = 5
"""How many names a sentence lists before it only counts: more than a handful is read by nobody; the item has all."""

NOUNS = {"media": "media outlet", "private_sector": "private-sector actor", "other": "stakeholder"}
"""What one actor of a category is called where the category's label names no single actor."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return the number with its noun: ``1 tie``, ``2 ties``; ``plural`` where an s does not make it."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or noun + 's'}"


def listed(words: Collection[str]) -> str:
    """Return the words as a list in a sentence: ``A, B and C``; a long one names five and counts the rest."""
    shown = list(words)
    if len(shown) > NAMES_IN_A_SENTENCE + 1:
        shown = [*shown[:NAMES_IN_A_SENTENCE], f"{len(words) - NAMES_IN_A_SENTENCE:,} more"]
    return " and ".join(part for part in (", ".join(shown[:-1]), "".join(shown[-1:])) if part)


def category_noun(code: str) -> str:
    """Return what one actor of a category is called inside a sentence: ``local authority``, ``NGO``."""
    label = CATEGORIES[code].label if code in CATEGORIES else code
    return NOUNS.get(code, label if label[:2].isupper() else label[:1].lower() + label[1:])


def category_plural(code: str) -> str:
    """Return what several actors of a category are called inside a sentence: ``local authorities``, ``NGOs``."""
    noun = category_noun(code)
    return f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"


def ordinal(number: int) -> str:
    """Return the ordinal of a number: ``1st``, ``2nd``, ``3rd``, ``4th``, ``11th``."""
    teen = 10 <= number % 100 <= 20  # 11th to 13th break the rule of the last digit
    return f"{number:,}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
