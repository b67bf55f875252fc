"""The network map: one page that shows a network, with search and details, and the same data in tables.

Of pyvis this uses the network that holds nodes, edges and options for vis-network, and its way of filling a template.
The template is ours, and the lists are filled directly, because pyvis' own page loads scripts from two content delivery
networks even where told not to, inserts headings and ids unescaped, turns a tooltip with a link into live HTML,
writes folders into the working directory, and searches all nodes again for every edge added.
"""

from collections.abc import Collection, Mapping

from graph.errors import NotFound, TooLarge
from graph.networks.network import StakeholderNetwork
from visualisations.encoding import encode, ties_on_map
from visualisations.page import inlined, policy, static_text
from visualisations.rows import stakeholder_rows, tie_rows
from visualisations.symbols import INKS, OWN_CATEGORY, PAGE, STATE_INKS, SYMBOLS
from visualisations.vis_network import vis_edges, vis_nodes, vis_options

MOST_STAKEHOLDERS = 1000
"""Most on one map: beyond that the picture is a cloud, and its layout takes longer than a reader waits."""

MOST_TIES = 8000
"""Most on one map: a page of some 6 MB, beyond which browsers become slow."""

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
    that no source reported. The same input gives the same page. Raises ``TooLarge`` past ``MOST_STAKEHOLDERS`` or
    ``MOST_TIES``, ``NotFound`` for a focus not on the map and ``InvalidInput`` for scores that no size can show.
    """
    _check(network, focus)
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
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
    environment.globals |= {
        "title": title,
        "as_of": network.as_of.isoformat(),
        "revision": network.revision,
        "notes": tuple(network.notes()),
        "encoding": encoding,
        "stakeholders": stakeholder_rows(network, encoding, scores=scores, area_names=area_names or {}),
        "ties": tie_rows(network, encoding),
        "area_names": area_names,
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
    picture.nodes, picture.edges, picture.options = vis_nodes(encoding), vis_edges(encoding), vis_options()
    picture.templateEnv, picture.path = environment, "network_map.html"
    page: str = picture.generate_html()
    return page


def check_size(network: StakeholderNetwork, *, focus: str | None = None) -> None:
    """Raise ``TooLarge`` where the network is too large for one map, with a cure that makes it smaller.

    Ties count if they are drawn, or listed as assessed absent. ``focus`` is the stakeholder whose surroundings are
    shown.
    """
    drawn, listed = ties_on_map(network)
    # Ties in tension are drawn whatever kinds are asked for: fewer kinds help only where there are several others.
    kinds_shown = network.ties.take(drawn).kind[network.ties.sign[drawn] >= 0]
    fewer_kinds = ["fewer kinds of tie"] if len(set(kinds_shown.tolist())) > 1 else []
    around = "fewer steps around this stakeholder" if focus else "the surroundings of one stakeholder"
    for count, most, what, narrower in (
        (len(network.nodes), MOST_STAKEHOLDERS, "stakeholders", []),
        (len(drawn) + len(listed), MOST_TIES, "ties", fewer_kinds),
    ):
        if count > most:
            raise TooLarge(
                f"{count} {what} are too many for one map; {most} is the most.",
                cure=f"Show {', '.join(['one area', 'some categories', *narrower])} or {around}.",
            )


def _check(network: StakeholderNetwork, focus: str | None) -> None:
    check_size(network, focus=focus)
    if focus is not None and focus not in network.nodes:
        raise NotFound(
            f"The stakeholder {focus[:60]!r} is not on this map.", cure="Give the id of somebody who is, or none."
        )


def _ink_rules() -> str:
    """Return the inks as CSS properties, which the style sheet and the script read."""
    inks = (PAGE, *INKS)
    light = "".join(f"--{ink.name}:{ink.light};" for ink in inks)
    dark = "".join(f"--{ink.name}:{ink.dark};" for ink in inks)
    classes = "".join(f".ink-{ink.name}{{color:var(--{ink.name})}}" for ink in INKS)
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{classes}"
