"""The category of an organisation, from its type as tables write it (English and French) and its roles."""

import re
from collections.abc import Collection
from functools import lru_cache

from graph.text import search_form
from service.exchange.threew.area_names import area_name_form
from service.exchange.threew.fields import ChainRole
from service.exchange.threew.headings import compact
from service.exchange.threew.words import words_of

TYPES = {
    "ngo": "ngo, ong, international ngo, ingo, i ngo, ong internationale, ongi, national ngo, nngo, n ngo, lngo, "
    "local ngo, ong nationale, ongn, ong locale, ongl, non governmental organisation, "
    "organisation non gouvernementale, "
    "ong international, ong national, ong local, civil society, société civile, cso, osc, "
    "organisation de la société civile, civil society organisation, local ngos",
    "un_agency": "un, onu, un agency, united nations, nations unies, agence onu, agence un, agence des nations unies, "
    "agence onusienne, système des nations unies, un agencies, agence snu",
    "government": "government, govt, gov, gouvernement, governmental, gouvernemental, government agency, public, "
    "state institution, institution étatique, institution publique, ministry, ministère, authority, autorité, "
    "services étatiques, structure étatique, service technique de l'état, government entity, line ministry",
    "national_authority": "national government, national authority, federal government, gouvernement national",
    "local_authority": "local government, local authority, gouvernement local, autorité locale, municipality, mairie, "
    "state government, regional government, collectivité locale, collectivité territoriale",
    "donor": "donor, bailleur, bailleur de fonds, donateur, foreign government",
    "private_sector": "private, private sector, privé, secteur privé, company, entreprise, business",
    "community_group": "cbo, community based organisation, organisation à base communautaire, obc, oac, "
    "organisation communautaire, community group, women's group, youth group, association locale, faith based "
    "organisation, fbo, organisation confessionnelle, women led organisation, refugee led organisation",
    "security_force": "military, police, security forces, armed forces, forces de sécurité, armée, gendarmerie",
    "media": "media, médias",
    "armed_actor": "armed group, groupe armé, armed actor, non state armed group, nsag",
    # Red Cross and Red Crescent are not NGOs by their statutes, nor are embassies and universities.
    "other": "other, others, autre, autres, red cross, red crescent, croix rouge, croissant rouge, red cross movement, "
    "red cross red crescent, red cross red crescent movement, rcrc, icrc, cicr, ifrc, international organisation, "
    "organisation internationale, intergovernmental organisation, academic, academic research, university, "
    "université, embassy, ambassade, mouvement de la croix rouge, mouvement croix rouge",
}
"""Category → the types that mean it; for ``government`` the name decides."""

UN_SYSTEM = frozenset(
    words_of(
        "un, unicef, unhcr, hcr, wfp, pam, who, oms, undp, pnud, unfpa, fnuap, iom, oim, fao, unocha, ocha, unops, "
        "unesco, unaids, onusida, unmas, unodc, unep, pnue, ohchr, hcdh, unwomen, onufemmes, unhabitat, onuhabitat, "
        "unido, ilo, oit, ifad, fida, unrwa, undss, unctad, uncdf, unv, itu"
    )
)
"""Acronyms of the United Nations system, compact: recognised even if a table gives no type. IOM joined in 2016."""

LOCAL = re.compile(
    r"\b(state|regional|region|zonal|zone|woreda|district|municipal\w*|city|town|provincial|province|governorate|"
    r"commun\w+|county|local|lga|departement\w*|mairie|bureau|territoire|prefecture)\b"
)
"""Words in the name of a local or regional government body (in search form)."""


def known_type(text: str) -> str | None:
    """Return the category that a type means (or ``government``), ``None`` if unknown."""
    return _categories().get(compact(text))


def category_of(
    kind: str | None, spellings: Collection[str], roles: Collection[ChainRole], areas: Collection[str]
) -> str:
    """Return the category of an organisation.

    ``kind`` is the result of ``known_type``, ``spellings`` are the acronyms and names, ``areas`` names of areas in the
    form of ``area_name_form``. Who only funds is a ``donor``. Without any information the category is ``other``.
    """
    if kind == "government":
        local = any(LOCAL.search(search_form(name)) or _names_area(name, areas) for name in spellings)
        return "local_authority" if local else "national_authority"
    if kind:
        return kind
    if any(compact(spelling) in UN_SYSTEM for spelling in spellings):
        return "un_agency"
    return "donor" if set(roles) == {ChainRole.DONOR} else "other"


def _names_area(name: str, areas: Collection[str]) -> bool:
    """Tell whether one to four consecutive words of a name are an area."""
    words = area_name_form(name).split()
    runs = (words[start : start + length] for length in range(1, 5) for start in range(len(words)))
    return any(" ".join(run) in areas for run in runs)


@lru_cache
def _categories() -> dict[str, str]:
    return {compact(word): category for category, words in TYPES.items() for word in words_of(words)}
