"""The small foundations: names, the vocabulary, who may see what, and the exception tree."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph.errors
from graph import vocabulary
from graph.access import LOCAL_ACTOR, Actor, Sensitivity, Viewer
from graph.errors import StakeholderGraphError
from graph.text import clean_name, search_form, shows
from graph.vocabulary import CATEGORIES, TIE_KINDS


@given(st.text())
def test_a_clean_name_is_composed_trimmed_and_stays_as_it_is(text: str) -> None:
    name = clean_name(text)
    assert unicodedata.is_normalized("NFC", name)
    assert name == name.strip()
    assert "  " not in name
    assert clean_name(name) == name


@pytest.mark.parametrize("spaces", ["\u00a0", "\u202f", "\t", "\n", " \u00a0 "])
def test_every_kind_of_white_space_is_one_space(spaces: str) -> None:
    assert clean_name(f"{spaces}Save{spaces}the Children{spaces}") == "Save the Children"


@pytest.mark.parametrize(
    ("name", "form"),
    [("Élisabeth", "elisabeth"), ("ÉLISABETH", "elisabeth"), ("محمد", "mhmd"), ("E\u0301lisabeth", "elisabeth")],
)
def test_names_are_found_without_their_marks_and_in_latin_letters(name: str, form: str) -> None:
    assert search_form(name) == form


INVISIBLE = {
    "zero-width space": "\u200b", "byte order mark": "\ufeff", "word joiner": "\u2060", "soft hyphen": "\u00ad",
    "Hangul fillers": "\u115f\u1160\u3164\uffa0", "braille without dots": "\u2800", "grapheme joiner": "\u034f",
    "variation selectors": "\ufe0f\U000e0100", "tags": "\U000e0041\U000e007f", "direction": "\u202a\u2069\u061c",
    "joiners": "\u200c\u200d", "white space": " \u00a0\u2003\t", "Khmer inherent vowels": "\u17b4\u17b5",
    "Mongolian selectors": "\u180b\u180e", "musical null": "\U0001d159", "annotation": "\ufff9\ufffb", "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
def test_what_holds_invisible_characters_alone_shows_nothing(text: str) -> None:
    assert not shows(text)
    assert not shows(text * 3)
    assert shows(f"{text}a")


@pytest.mark.parametrize("name", ["می‌خواهم", "क्‍ष", "x", "\u0600", "👩‍👩‍👧", "1", "。", "ㅎ"])
def test_a_name_in_any_script_shows(name: str) -> None:
    assert shows(name)


@given(st.text())
def test_a_search_form_does_not_depend_on_how_the_name_is_written_down(text: str) -> None:
    assert search_form(unicodedata.normalize("NFD", text)) == search_form(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("registry", [CATEGORIES, TIE_KINDS])
def test_every_word_of_the_vocabulary_is_filed_under_its_own_code(registry: dict[str, object]) -> None:
    assert [getattr(entry, "code", None) for entry in registry.values()] == list(registry)


def test_the_four_core_categories_and_all_tie_kinds_of_the_design_are_there() -> None:
    """From the domain model page of the design."""
    assert {"local_authority", "ngo", "community_leader", "mission_unit"} <= CATEGORIES.keys()
    contact = {"coordinates_with", "partners_with", "communicates_with", "trains", "supports", "mediates_for"}
    order = {"member_of", "reports_to", "has_authority_over", "holds_office", "funds", "depends_on"}
    sway = {"influences", "trusts", "kinship", "in_tension_with"}
    assert TIE_KINDS.keys() == contact | order | sway


def test_only_tension_has_a_negative_sign_and_carries_no_messages() -> None:
    assert [code for code, kind in TIE_KINDS.items() if kind.sign < 0] == ["in_tension_with"]
    assert not any(kind.carries_messages for kind in TIE_KINDS.values() if kind.sign < 0)
    assert all(kind.half_life_days > 0 for kind in TIE_KINDS.values())


@given(st.sampled_from(Sensitivity), st.lists(st.sampled_from(Sensitivity)))
def test_a_viewer_sees_what_is_no_more_sensitive_than_their_clearance(
    clearance: Sensitivity, levels: list[Sensitivity]
) -> None:
    assert Viewer("v", clearance).may_see(*levels) == all(level <= clearance for level in levels)


def test_the_words_of_sensitivity_lead_back_to_it() -> None:
    assert [Sensitivity.of(level.code) for level in Sensitivity] == list(Sensitivity)
    assert [level.code for level in sorted(Sensitivity)] == ["public", "restricted", "confidential", "protected"]
    with pytest.raises(KeyError):
        Sensitivity.of("secret")


def test_the_person_at_the_machine_may_see_and_change_everything() -> None:
    assert isinstance(LOCAL_ACTOR, Actor)
    assert LOCAL_ACTOR.may_see(*Sensitivity)


def test_every_failure_has_a_code_of_its_own_and_is_in_the_documented_tree() -> None:
    found = {StakeholderGraphError}
    while more := {child for error in found for child in error.__subclasses__()} - found:
        found |= more
    ours = [error for error in found if error.__module__ == graph.errors.__name__]
    assert len({error.code for error in ours}) == len(ours)
    drawn = graph.errors.__doc__ or ""
    assert all(error.__name__ in drawn for error in ours)


def test_the_registry_has_every_word_of_the_domain() -> None:
    """Expected values: the domain model's lists of categories, tie kinds, statuses and axes."""
    assert len(vocabulary.CATEGORIES) == 13
    assert len(vocabulary.TIE_KINDS) == 16
    assert [str(word) for word in vocabulary.EngagementStatus] == ["planned", "held", "cancelled", "refused"]
    assert [str(word) for word in vocabulary.CommitmentStatus] == ["open", "kept", "broken", "withdrawn"]
    assert [str(word) for word in vocabulary.ConcernStatus] == [
        "received",
        "acknowledged",
        "in_progress",
        "resolved",
        "closed",
    ]
    assert [str(word) for word in vocabulary.AssessmentAxis] == [
        "power",
        "interest",
        "legitimacy",
        "urgency",
        "position",
        "trust",
    ]
