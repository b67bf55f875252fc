"""Nothing on a map is shown by colour alone, and everything can be seen on its background."""

import math
from itertools import combinations

import pytest

from graph.vocabulary import CATEGORIES
from visualisations.symbols import (
    AREA_FACTOR,
    DASHES,
    INKS,
    LINE_LABELS,
    MARKS,
    OWN_CATEGORY,
    PAGE,
    STATE_INKS,
    STATE_LABELS,
    SYMBOLS,
    Ink,
    Line,
    State,
)


def test_every_category_has_a_figure_that_no_other_has_whatever_the_colour() -> None:
    assert set(SYMBOLS) == set(CATEGORIES)
    figures = [(symbol.shape, symbol.filled) for symbol in (*SYMBOLS.values(), OWN_CATEGORY)]
    assert len(set(figures)) == len(figures)


def test_every_state_and_line_differs_by_more_than_its_colour_and_is_explained() -> None:
    assert len(set(MARKS.values())) == len(State)
    assert len(set(DASHES.values())) == len(Line)
    assert set(STATE_LABELS) == set(STATE_INKS) == set(State)
    assert set(LINE_LABELS) == set(Line)


@pytest.mark.parametrize("ink", INKS, ids=lambda ink: ink.name)
def test_every_ink_keeps_three_to_one_to_its_page(ink: Ink) -> None:
    """WCAG 2.2, success criterion 1.4.11."""
    assert contrast(ink.light, PAGE.light) >= 3
    assert contrast(ink.dark, PAGE.dark) >= 3


def test_inks_have_names_of_their_own() -> None:
    assert len({ink.name for ink in INKS}) == len(INKS)


def test_the_inks_of_the_four_core_categories_differ_in_lightness_or_hue_for_the_colour_blind() -> None:
    """Seen without red or without green they stay apart by 10 in ΔE*ab, twice what is told apart side by side.

    Viénot, Brettel & Mollon (1999) for what is seen; CIE 1976 for the difference.
    """
    core = [SYMBOLS[code].ink.light for code in ("local_authority", "ngo", "community_leader", "mission_unit")]
    for one, other in combinations(core, 2):
        for seen in (PROTANOPE, DEUTERANOPE):
            assert math.dist(lab(one, seen), lab(other, seen)) >= 10


def test_area_factors_make_each_outline_cover_as_much_as_a_dot() -> None:
    """Areas of the outlines at size 1, by elementary geometry from the corners vis-network draws."""
    star = 5 * (0.82 * 1.3) * (0.82 * 0.5) * math.sin(math.pi / 5)
    areas = {
        "square": 4,
        "diamond": 2,
        "triangle": math.sqrt(3) / 4 * 2.3**2,
        "hexagon": 1.5 * math.sqrt(3),
        "star": star,
    }
    for shape, area in areas.items():
        assert AREA_FACTOR[shape] ** 2 * area == pytest.approx(math.pi, rel=0.01)
    assert {symbol.shape for symbol in (*SYMBOLS.values(), OWN_CATEGORY)} <= set(AREA_FACTOR)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(colour: str) -> tuple[float, ...]:
    """Linear light of a colour #rrggbb (IEC 61966-2-1)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


Matrix = tuple[tuple[float, float, float], ...]

# Linear RGB as seen without the long and without the middle wavelength cones.
PROTANOPE: Matrix = ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1))
DEUTERANOPE: Matrix = ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1))
TO_XYZ: Matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)


def lab(colour: str, seen: Matrix) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as seen."""
    x, y, z = (part / white for part, white in zip(product(TO_XYZ, product(seen, linear(colour))), WHITE, strict=True))
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def product(matrix: Matrix, vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(factor * value for factor, value in zip(row, vector, strict=True)) for row in matrix)
