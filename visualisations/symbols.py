"""The symbols of a map: the figure of each category and the stroke of each line, with colours for light and dark pages.

Nothing is shown by colour alone. Every category has a figure of its own, filled or hollow; a line's dashes show how
many independent origins report it, and a mark in its middle shows a problem.
"""

from dataclasses import dataclass
from enum import StrEnum

from graph.vocabulary import TieStatus


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour on a light and on a dark page. Each keeps 3 : 1 or more to its page (WCAG 2.2, 1.4.11)."""

    name: str
    light: str
    dark: str


PAGE = Ink("page", "#ffffff", "#151a20")
"""The background of the page."""

# The hues of Okabe and Ito (2008), which colour-blind people can tell apart, darkened for the light page: there their
# own orange, sky blue and purple stay below 3 : 1.
BLUE = Ink("blue", "#0072b2", "#62b5ec")
VERMILLION = Ink("vermillion", "#c2500a", "#f28c4f")
GREEN = Ink("green", "#00805f", "#2dc79b")
PURPLE = Ink("purple", "#a3508a", "#e29ac6")
OCHRE = Ink("ochre", "#8c6a00", "#e6b93c")
CYAN = Ink("cyan", "#20798f", "#6fcfe2")
CRIMSON = Ink("crimson", "#b3123b", "#ff7a90")
GREY = Ink("grey", "#5d6873", "#aab4bf")
PENCIL = Ink("pencil", "#85909b", "#74808c")
"""The usual line: quiet, so that problems stand out."""

INKS = (BLUE, VERMILLION, GREEN, PURPLE, OCHRE, CYAN, CRIMSON, GREY, PENCIL)


@dataclass(frozen=True, slots=True)
class Symbol:
    """The figure of a category. ``shape`` is one that vis-network draws."""

    shape: str
    filled: bool
    ink: Ink


SYMBOLS: dict[str, Symbol] = {
    # Related categories share shape and hue: filled is the local one, hollow its wider or central counterpart.
    "mission_unit": Symbol("square", filled=True, ink=BLUE),
    "un_agency": Symbol("square", filled=False, ink=BLUE),
    "local_authority": Symbol("triangle", filled=True, ink=VERMILLION),
    "national_authority": Symbol("triangle", filled=False, ink=VERMILLION),
    "community_leader": Symbol("dot", filled=True, ink=GREEN),
    "community_group": Symbol("dot", filled=False, ink=GREEN),
    "ngo": Symbol("diamond", filled=True, ink=PURPLE),
    "donor": Symbol("diamond", filled=False, ink=PURPLE),
    "private_sector": Symbol("hexagon", filled=True, ink=OCHRE),
    "media": Symbol("hexagon", filled=False, ink=OCHRE),
    "security_force": Symbol("triangleDown", filled=True, ink=CYAN),
    "armed_actor": Symbol("triangleDown", filled=False, ink=CRIMSON),
    "other": Symbol("star", filled=False, ink=GREY),
}

OWN_CATEGORY = Symbol("star", filled=True, ink=GREY)
"""For a category that a mission added itself."""

AREA_FACTOR = {
    # sqrt(π / area of the outline at size 1), so that equal sizes cover equal areas whatever the shape.
    "dot": 1.0,
    "square": 0.886,  # 4: size is half the side
    "diamond": 1.253,  # 2: size is half the diagonal
    "triangle": 1.171,  # 2.291: equilateral of side 2.3
    "triangleDown": 1.171,
    "hexagon": 1.1,  # 2.598: size is the circumscribed radius
    "star": 1.564,  # 1.284: five rays, radii 1.066 and 0.41
}


class Line(StrEnum):
    """How a line is dashed: by the number of independent origins that report its ties."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"


class State(StrEnum):
    """What a line shows of the ties it stands for."""

    PRESENT = "present"
    STALE = "stale"
    CONTESTED = "contested"
    IN_TENSION = "in_tension"


DASHES: dict[Line, tuple[int, ...]] = {
    # Pixels drawn and left out in turn. At map scale 6/4 still reads as a line, 2/5 as points.
    Line.SOLID: (),
    Line.DASHED: (6, 4),
    Line.DOTTED: (2, 5),
}

MARKS: dict[State, str] = {
    # Line endings that vis-network can also put in the middle.
    State.PRESENT: "",
    State.STALE: "circle",
    State.CONTESTED: "diamond",
    State.IN_TENSION: "bar",
}

STATE_INKS = {
    State.PRESENT: PENCIL,
    State.STALE: PENCIL,
    State.CONTESTED: OCHRE,
    State.IN_TENSION: CRIMSON,
}

LINE_LABELS = {
    Line.SOLID: "Two or more independent origins",
    Line.DASHED: "One origin only",
    Line.DOTTED: "Inferred, not reported",
}

STATE_LABELS = {
    State.PRESENT: "Present",
    State.STALE: "Stale: not confirmed for long",
    State.CONTESTED: "Contested: reports disagree",
    State.IN_TENSION: "In tension",
}

STATUS_LABELS = {
    TieStatus.PRESENT: "Present",
    TieStatus.ASSESSED_ABSENT: "Assessed absent",
    TieStatus.CONTESTED: "Contested",
    TieStatus.STALE: "Stale",
}
