"""Hypothesis strategies: small networks with everything in them that real ones have."""

from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from graph.networks.network import StakeholderNetwork
from graph.vocabulary import CATEGORIES, TIE_KINDS, TieStatus
from tests.graph.builders import a_network, a_node, a_tie

# Few values, so that equal lengths and equal ranks happen; 1.0 has to be held inside (0, 1).
NUMBERS = st.sampled_from([0.0, 0.1, 0.25, 0.36, 0.4, 0.5, 0.6, 0.9, 1.0])


@st.composite
def networks(
    draw: st.DrawFn, /, *, most: int = 8, kinds: tuple[str, ...] = ("coordinates_with", "reports_to"), **changes: Any
) -> StakeholderNetwork:
    """A network of up to ``most`` stakeholders with ties of every sort: parallel, absent and in tension, too."""
    keys = [f"s{number}" for number in range(draw(st.integers(1, most)))]
    categories = st.sampled_from(sorted(CATEGORIES)[:4])
    nodes = [a_node(key, category=draw(categories)) for key in keys]
    pairs = [pair for one, other in combinations(keys, 2) for pair in ((one, other), (other, one))]
    options = [(kind, *pair) for kind in kinds for pair in pairs if TIE_KINDS[kind].directed or pair[0] < pair[1]]
    chosen = draw(st.lists(st.sampled_from(options), unique=True, max_size=3 * most)) if options else []
    ties = [
        a_tie(
            one,
            other,
            kind=kind,
            **{
                "existence": draw(NUMBERS),
                "strength": draw(st.none() | NUMBERS),
                "trust": draw(st.none() | NUMBERS),
                "sign": draw(st.sampled_from([1, 1, 1, 0, -1])),
                "status": draw(st.sampled_from(TieStatus)),
                "origins": tuple(draw(st.sets(st.sampled_from("abc"), min_size=1))),
                **changes,
            },
        )
        for kind, one, other in chosen
    ]
    return a_network(nodes, ties)


def permutations_of(network: StakeholderNetwork) -> st.SearchStrategy[dict[str, str]]:
    """Other ids for the stakeholders of a network: the same ones, dealt out anew."""
    keys = list(network.nodes)
    return st.permutations(keys).map(lambda dealt: dict(zip(keys, dealt, strict=True)))
