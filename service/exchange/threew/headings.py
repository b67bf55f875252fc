"""Headings as people write them, in English and French → fields.

Headings are compared without case, accents, punctuation, spaces and short words such as "of", so that ``Acronyme de
l'Organisation``, ``Org. Acronym`` and ``ORG_ACRONYM`` are each a subject and an attribute. Only whole headings match: a
heading that merely contains a known word means something else.
"""

import re
from functools import lru_cache

from graph.text import search_form
from service.exchange.threew.fields import LEVELS, ChainRole, area_field, code_field
from service.exchange.threew.words import words_of

IGNORED_WORDS = frozenset(words_of("a, au, aux, d, de, des, du, en, l, la, le, les, of, par, the"))

ROLES = {
    ChainRole.DONOR: "donor, donateur, bailleur, bailleur de fonds, funder, funding agency, funding source, "
    "source of funding, financement, source de financement, source financement",
    ChainRole.PROGRAMME_PARTNER: "program partner, programme partner, programming partner, lead partner, lead agency, "
    "lead organisation, partenaire programme, partenaire de programme, agence lead, programming organisation",
    ChainRole.IMPLEMENTING_PARTNER: "implementing partner, implementing organisation, implementing agency, "
    "implementer, implementor, ip, partenaire de mise en œuvre, partenaire de mise en oeuvre, partenaire d'exécution, "
    "organisation de mise en œuvre, organisation de mise en oeuvre, agence d'exécution, partenaire implémentation",
    ChainRole.ORGANISATION: "organisation, org, partner, partenaire, agency, agence, organisme, structure, who, qui",
}

AREA_RANKS = (
    # From the widest area to the narrowest. No table has two columns from one line.
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

OTHER_HEADINGS = {
    "sector": "sector, secteur, cluster, sector cluster, cluster sector, secteur cluster, project sector, domaine, "
    "groupe sectoriel, what sector",
    "activity": "activity, activité, activities, activités, activity name, activity description, type of activity, "
    "activity type, type activité, description activité, intervention, quoi, what, indicator, indicateur",
    "status": "status, statut, activity status, project status, statut activité, état avancement, statut projet",
    # An acronym alone can only be the organisation's; a name or a type alone could belong to anything.
    ChainRole.ORGANISATION.acronym: ACRONYM,
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
    """Return a heading without case, accents, punctuation, spaces and ignored words, in British spelling."""
    words = [word for word in re.split(r"[^a-z0-9]+", search_form(heading)) if word and word not in IGNORED_WORDS]
    return (
        "".join(words).replace("organization", "organisation").replace("program", "programme").replace("mmeme", "mme")
    )


def field_of(heading: str) -> str | None:
    """Return the field that a heading names, ``None`` if unknown; for headings of areas see ``area_rank``."""
    return _fields().get(compact(heading))


def area_rank(heading: str) -> tuple[int, bool] | None:
    """Return the rank of the areas that a heading names (0 the widest), and whether it is their code."""
    return _ranks().get(compact(heading))


@lru_cache
def _fields() -> dict[str, str]:
    found = {compact(word): field for field, words in OTHER_HEADINGS.items() for word in words_of(words)}
    for role, words in ROLES.items():
        for subject in words_of(words):
            found |= _with_attribute(subject, TYPE, role.type)
            found |= _with_attribute(subject, ACRONYM, role.acronym)
            found |= _with_attribute(subject, NAME, str(role), bare=True)
    for level in LEVELS:
        for subject in (f"adm{level}", f"admin{level}", f"admin {level}", f"administrative level {level}"):
            found |= _with_attribute(subject, NAME, area_field(level), bare=True)
            found |= _with_attribute(subject, CODE, code_field(level))
    for subject in words_of(OTHER_HEADINGS["sector"]):
        found |= _with_attribute(subject, NAME, "sector")
        found |= _with_attribute(subject, f"{CODE}, {ACRONYM}", "sector_code")
    return found


@lru_cache
def _ranks() -> dict[str, tuple[int, bool]]:
    found: dict[str, tuple[int, bool]] = {}
    for rank, words in enumerate(AREA_RANKS):
        for word in words_of(words):
            for subject in (word, f"{word}s", _short(word)):
                found |= dict.fromkeys(_with_attribute(subject, NAME, "", bare=True), (rank, False))
                found |= dict.fromkeys(_with_attribute(subject, CODE, ""), (rank, True))
    return found


def _short(word: str) -> str:
    """Return the abbreviation that tables use in headings of codes: PROV_CODE, DIST_CODE."""
    return {"province": "prov", "district": "dist", "department": "dept", "governorate": "gov"}.get(word, word)


def _with_attribute(subject: str, attributes: str, field: str, *, bare: bool = False) -> dict[str, str]:
    """Return field by subject and attribute in either order; with ``bare`` also by the subject alone."""
    found = {compact(subject): field} if bare else {}
    for attribute in words_of(attributes):
        found[compact(f"{subject} {attribute}")] = field
        found[compact(f"{attribute} {subject}")] = field
    return found
