"""User input finds names, and has no other meaning to the index."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidInput
from queries.records.search import (
    NAME_CHARACTERS,
    QUERY_CHARACTERS,
    QUERY_WORDS,
    search_name,
    search_words,
    words_query,
)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Élisabeth", "+elisabeth*"),
        ("  water   COMMITTEE ", "+water* +committee*"),
        ("O'Brien", "+o* +brien*"),
        ("محمد", "+mhmd*"),
        ("a AND b) OR (c:*~2^10", "+a* +and* +b* +or* +c* +2* +10*"),
        ("!!! --", ""),
        ("", ""),
    ],
)
def test_a_query_is_for_words_that_start_with_those_typed(text: str, query: str) -> None:
    assert words_query(text) == query


@given(st.text(max_size=QUERY_CHARACTERS))
def test_any_text_is_only_words_to_the_index(text: str) -> None:
    assert re.fullmatch(rf"(\+[0-9a-z]+\*( \+[0-9a-z]+\*){{0,{QUERY_WORDS - 1}}})?", words_query(text))


@given(st.lists(st.text(max_size=600), max_size=3))
def test_search_forms_are_short_enough_for_the_index(names: list[str]) -> None:
    """An index entry ends at about 8,000 bytes; ASCII has one a character."""
    for form in (*search_words(names), *map(search_name, names)):
        assert len(form) <= NAME_CHARACTERS
        assert form.isascii()


def test_a_long_name_of_emoji_is_cut() -> None:
    assert len(search_name("👩‍👩‍👧‍👦" * 500)) == NAME_CHARACTERS


def test_text_over_the_limit_is_bad_input() -> None:
    with pytest.raises(InvalidInput) as raised:
        words_query("x" * (QUERY_CHARACTERS + 1))
    assert raised.value.findings[0].pointer == "/q"
