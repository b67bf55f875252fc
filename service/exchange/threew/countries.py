"""Countries by the letters that p-codes and file names use (ISO 3166-1).

The list has the countries with a humanitarian response or a mission, which publish 3W tables. A table from another
country can be imported too; its country is then known only by the letters of its p-codes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.text import search_form


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 alpha-2 and alpha-3 codes, English and French name."""

    alpha2: str
    alpha3: str
    name: str
    french: str


COUNTRIES = (
    Country("AF", "AFG", "Afghanistan", "Afghanistan"),
    Country("AM", "ARM", "Armenia", "Arménie"),
    Country("AO", "AGO", "Angola", "Angola"),
    Country("BD", "BGD", "Bangladesh", "Bangladesh"),
    Country("BF", "BFA", "Burkina Faso", "Burkina Faso"),
    Country("BI", "BDI", "Burundi", "Burundi"),
    Country("BJ", "BEN", "Benin", "Bénin"),
    Country("CD", "COD", "Democratic Republic of the Congo", "République démocratique du Congo"),
    Country("CF", "CAF", "Central African Republic", "République centrafricaine"),
    Country("CG", "COG", "Congo", "Congo"),
    Country("CI", "CIV", "Côte d'Ivoire", "Côte d'Ivoire"),
    Country("CM", "CMR", "Cameroon", "Cameroun"),
    Country("CO", "COL", "Colombia", "Colombie"),
    Country("CY", "CYP", "Cyprus", "Chypre"),
    Country("DJ", "DJI", "Djibouti", "Djibouti"),
    Country("EC", "ECU", "Ecuador", "Équateur"),
    Country("EH", "ESH", "Western Sahara", "Sahara occidental"),
    Country("ER", "ERI", "Eritrea", "Érythrée"),
    Country("ET", "ETH", "Ethiopia", "Éthiopie"),
    Country("GH", "GHA", "Ghana", "Ghana"),
    Country("GN", "GIN", "Guinea", "Guinée"),
    Country("GT", "GTM", "Guatemala", "Guatemala"),
    Country("GW", "GNB", "Guinea-Bissau", "Guinée-Bissau"),
    Country("HN", "HND", "Honduras", "Honduras"),
    Country("HT", "HTI", "Haiti", "Haïti"),
    Country("ID", "IDN", "Indonesia", "Indonésie"),
    Country("IQ", "IRQ", "Iraq", "Irak"),
    Country("JO", "JOR", "Jordan", "Jordanie"),
    Country("KE", "KEN", "Kenya", "Kenya"),
    Country("LB", "LBN", "Lebanon", "Liban"),
    Country("LK", "LKA", "Sri Lanka", "Sri Lanka"),
    Country("LR", "LBR", "Liberia", "Libéria"),
    Country("LS", "LSO", "Lesotho", "Lesotho"),
    Country("LY", "LBY", "Libya", "Libye"),
    Country("MD", "MDA", "Moldova", "Moldavie"),
    Country("MG", "MDG", "Madagascar", "Madagascar"),
    Country("ML", "MLI", "Mali", "Mali"),
    Country("MM", "MMR", "Myanmar", "Myanmar"),
    Country("MR", "MRT", "Mauritania", "Mauritanie"),
    Country("MW", "MWI", "Malawi", "Malawi"),
    Country("MZ", "MOZ", "Mozambique", "Mozambique"),
    Country("NE", "NER", "Niger", "Niger"),
    Country("NG", "NGA", "Nigeria", "Nigéria"),
    Country("NP", "NPL", "Nepal", "Népal"),
    Country("PE", "PER", "Peru", "Pérou"),
    Country("PH", "PHL", "Philippines", "Philippines"),
    Country("PK", "PAK", "Pakistan", "Pakistan"),
    Country("PS", "PSE", "Palestine", "Palestine"),
    Country("RW", "RWA", "Rwanda", "Rwanda"),
    Country("SD", "SDN", "Sudan", "Soudan"),
    Country("SL", "SLE", "Sierra Leone", "Sierra Leone"),
    Country("SN", "SEN", "Senegal", "Sénégal"),
    Country("SO", "SOM", "Somalia", "Somalie"),
    Country("SS", "SSD", "South Sudan", "Soudan du Sud"),
    Country("SV", "SLV", "El Salvador", "El Salvador"),
    Country("SY", "SYR", "Syria", "Syrie"),
    Country("TD", "TCD", "Chad", "Tchad"),
    Country("TG", "TGO", "Togo", "Togo"),
    Country("TL", "TLS", "Timor-Leste", "Timor-Leste"),
    Country("TR", "TUR", "Türkiye", "Turquie"),
    Country("TZ", "TZA", "Tanzania", "Tanzanie"),
    Country("UA", "UKR", "Ukraine", "Ukraine"),
    Country("UG", "UGA", "Uganda", "Ouganda"),
    Country("VE", "VEN", "Venezuela", "Venezuela"),
    Country("VU", "VUT", "Vanuatu", "Vanuatu"),
    Country("XK", "XKX", "Kosovo", "Kosovo"),
    Country("YE", "YEM", "Yemen", "Yémen"),
    Country("ZM", "ZMB", "Zambia", "Zambie"),
    Country("ZW", "ZWE", "Zimbabwe", "Zimbabwe"),
)


@lru_cache
def by_word() -> dict[str, Country]:
    """Return the countries by both codes and both names, in search form."""
    words = {}
    for country in COUNTRIES:
        for word in (country.alpha2, country.alpha3, country.name, country.french):
            words[search_form(word)] = country
    return words


def country_in(texts: Iterable[str]) -> Country | None:
    """Return the first country named in texts such as file names, by its name or its three-letter code.

    Two-letter codes are not read: ``ne`` and ``so`` are words.
    """
    words = {word: country for word, country in by_word().items() if len(word) > 2}
    longest = max(len(word.split()) for word in words)
    for text in texts:
        written = re.findall(r"[^\W\d_]+", search_form(text).replace("'", " "))
        for length in range(longest, 0, -1):
            for start in range(len(written) - length + 1):
                if found := words.get(" ".join(written[start : start + length])):
                    return found
    return None
