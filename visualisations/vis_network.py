"""Marks → the nodes, edges and options that vis-network draws.

Positions are ours and physics is off: vis-network moves nothing by itself. Colours are given as the name of an ink,
which the page resolves for a light or dark background.
"""

from collections.abc import Iterator
from typing import Any

from visualisations.encoding import EdgeMark, Encoding
from visualisations.layout import place
from visualisations.symbols import DASHES, MARKS, STATE_INKS, Line, State

ARROW_SCALE = 0.35
"""Size of arrow heads relative to the usual: visible when looked for, without crowding the map."""

MARK_SCALES = {State.STALE: 0.5, State.CONTESTED: 0.5, State.IN_TENSION: 0.8}
"""Size of marks on a line relative to the usual; a bar is thin, so it is larger."""

BEND = 0.18
"""Roundness of a line in tension beside one that joins the same two; straight, one would cover the other."""


def vis_nodes(encoding: Encoding) -> list[dict[str, Any]]:
    """Return the nodes with their positions."""
    positions = place(encoding)
    return [
        {
            "id": mark.id,
            "label": mark.label,
            "x": positions[mark.id][0],
            "y": positions[mark.id][1],
            "shape": mark.symbol.shape,
            "size": mark.size,
            "font": {"size": mark.text},
            "category": mark.category,
            "ink": mark.symbol.ink.name,
            "filled": mark.symbol.filled,
        }
        for mark in encoding.nodes
    ]


def vis_edges(encoding: Encoding) -> list[dict[str, Any]]:
    """Return the edges; a line in tension beside another is bent."""
    joined = {_pair(mark) for mark in encoding.edges if mark.state is not State.IN_TENSION}
    return [_edge(mark, bent=mark.state is State.IN_TENSION and _pair(mark) in joined) for mark in encoding.edges]


def vis_options() -> dict[str, Any]:
    """Return the options: no physics, no layout, and a wheel that scrolls the page until our script lets it zoom."""
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "tooltipDelay": 150,
            "keyboard": {"enabled": True, "bindToWindow": False},
            "zoomView": False,
        },
        "nodes": {
            "borderWidth": 2.5,
            "borderWidthSelected": 4,
            "font": {"face": "system-ui, sans-serif", "strokeWidth": 4},
            # Names smaller than 6 pixels on the screen are left out: zooming in brings them.
            "scaling": {"label": {"drawThreshold": 6}},
        },
        "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.5, "arrowStrikethrough": False},
    }


def _pair(mark: EdgeMark) -> frozenset[str]:
    return frozenset((mark.from_id, mark.to_id))


def _edge(mark: EdgeMark, *, bent: bool) -> dict[str, Any]:
    edge: dict[str, Any] = {
        "id": mark.id,
        "from": mark.from_id,
        "to": mark.to_id,
        "width": mark.width,
        "ink": STATE_INKS[mark.state].name,
        "kinds": sorted({tie.kind for tie in mark.ties}),
    }
    if mark.line is not Line.SOLID:
        edge["dashes"] = list(DASHES[mark.line])
    ends = dict(_ends(mark))
    if ends:
        edge["arrows"] = ends
    if bent:
        edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": BEND}
    return edge


def _ends(mark: EdgeMark) -> Iterator[tuple[str, dict[str, Any]]]:
    if mark.arrow:
        yield "to", {"enabled": True, "type": "arrow", "scaleFactor": ARROW_SCALE}
    if mark.state in MARK_SCALES:
        yield "middle", {"enabled": True, "type": MARKS[mark.state], "scaleFactor": MARK_SCALES[mark.state]}
