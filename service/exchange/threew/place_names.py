"""Names of areas as people write them: which are equal, which are near, which name no area at all."""

import re
from functools import lru_cache

from graph.text import search_form
from service.exchange.threew.words import words_of

NEAR = 80
"""Similarity in per cent from which two names are said to be near: Karusi and Karuzi have 83."""

KIND_WORDS = re.compile(
    r"^(?:province|region|gouvernorat|governorate|departement|wilaya|etat|state)(?: de la| du| de| d| of)? (?=\S)"
    r"| (?:province|region|governorate|state)$"
)
"""Words that say what kind of area a name is (in search form without punctuation)."""

WHOLE_COUNTRY = frozenset(
    words_of(
        "couverture nationale, niveau national, national, nationale, nationwide, nation wide, countrywide, "
        "country wide, whole country, entire country, national coverage, national level, tout le pays, pays entier, "
        "ensemble du pays, toutes les provinces, toutes les regions, all provinces, all regions, all states, "
        "all districts, all governorates"
    )
)
"""Cells (in the form of ``same_place``) that speak of all of the area above."""

PART_OF_COUNTRY = re.compile(r"(?:toutes? les|tous les|all|every|chaque|multiple|plusieurs|several|various|divers)\b")
"""Opens a cell that speaks of many areas without naming them."""

TELLING = re.compile(
    r"\d+|north\w*|south\w*|east\w*|west\w*|nord\w*|sud\w*|est|ouest|central\w*|centre|upper|lower|haut\w*|bas|urban|"
    r"rural|urbain\w*|ville|town|city"
)
"""Words (in search form) by which two areas of otherwise one name differ on purpose."""


@lru_cache(maxsize=65_536)
def same_place(name: str) -> str:
    """Return the form in which two spellings of one area are equal."""
    plain = " ".join(re.split(r"[^a-z0-9]+", search_form(name))).strip()
    return KIND_WORDS.sub("", plain) or plain


def are_near(form: str, other: str) -> bool:
    """Tell whether two different forms of ``same_place`` may well be one area, for a person to judge."""
    from rapidfuzz import fuzz  # lazy: only imports compare names

    words, others = set(form.split()), set(other.split())
    if any(TELLING.fullmatch(word) for word in words ^ others):
        return False
    return words < others or others < words or fuzz.ratio(form, other) >= NEAR


def is_whole_country(name: str) -> bool:
    """Tell whether a cell speaks of everything inside the area above."""
    return same_place(name) in WHOLE_COUNTRY


def is_part_of_country(name: str) -> bool:
    """Tell whether a cell speaks of many areas without naming each."""
    return PART_OF_COUNTRY.match(search_form(name)) is not None
