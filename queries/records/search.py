"""Names as the full-text index stores them, and user input as a query of that index.

Both are cut into the same words: runs of ASCII letters and digits of the search form. So nothing that a user types has
a meaning in the query language of the index, and ``N.G.O. d'Appui`` is found by ``appui`` and by ``n g o``.
"""

import re
from collections.abc import Iterable

from graph.errors import Finding, InvalidInput
from graph.text import search_form

NAME_CHARACTERS = 1_000
"""Search forms are stored up to this length: one emoji becomes up to 60 letters, and an index entry ends at 8 kB."""

QUERY_CHARACTERS = 200
"""Longest query: the longest organisation name in the sample 3W tables has 143."""

QUERY_WORDS = 12
"""Further words of a query are ignored: each costs a look-up, and twelve distinguish any two names."""

_WORD = re.compile(r"[0-9a-z]+")


def search_name(name: str) -> str:
    """Return the search form of a name as it is stored and compared."""
    return search_form(name)[:NAME_CHARACTERS]


def search_words(names: Iterable[str]) -> list[str]:
    """Return, for each name, its words in search form with single spaces between."""
    return [" ".join(_WORD.findall(search_name(name))) for name in names]


def words_query(text: str) -> str:
    """Return the full-text query for names with a word that starts with each word of ``text``; ``""`` if it has none.

    Raises ``InvalidInput`` for text longer than ``QUERY_CHARACTERS``.
    """
    if len(text) > QUERY_CHARACTERS:
        finding = Finding("/q", f"has {len(text)} characters", f"Use at most {QUERY_CHARACTERS}.")
        raise InvalidInput("The search text is too long.", cure=finding.cure, findings=[finding])
    words = _WORD.findall(search_name(text))[:QUERY_WORDS]
    return " ".join(f"+{word}*" for word in words)
