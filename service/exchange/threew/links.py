"""Which ties a row speaks of.

Money flows donor → programme partner → implementing partner. Each link of that chain is a ``funds`` tie between the
neighbours that are named: where the programme partner is missing, the donor funds the implementing partner. An
organisation next to itself is no tie. Several organisations in one cell, donors apart, are partners of each other:
giving to the same work does not mean knowing each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product
from typing import NamedTuple

from service.exchange.threew.fields import Part

MAX_TOGETHER = 12
"""Most organisations in one cell that are taken for partners: more are a list, and ties grow with its square."""


class Link(NamedTuple):
    """A tie between two organisations, by their keys; an undirected one in the order of the keys."""

    kind: str
    giver: str
    taker: str


def links_of(met: Mapping[Part, Sequence[str]]) -> Iterator[Link]:
    """Yield the ties of a row; ``met`` holds the organisations of each part that names any, givers first."""
    cells = {part: keys for part, keys in met.items() if len(keys) <= MAX_TOGETHER}
    chain = list(met)
    for giving, taking in pairwise(chain):
        if giving in cells and taking in cells:
            yield from (Link("funds", *pair) for pair in product(cells[giving], cells[taking]) if pair[0] != pair[1])
    for part, keys in cells.items():
        if part is not Part.DONOR:
            yield from (Link("partners_with", *pair) for pair in combinations(sorted(keys), 2))


def self_links(met: Mapping[Part, Sequence[str]]) -> Iterator[str]:
    """Yield the organisations that stand next to themselves in the chain."""
    for giving, taking in pairwise(met.values()):
        yield from (key for key in giving if key in taking)


def crowded(met: Mapping[Part, Sequence[str]]) -> Iterator[Part]:
    """Yield the parts whose cell names too many organisations to tie them."""
    yield from (part for part, keys in met.items() if len(keys) > MAX_TOGETHER)
