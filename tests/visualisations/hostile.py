"""Texts that try to escape from the element they are in, and a network in which every text is one of them."""

from itertools import pairwise

from graph.networks.network import StakeholderNetwork
from graph.vocabulary import CATEGORIES
from tests.graph.builders import a_network, a_node, a_tie

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><iframe srcdoc="<script>alert(1)</script>">',
    "' onmouseover='alert(1)' x='",
    '" autofocus onfocus="alert(1)',
    '<a href="javascript:alert(1)">href</a>',
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>",
    "]]>\u2028alert(1)\u2029//",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "\u202ednuora denrut\u202c",
    "\u0645\u062d\u0645\u062f & \u200fsons\u200e",
    "</style><style>*{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "W" * 500,
    "a" + "\u0301" * 400,
    "`${alert(1)}`",
)


def hostile_network() -> StakeholderNetwork:
    """Every name, id and area hostile, one category that no registry knows, ties in a ring and across."""
    categories = [*CATEGORIES, '"><script>alert(1)</script>']
    ids = [f"{position:02d}{text}" for position, text in enumerate(HOSTILE)]
    nodes = [
        a_node(key, name=text, category=categories[position % len(categories)], area_id=key)
        for position, (key, text) in enumerate(zip(ids, HOSTILE, strict=True))
    ]
    ring = [a_tie(one, other) for one, other in pairwise(ids)]
    in_tension = a_tie(ids[0], ids[5], kind="in_tension_with", sign=-1)
    return a_network(nodes, [*ring, in_tension])
