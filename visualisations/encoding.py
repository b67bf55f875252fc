"""Network and scores → marks and legend: decides how everything is drawn, without drawing."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite, sqrt
from textwrap import wrap
from typing import TYPE_CHECKING

from graph.errors import InvalidInput
from graph.networks.network import ASSUMED_STRENGTH, Node, StakeholderNetwork, exists
from graph.ties import Tie
from graph.vocabulary import CATEGORIES, TIE_KINDS, TieStatus
from visualisations.symbols import (
    AREA_FACTOR,
    LINE_LABELS,
    OWN_CATEGORY,
    STATE_LABELS,
    SYMBOLS,
    Line,
    State,
    Symbol,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMALLEST, LARGEST = 8.0, 28.0
"""Radius of a dot in pixels for the lowest and the highest score: 8 is easily hit, 28 leaves its neighbours room."""

UNSCORED = 12.0
"""Radius in pixels where no scores are given and all are alike."""

THINNEST, THICKEST = 1.0, 4.0
"""Width of a line in pixels for strength 0 and 1."""

SMALLEST_TEXT, LARGEST_TEXT = 12.0, 18.0
"""Height of a name in pixels for the lowest and the highest score, so that high-scoring names are read first."""

LABEL_WIDTH, LABEL_LINES = 20, 3
"""Characters a line and lines of a name on the map; the whole of it is in tooltip, panel and table."""


@dataclass(frozen=True, slots=True)
class NodeMark:
    """How a stakeholder is drawn: ``size`` as vis-network takes it for the shape, ``text`` the height of the name."""

    id: str
    label: str
    category: str
    symbol: Symbol
    size: float
    text: float


@dataclass(frozen=True, slots=True)
class EdgeMark:
    """A line and the ties it stands for. ``arrow`` says that every tie in it runs from ``from_id`` to ``to_id``."""

    id: str
    from_id: str
    to_id: str
    ties: tuple[Tie, ...]
    line: Line
    state: State
    width: float
    arrow: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend, and how often it occurs on this map."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Encoding:
    """All marks of a map, and its legend: one entry for each sign that occurs."""

    nodes: tuple[NodeMark, ...]
    edges: tuple[EdgeMark, ...]
    categories: tuple[Entry, ...]
    kinds: tuple[Entry, ...]
    lines: tuple[Entry, ...]
    states: tuple[Entry, ...]


def encode(
    network: StakeholderNetwork,
    *,
    scores: Mapping[str, float] | None = None,
    inferred: Collection[str] = (),
) -> Encoding:
    """Decide what everything on the map of a network looks like.

    ``scores`` are by stakeholder id, 0 where missing; the area of a figure grows with its score, from ``SMALLEST`` to
    ``LARGEST``. ``inferred`` names the ties that a method added and no source reported. Between two stakeholders runs
    at most one line for the ties that join them and one for those in tension. Ties assessed absent are not drawn: a
    line would say the opposite. Raises ``InvalidInput`` for a score that is negative or not finite.
    """
    shares = _shares(network, scores)
    nodes = tuple(_node_mark(node, shares) for node in network.nodes.values())
    edges = tuple(_edge_marks(network, frozenset(inferred)))
    return Encoding(
        nodes=nodes,
        edges=edges,
        categories=_entries(Counter(mark.category for mark in nodes), {c.code: c.label for c in CATEGORIES.values()}),
        kinds=_entries(
            Counter(tie.kind for mark in edges for tie in mark.ties), {k.code: k.label for k in TIE_KINDS.values()}
        ),
        lines=_entries(Counter(mark.line.value for mark in edges), {k.value: v for k, v in LINE_LABELS.items()}),
        states=_entries(Counter(mark.state.value for mark in edges), {k.value: v for k, v in STATE_LABELS.items()}),
    )


def ties_on_map(network: StakeholderNetwork) -> "tuple[NDArray[np.intp], NDArray[np.intp]]":
    """Return the positions, among the network's ties, of those that a map draws and of those that it only lists.

    Drawn are ties of the kinds in use and ties in tension, unless assessed absent; listed are ties of the kinds in use
    that are assessed absent.
    """
    import numpy as np  # lazy, as throughout: only a map needs it here

    from graph.networks.columns import KINDS, NUMBER_OF_STATUS

    ties = network.ties
    in_use = np.array([kind in network.kinds for kind in KINDS])[ties.kind]
    absent = ties.status == NUMBER_OF_STATUS[TieStatus.ASSESSED_ABSENT.value]
    drawn = ~absent & (in_use | ((ties.sign < 0) & ties.exists()))
    return np.flatnonzero(drawn), np.flatnonzero(absent & in_use)


def label_of(name: str) -> str:
    """Return a name as the map shows it: a few short lines, without the characters that control the writing direction.

    A canvas has no ``<bdi>``; a stray override character in one name must not reverse another.
    """
    visible = "".join(
        sign
        for sign in name
        if unicodedata.category(sign) not in ("Cc", "Cf")
        or sign in "\u200c\u200d"  # joiners shape Arabic and Indic letters
    )
    lines = wrap(visible, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …") or ["(unnamed)"]
    return "\n".join(lines)


def _shares(network: StakeholderNetwork, scores: Mapping[str, float] | None) -> Mapping[str, float] | None:
    """Scale scores to [0, 1] by the highest; ``None`` where there are none."""
    if scores is None:
        return None
    known = {node: scores.get(node, 0.0) for node in network.nodes}
    for node, score in known.items():
        if not isfinite(score) or score < 0:
            raise InvalidInput(
                f"The score of {node} is {score}, which no size can show.", cure="Give finite scores of 0 or more."
            )
    highest = max(known.values(), default=0.0) or 1.0
    return {node: score / highest for node, score in known.items()}


def _node_mark(node: Node, shares: Mapping[str, float] | None) -> NodeMark:
    symbol = SYMBOLS.get(node.category, OWN_CATEGORY)
    if shares is None:
        radius, text = UNSCORED, SMALLEST_TEXT
    else:
        # Area, not radius, is what the eye compares: the radius goes with the square root.
        root = sqrt(shares[node.id])
        radius = SMALLEST + (LARGEST - SMALLEST) * root
        text = SMALLEST_TEXT + (LARGEST_TEXT - SMALLEST_TEXT) * root
    return NodeMark(
        id=node.id,
        label=label_of(node.name),
        category=node.category,
        symbol=symbol,
        size=round(radius * AREA_FACTOR[symbol.shape], 1),
        text=round(text, 1),
    )


def _edge_marks(network: StakeholderNetwork, inferred: frozenset[str]) -> Iterator[EdgeMark]:
    groups: dict[tuple[str, str, bool], list[Tie]] = defaultdict(list)
    for tie in network.ties.at(ties_on_map(network)[0].tolist()):
        groups[min(tie.from_id, tie.to_id), max(tie.from_id, tie.to_id), tie.sign < 0].append(tie)
    for (first, second, in_tension), ties in sorted(groups.items()):
        onward = all(TIE_KINDS[tie.kind].directed and tie.from_id == first for tie in ties)
        back = all(TIE_KINDS[tie.kind].directed and tie.from_id == second for tie in ties)
        start, end = (second, first) if back else (first, second)
        strength = max(ASSUMED_STRENGTH if tie.strength is None else tie.strength for tie in ties)
        yield EdgeMark(
            id=ties[0].id,
            from_id=start,
            to_id=end,
            ties=tuple(ties),
            line=_line(ties, inferred),
            state=State.IN_TENSION if in_tension and any(exists(tie) for tie in ties) else _state(ties),
            width=round(THINNEST + (THICKEST - THINNEST) * strength, 1),
            arrow=onward or back,
        )


def _line(ties: list[Tie], inferred: frozenset[str]) -> Line:
    reported = [tie for tie in ties if tie.id not in inferred]
    if not reported:
        return Line.DOTTED
    return Line.DASHED if len({origin for tie in reported for origin in tie.origins}) == 1 else Line.SOLID


def _state(ties: list[Tie]) -> State:
    """Return the best status among the ties: one confirmed recently is enough to show the two as joined."""
    statuses = {tie.status for tie in ties}
    if TieStatus.PRESENT in statuses:
        return State.PRESENT
    return State.STALE if TieStatus.STALE in statuses else State.CONTESTED


def _entries(counts: Counter[str], labels: Mapping[str, str]) -> tuple[Entry, ...]:
    """Legend entries in the order of the registry; unknown words come last, as they are."""
    order = [*(key for key in labels if key in counts), *sorted(counts.keys() - labels.keys())]
    return tuple(Entry(key=key, label=labels.get(key, key), count=counts[key]) for key in order)
