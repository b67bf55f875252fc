"""Names of areas as people write them: which are equal, which are similar, which name no area."""

import re
from functools import lru_cache

from graph.text import search_form
from service.exchange.threew.words import words_of

NEAR = 80
"""Similarity in per cent from which two names are reported as similar: Karusi and Karuzi have 83."""

KIND_WORDS = re.compile(
    r"^(?:province|region|gouvernorat|governorate|departement|wilaya|etat|state)(?: de la| du| de| d| of)? (?=\S)"
    r"| (?:province|region|governorate|state)$"
)
"""Words in a name for the kind of area (in search form without punctuation)."""

WHOLE_COUNTRY = frozenset(
    words_of(
        "couverture nationale, niveau national, national, nationale, nationwide, nation wide, countrywide, "
        "country wide, whole country, entire country, national coverage, national level, tout le pays, pays entier, "
        "ensemble du pays, toutes les provinces, toutes les regions, all provinces, all regions, all states, "
        "all districts, all governorates"
    )
)
"""Cells (in the form of ``area_name_form``) that mean all of the area above."""

PART_OF_COUNTRY = re.compile(r"(?:toutes? les|tous les|all|every|chaque|multiple|plusieurs|several|various|divers)\b")
"""Begins a cell that means many areas without naming them."""

DISTINGUISHING_WORD = re.compile(
    r"\d+|north\w*|south\w*|east\w*|west\w*|nord\w*|sud\w*|est|ouest|central\w*|centre|upper|lower|haut\w*|bas|urban|"
    r"rural|urbain\w*|ville|town|city"
)
"""Words (in search form) that distinguish two areas with otherwise equal names."""


@lru_cache(maxsize=65_536)
def area_name_form(name: str) -> str:
    """Return the form in which two spellings of one area are equal."""
    plain = " ".join(re.split(r"[^a-z0-9]+", search_form(name))).strip()
    return KIND_WORDS.sub("", plain) or plain


def are_near(form: str, other: str) -> bool:
    """Tell whether two different forms of ``area_name_form`` are similar enough to ask a person."""
    from rapidfuzz import fuzz  # lazy: only imports compare names

    words, others = set(form.split()), set(other.split())
    if any(DISTINGUISHING_WORD.fullmatch(word) for word in words ^ others):
        return False
    return words < others or others < words or fuzz.ratio(form, other) >= NEAR


def is_whole_country(name: str) -> bool:
    """Tell whether a cell means all of the area above."""
    return area_name_form(name) in WHOLE_COUNTRY


def is_part_of_country(name: str) -> bool:
    """Tell whether a cell means many areas without naming each."""
    return PART_OF_COUNTRY.match(search_form(name)) is not None
