"""Splitting cells with several names; the examples are from the real tables."""

import pytest

from service.exchange.threew.area_names import area_name_form
from service.exchange.threew.splitting import MAX_NAMES, CellSplitter


def names(cell: str, *others: str) -> tuple[str, ...]:
    return CellSplitter((cell, *others), same=str.casefold).split(cell).names


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
def test_a_plus_or_semicolon_separates_names(cell: str, parts: tuple[str, ...]) -> None:
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
def test_a_name_with_possible_separators_is_not_split(cell: str) -> None:
    assert names(cell) == (cell,)


@pytest.mark.parametrize(
    "cell", ["Nabad - OXFAM", "Nabad/OXFAM", "Nabad, OXFAM", "Nabad & OXFAM", "Nabad et OXFAM", "Nabad- OXFAM"]
)
def test_a_possible_separator_separates_only_names_that_occur_alone_elsewhere(cell: str) -> None:
    assert names(cell) == (cell,)
    assert names(cell, "NABAD", "Oxfam") == ("Nabad", "OXFAM")


def test_a_cell_of_very_many_parts_is_not_split_and_doubtful() -> None:
    text = "; ".join(f"o{number}" for number in range(MAX_NAMES + 1))
    split = CellSplitter((text,), same=str.casefold).split(text)
    assert split.names == (text,)
    assert split.doubtful


@pytest.mark.parametrize("cell", [";", " + ", ";;;", "/", "-"])
def test_a_cell_of_separators_only_is_one_name(cell: str) -> None:
    assert names(cell) == (cell,)


def test_a_cell_is_doubtful_if_one_of_its_parts_occurs_alone_elsewhere() -> None:
    splitter = CellSplitter(("NABAD - TROCAIRE", "Nabad"), same=str.casefold)
    assert splitter.split("NABAD - TROCAIRE").doubtful
    assert not splitter.split("Nabad").doubtful


def test_a_cell_more_frequent_than_its_parts_is_one_name() -> None:
    cells = ["Save the Children, UK"] * 3 + ["Save the Children", "UK"]
    assert CellSplitter(cells, same=str.casefold).split(cells[0]).names == (cells[0],)


def test_words_are_split_only_if_each_is_more_frequent_than_the_whole() -> None:
    cells = ["Rumonge Gitega", "Rumonge", "Rumonge", "Gitega", "gitega", "Bujumbura Mairie", "Bujumbura", "Mairie"]
    splitter = CellSplitter(cells, same=area_name_form, by_words=True)
    assert splitter.split("Rumonge Gitega").names == ("Rumonge", "Gitega")
    assert splitter.split("Bujumbura Mairie").names == ("Bujumbura Mairie",)
    assert CellSplitter(cells, same=area_name_form).split("Rumonge Gitega").names == ("Rumonge Gitega",)


def test_the_word_before_brackets_belongs_to_each_part() -> None:
    cells = ["BUJUMBURA(MAIRIE,RURAL)", "Bujumbura Mairie", "Bujumbura-Rural"]
    assert CellSplitter(cells, same=area_name_form).split(cells[0]).names == ("BUJUMBURA MAIRIE", "BUJUMBURA RURAL")
