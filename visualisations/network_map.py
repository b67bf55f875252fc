"""The network map: one page that shows a network, answers who and what, and says the same again in tables.

Of pyvis this uses the network that holds nodes, edges and options for vis-network, and its way of filling a template.
The template is ours, and the lists are filled directly, because pyvis' own page loads scripts from two content delivery
networks even where told not to, puts headings and ids into it unescaped, turns a tooltip with a link into live HTML,
writes folders into the working directory, and looks through all nodes again for every edge added.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from graph.errors import TooLarge
from graph.network import StakeholderNetwork
from visualisations.encoding import EdgeMark, Encoding, encode
from visualisations.layout import place
from visualisations.page import data_block, inlined, policy, static_text
from visualisations.rows import stakeholder_rows, tie_rows
from visualisations.symbols import DASHES, INKS, MARKS, OWN_CATEGORY, PAGE, STATE_INKS, SYMBOLS, Line, State

MOST_STAKEHOLDERS = 1000
"""On one map at most: beyond that a picture is a cloud, and laying it out takes longer than a reader waits."""

VIS_NETWORK = "vendor/vis-network-9.1.2/vis-network.min.js"
"""The release that pyvis 0.3.2 is made for; this build brings no style sheets of its own, so none need be allowed."""


def render(
    network: StakeholderNetwork,
    *,
    title: str,
    scores: Mapping[str, float] | None = None,
    score_label: str = "Betweenness",
    focus: str | None = None,
    area_names: Mapping[str, str] | None = None,
    inferred: Collection[str] = (),
) -> str:
    """Return a complete HTML page with the map of a network; it works from a file, offline and printed.

    ``scores`` (by stakeholder id, finite, ≥ 0) make the sizes and are called ``score_label`` on the page; ``focus`` is
    the id of the stakeholder selected at first; ``area_names`` gives areas by id a name; ``inferred`` names ties
    that no source reported. The same input gives the same page. Raises ``TooLarge`` past ``MOST_STAKEHOLDERS`` and
    ``InvalidInput`` for scores that cannot be shown.
    """
    if len(network.nodes) > MOST_STAKEHOLDERS:
        raise TooLarge(
            f"{len(network.nodes)} stakeholders are too many for one map; {MOST_STAKEHOLDERS} is the most.",
            cure="Show one area or some categories, or the surroundings of one stakeholder.",
        )
    encoding = encode(network, scores=scores, inferred=inferred)
    from jinja2 import Environment, PackageLoader, StrictUndefined  # lazy: only a map needs these two
    from pyvis.network import Network

    style = _ink_rules() + static_text("network_map.css")
    library, script = static_text(VIS_NETWORK).partition("//# sourceMappingURL")[0], static_text("network_map.js")
    environment = Environment(
        loader=PackageLoader("visualisations"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data_block"] = data_block
    environment.globals |= {
        "title": title,
        "as_of": network.as_of.isoformat(),
        "revision": network.revision,
        "notes": tuple(network.notes()),
        "encoding": encoding,
        "stakeholders": stakeholder_rows(network, encoding, scores=scores, area_names=area_names or {}),
        "ties": tie_rows(network, encoding),
        "score_label": score_label if scores is not None else "",
        "symbols": SYMBOLS,
        "own_category": OWN_CATEGORY,
        "state_inks": STATE_INKS,
        "focus": focus,
        "style": inlined(style),
        "library": inlined(library),
        "script": inlined(script),
        "policy": policy(scripts=(library, script), styles=(style,)),
    }
    picture = Network()
    joined = {frozenset((mark.from_id, mark.to_id)) for mark in encoding.edges if mark.state is not State.STRAINED}
    picture.nodes = list(_vis_nodes(encoding))
    picture.edges = [
        _vis_edge(mark, bent=mark.state is State.STRAINED and frozenset((mark.from_id, mark.to_id)) in joined)
        for mark in encoding.edges
    ]
    picture.options = _vis_options()
    picture.templateEnv, picture.path = environment, "network_map.html"
    page: str = picture.generate_html()
    return page


def _vis_nodes(encoding: Encoding) -> Iterator[dict[str, Any]]:
    positions = place(encoding)
    for mark in encoding.nodes:
        x, y = positions[mark.id]
        yield {
            "id": mark.id,
            "label": mark.label,
            "x": x,
            "y": y,
            "shape": mark.symbol.shape,
            "size": mark.size,
            "font": {"size": mark.text},
            # For our own script: which category to filter by, which ink to use in which way.
            "category": mark.category,
            "ink": mark.symbol.ink.name,
            "filled": mark.symbol.filled,
        }


def _vis_edge(mark: EdgeMark, *, bent: bool) -> dict[str, Any]:
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
    arrows = {}
    if mark.arrow:
        arrows["to"] = {"enabled": True, "type": "arrow", "scaleFactor": 0.35}
    if mark.state is not State.PRESENT:
        arrows["middle"] = {
            "enabled": True,
            "type": MARKS[mark.state],
            "scaleFactor": 0.8 if mark.state is State.STRAINED else 0.5,
        }
    if arrows:
        edge["arrows"] = arrows
    if bent:
        # A line of strain beside one that joins the same two; straight, one would cover the other.
        edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.18}
    return edge


def _vis_options() -> dict[str, Any]:
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "tooltipDelay": 150,
            "keyboard": {"enabled": True, "bindToWindow": False},
            "zoomView": False,  # our script lets the wheel zoom once the map is in use, so that the page still scrolls
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


def _ink_rules() -> str:
    """The inks as CSS properties, from which the style sheet and, through it, the script take them."""
    inks = (PAGE, *INKS)
    light = "".join(f"--{ink.name}:{ink.light};" for ink in inks)
    dark = "".join(f"--{ink.name}:{ink.dark};" for ink in inks)
    classes = "".join(f".ink-{ink.name}{{color:var(--{ink.name})}}" for ink in INKS)
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{classes}"
