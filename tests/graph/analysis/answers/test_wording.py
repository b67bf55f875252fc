import pytest

from graph.analysis.answers.wording import category_noun, category_plural, counted, listed, ordinal
from graph.vocabulary import CATEGORIES


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (list("ABCDEF"), "A, B, C, D, E and F"),
        (list("ABCDEFG"), "A, B, C, D, E and 2 more"),
    ],
)
def test_names_are_listed_with_commas_and_a_final_and(names: list[str], said: str) -> None:
    assert listed(names) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0 ties"), (1, "1 tie"), (2, "2 ties"), (1234, "1,234 ties")])
def test_a_count_agrees_with_its_noun(number: int, said: str) -> None:
    assert counted(number, "tie") == said


def test_an_irregular_plural_is_given() -> None:
    assert [counted(number, "child", "children") for number in (1, 2)] == ["1 child", "2 children"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (20, "20th"),
        (21, "21st"),
        (111, "111th"),
        (1002, "1,002nd"),
    ],
)
def test_ordinals_have_their_english_endings(number: int, said: str) -> None:
    assert ordinal(number) == said


def test_categories_read_well_in_the_middle_of_a_sentence() -> None:
    assert [(category_noun(code), category_plural(code)) for code in CATEGORIES] == [
        ("local authority", "local authorities"),
        ("NGO", "NGOs"),
        ("community leader", "community leaders"),
        ("mission unit", "mission units"),
        ("community group", "community groups"),
        ("UN agency", "UN agencies"),
        ("national authority", "national authorities"),
        ("security force", "security forces"),
        ("donor", "donors"),
        ("media outlet", "media outlets"),
        ("private-sector actor", "private-sector actors"),
        ("armed actor", "armed actors"),
        ("stakeholder", "stakeholders"),
    ]


def test_a_category_a_mission_added_is_read_as_it_is_written() -> None:
    assert category_noun("elders") == "elders"
