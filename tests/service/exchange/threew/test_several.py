"""Where a cell with several names is cut. The examples stand in the real tables."""

import pytest

from service.exchange.threew.place_names import same_place
from service.exchange.threew.several import MAX_NAMES, Cutter


def names(cell: str, *others: str) -> tuple[str, ...]:
    return Cutter((cell, *others), same=str.casefold).cut(cell).names


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Imam Sader Foundation + WVL + DCA", ("Imam Sader Foundation", "WVL", "DCA")),
        ("ISF+ WV+ WFP", ("ISF", "WV", "WFP")),
        ("ACF; MSF ;IRC", ("ACF", "MSF", "IRC")),
        ("ACF + acf", ("ACF",)),
        ("+ ACF +", ("ACF",)),
    ],
)
def test_a_plus_or_semicolon_parts_names(cell: str, parts: tuple[str, ...]) -> None:
    assert names(cell) == parts


@pytest.mark.parametrize(
    "cell",
    [
        "Handicap International - Humanity & Inclusion",
        "Water, Sanitation and Hygiene Trust",
        "OCHA - EHF",
        "AAH/ACF",
        "HEKS/EPER",
        "P&G",
        "A+B",
        "Action Against Hunger | ACF-USA",
        "Health, Development and Anti-Malaria Association",
        "BUJUMBURA(MAIRIE",
    ],
)
def test_a_name_is_left_whole(cell: str) -> None:
    assert names(cell) == (cell,)


@pytest.mark.parametrize(
    "cell", ["Nabad - OXFAM", "Nabad/OXFAM", "Nabad, OXFAM", "Nabad & OXFAM", "Nabad et OXFAM", "Nabad- OXFAM"]
)
def test_what_may_stand_inside_a_name_parts_names_that_stand_alone_elsewhere(cell: str) -> None:
    assert names(cell) == (cell,)
    assert names(cell, "NABAD", "Oxfam") == ("Nabad", "OXFAM")


def test_a_cell_of_very_many_parts_is_left_whole_and_doubtful() -> None:
    text = "; ".join(f"o{number}" for number in range(MAX_NAMES + 1))
    cut = Cutter((text,), same=str.casefold).cut(text)
    assert cut.names == (text,)
    assert cut.doubtful


@pytest.mark.parametrize("cell", [";", " + ", ";;;", "/", "-"])
def test_separators_alone_are_a_name_like_any_other(cell: str) -> None:
    assert names(cell) == (cell,)


def test_a_part_known_elsewhere_makes_a_whole_doubtful() -> None:
    cutter = Cutter(("NABAD - TROCAIRE", "Nabad"), same=str.casefold)
    assert cutter.cut("NABAD - TROCAIRE").doubtful
    assert not cutter.cut("Nabad").doubtful


def test_a_whole_that_is_more_usual_than_its_parts_is_one_name() -> None:
    cells = ["Save the Children, UK"] * 3 + ["Save the Children", "UK"]
    assert Cutter(cells, same=str.casefold).cut(cells[0]).names == (cells[0],)


def test_words_are_parted_only_where_each_is_more_usual_than_the_whole() -> None:
    cells = ["Rumonge Gitega", "Rumonge", "Rumonge", "Gitega", "gitega", "Bujumbura Mairie", "Bujumbura", "Mairie"]
    cutter = Cutter(cells, same=same_place, by_words=True)
    assert cutter.cut("Rumonge Gitega").names == ("Rumonge", "Gitega")
    assert cutter.cut("Bujumbura Mairie").names == ("Bujumbura Mairie",)
    assert Cutter(cells, same=same_place).cut("Rumonge Gitega").names == ("Rumonge Gitega",)


def test_a_word_before_brackets_belongs_to_each_part() -> None:
    cells = ["BUJUMBURA(MAIRIE,RURAL)", "Bujumbura Mairie", "Bujumbura-Rural"]
    assert Cutter(cells, same=same_place).cut(cells[0]).names == ("BUJUMBURA MAIRIE", "BUJUMBURA RURAL")
