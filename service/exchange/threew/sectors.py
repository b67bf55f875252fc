"""Sectors by the names and codes that clusters use, in English and French.

An unknown sector is imported under its own name; it is not recognised as the same sector in another table under another
spelling.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from graph.text import search_form
from service.exchange.threew.headings import compact
from service.exchange.threew.words import words_of

SECTORS = {
    "camp_management": (
        "Camp coordination and management",
        (
            "cccm, ccm, camp coordination camp management, camp coordination management, camp management, "
            "site coordination, gestion des camps, coordination et gestion des camps, site management"
        ),
    ),
    "child_protection": (
        "Child protection",
        "child protection, cp, pro cpn, protection de l'enfance, protection enfant, protection enfance, pe, cp aor",
    ),
    "coordination": ("Coordination", "coordination, coordination and common services, ccs, services communs"),
    "early_recovery": (
        "Early recovery",
        "early recovery, erl, er, relèvement précoce, early recovery and livelihoods, relèvement, erll",
    ),
    "education": (
        "Education",
        (
            "education, edu, éducation, eie, education in emergencies, éducation en situation d'urgence, "
            "éducation en urgence, enseignement"
        ),
    ),
    "telecommunications": (
        "Emergency telecommunications",
        (
            "etc, emergency telecommunications, emergency telecommunication, télécommunications d'urgence, "
            "télécommunications, tel"
        ),
    ),
    "food_security": (
        "Food security",
        (
            "food security, fsc, food security and livelihoods, fsl, food security livelihoods, fsac, foodsec, "
            "food security agriculture, food security and agriculture, sécurité alimentaire, same, secal, "
            "sécurité alimentaire et moyens d'existence, sécurité alimentaire et moyen d'existence, fss, "
            "sécurité alimentaire et moyens de subsistance, food assistance, food, food security sector"
        ),
    ),
    "gender_based_violence": (
        "Gender-based violence",
        (
            "gender based violence, gbv, pro gbv, vbg, violences basées sur le genre, violence basée sur le genre, "
            "sgbv, gbv aor"
        ),
    ),
    "health": ("Health", "health, hea, santé, hlt"),
    "housing_land_property": (
        "Housing, land and property",
        "housing land and property, housing land property, hlp, pro hlp, logement terre et propriété, ltp",
    ),
    "livelihoods": (
        "Livelihoods",
        "livelihoods, livelihood, moyens d'existence, moyens de subsistance, moyen d'existence",
    ),
    "logistics": ("Logistics", "logistics, log, logistique"),
    "mine_action": (
        "Mine action",
        "mine action, pro min, action contre les mines, lutte anti mines, déminage, lam, ma",
    ),
    "multipurpose_cash": (
        "Multipurpose cash",
        (
            "multipurpose cash, multi purpose cash, mpc, mpca, cash, transferts monétaires, "
            "multi purpose cash assistance, cash assistance"
        ),
    ),
    "multi_sector": (
        "Multi-sector",
        (
            "multi sector, multisector, multi sectoral, multi cluster, multisectoriel, multi secteur, "
            "refugee response, multi sector refugees, réfugiés, réponse aux réfugiés"
        ),
    ),
    "nutrition": ("Nutrition", "nutrition, nut"),
    "protection": ("Protection", "protection, pro, prt, general protection, protection générale"),
    "shelter": (
        "Shelter and non-food items",
        (
            "shelter, shl, esnfi, es nfi, shelter nfi, shelter and nfi, nfi, emergency shelter and nfi, "
            "emergency shelter, emergency shelter and non food items, emergency shelter non food items, "
            "shelter non food items, abris, abris et ana, abris ame, abris et ame, abris nfi, abris et nfi, "
            "abris d'urgence et nfi, abris et articles non alimentaires, "
            "abris et articles ménagers essentiels, ame, snfi, shelter cluster"
        ),
    ),
    "social_cohesion": ("Social cohesion", "social cohesion, social stability, cohésion sociale, stabilité sociale"),
    "trafficking": (
        "Action against trafficking",
        "trafficking, tip, trafficking in persons, lutte contre la traite, traite des personnes, traite, pro tip",
    ),
    "wash": (
        "Water, sanitation and hygiene",
        (
            "wash, water sanitation hygiene, water sanitation and hygiene, wsh, eha, eau hygiène assainissement, "
            "eau hygiène et assainissement, eau assainissement et hygiène, eau assainissement hygiène, epah, aepha"
        ),
    ),
    "agriculture": ("Agriculture", "agriculture, agr, agriculture and livelihoods, agriculture livelihoods"),
}
"""Code → name and the spellings that mean it: global clusters, areas of responsibility, common further sectors."""


class SectorName(NamedTuple):
    """The code and the name of a sector."""

    code: str
    name: str


@lru_cache(maxsize=4096)
def sector_of(name: str, code: str) -> SectorName | None:
    """Return the sector of a row, ``None`` if both cells are empty.

    The name decides, whole or after a colon (``Operational presence: Health``); then the code, whole or without what
    follows an underscore (``WASH_OP``).
    """
    for text in (name, name.rpartition(":")[2], code, code.partition("_")[0]):
        if sector := _sectors().get(compact(text)):
            return sector
    text = name or code
    if not text:
        return None
    own_code = re.sub(r"[^a-z0-9]+", "_", search_form(code or name)).strip("_")
    return SectorName(own_code or search_form(text), text)


@lru_cache
def _sectors() -> dict[str, SectorName]:
    return {
        compact(word): SectorName(code, name)
        for code, (name, words) in SECTORS.items()
        for word in (name, *words_of(words))
    }
