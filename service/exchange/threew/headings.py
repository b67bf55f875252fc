"""Headings as people write them, in English and French → fields.

A heading is compared without case, accents, punctuation, spaces and little words, so that ``Acronyme de
l'Organisation``, ``Org. Acronym`` and ``ORG_ACRONYM`` are each a subject and an attribute put together. Only whole
headings count: a heading that merely contains a known word says something else.
"""

import re
from functools import lru_cache

from graph.text import search_form
from service.exchange.threew.fields import LEVELS, Part, area_field, code_field
from service.exchange.threew.words import words_of

LITTLE_WORDS = frozenset(words_of("a, au, aux, d, de, des, du, en, l, la, le, les, of, par, the"))

PARTS = {
    Part.DONOR: "donor, donateur, bailleur, bailleur de fonds, funder, funding agency, funding source, "
    "source of funding, financement, source de financement, source financement",
    Part.PROGRAMME_PARTNER: "program partner, programme partner, programming partner, lead partner, lead agency, "
    "lead organisation, partenaire programme, partenaire de programme, agence lead, programming organisation",
    Part.IMPLEMENTING_PARTNER: "implementing partner, implementing organisation, implementing agency, implementer, "
    "implementor, ip, partenaire de mise en œuvre, partenaire de mise en oeuvre, partenaire d'exécution, "
    "organisation de mise en œuvre, organisation de mise en oeuvre, agence d'exécution, partenaire implémentation",
    Part.ORGANISATION: "organisation, org, partner, partenaire, agency, agence, organisme, structure, who, qui",
}

SUBJECT_LEVELS = (
    # From the widest area to the narrowest. Words on one line never stand in one table side by side.
    "region, région",
    "state, état, province, governorate, gouvernorat, wilaya, department, département, county, oblast, emirate",
    (
        "zone, prefecture, préfecture, lga, local government area, raion, territoire, territory, caza, cercle, "
        "district, municipality, municipio"
    ),
    "woreda, commune, sub district, sous préfecture, sub prefecture, township, payam, tehsil, arrondissement, hromada",
    "kebele, village, locality, localité, boma, site, settlement, quartier, ward, camp, fokontany, colline",
)

ACRONYM = "acronym, acronyme, sigle, abbreviation, abréviation, abbr, short name, nom court"
NAME = "name, nom, full name, nom complet, title"
TYPE = "type, category, catégorie"
CODE = "code, pcode, p code, pcod, p cod, id"

OTHERS = {
    "sector": "sector, secteur, cluster, sector cluster, cluster sector, secteur cluster, project sector, domaine, "
    "groupe sectoriel, what sector",
    "activity": "activity, activité, activities, activités, activity name, activity description, type of activity, "
    "activity type, type activité, description activité, intervention, quoi, what, indicator, indicateur",
    "status": "status, statut, activity status, project status, statut activité, état avancement, statut projet",
    # Alone it can only be the organisation's; a name or a type alone could be anybody's.
    Part.ORGANISATION.acronym: ACRONYM,
    "latitude": "latitude, lat, y, gps latitude",
    "longitude": "longitude, long, lon, lng, x, gps longitude",
    "date": "date, period, période, reporting period, reporting month, période de rapport, date de rapport",
    "start": "start, start date, date de début, date début, début, from date, project start date, activity start date",
    "end": "end, end date, date de fin, date fin, fin, to date, project end date, activity end date",
    "year": "year, année, annee, reporting year",
    "quarter": "quarter, trimestre",
    "month": "month, mois",
    "country": "country, pays, country name, admin0, adm0, admin 0 name, adm0 name, nom du pays",
    "country_code": "country code, code pays, iso3, iso2, admin0 code, adm0 code, admin0 pcode, adm0 pcode",
}


def compact(heading: str) -> str:
    """Return a heading without case, accents, punctuation, spaces and little words, organisation spelled one way."""
    words = [word for word in re.split(r"[^a-z0-9]+", search_form(heading)) if word and word not in LITTLE_WORDS]
    return (
        "".join(words).replace("organization", "organisation").replace("program", "programme").replace("mmeme", "mme")
    )


def field_of(heading: str) -> str | None:
    """Return the field a heading names by itself; words for areas wait for ``area_rank``."""
    return _fields().get(compact(heading))


def area_rank(heading: str) -> tuple[int, bool] | None:
    """Return how wide the areas are that a heading speaks of (0 the widest), and whether it is their code."""
    return _ranks().get(compact(heading))


@lru_cache
def _fields() -> dict[str, str]:
    found = {compact(word): field for field, words in OTHERS.items() for word in words_of(words)}
    for part, words in PARTS.items():
        for subject in words_of(words):
            found |= _with_attribute(subject, TYPE, part.type)
            found |= _with_attribute(subject, ACRONYM, part.acronym)
            found |= _with_attribute(subject, NAME, str(part), bare=True)
    for level in LEVELS:
        for subject in (f"adm{level}", f"admin{level}", f"admin {level}", f"administrative level {level}"):
            found |= _with_attribute(subject, NAME, area_field(level), bare=True)
            found |= _with_attribute(subject, CODE, code_field(level))
    for subject in words_of(OTHERS["sector"]):
        found |= _with_attribute(subject, NAME, "sector")
        found |= _with_attribute(subject, f"{CODE}, {ACRONYM}", "sector_code")
    return found


@lru_cache
def _ranks() -> dict[str, tuple[int, bool]]:
    found: dict[str, tuple[int, bool]] = {}
    for rank, words in enumerate(SUBJECT_LEVELS):
        for word in words_of(words):
            for subject in (word, f"{word}s", _short(word)):
                found |= dict.fromkeys(_with_attribute(subject, NAME, "", bare=True), (rank, False))
                found |= dict.fromkeys(_with_attribute(subject, CODE, ""), (rank, True))
    return found


def _short(word: str) -> str:
    """Return the abbreviation tables use beside codes: PROV_CODE, DIST_CODE."""
    return {"province": "prov", "district": "dist", "department": "dept", "governorate": "gov"}.get(word, word)


def _with_attribute(subject: str, attributes: str, field: str, *, bare: bool = False) -> dict[str, str]:
    """Return the field under subject and attribute put together, either first; also under the bare subject."""
    found = {compact(subject): field} if bare else {}
    for attribute in words_of(attributes):
        found[compact(f"{subject} {attribute}")] = field
        found[compact(f"{attribute} {subject}")] = field
    return found
