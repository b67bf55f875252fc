"""The ties that a row reports.

Money flows donor → programme partner → implementing partner. Each link of that chain is a ``funds`` tie between
neighbours that the row names: without a programme partner, the donor funds the implementing partner. An organisation
next to itself in the chain has no tie. Several organisations in one cell are partners of each other, except donors:
funding the same work does not mean knowing each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product
from typing import NamedTuple

from service.exchange.threew.fields import ChainRole

MAX_PARTNERS_IN_CELL = 12
"""Most organisations in one cell that are read as partners: more are a list, and its ties grow with its square."""


class Link(NamedTuple):
    """A tie between two organisations, by their keys; for an undirected kind in the order of the keys."""

    kind: str
    from_key: str
    to_key: str


def links_of(organisations: Mapping[ChainRole, Sequence[str]]) -> Iterator[Link]:
    """Yield the ties of a row; ``organisations`` are its keys by role, in the order money flows."""
    cells = {role: keys for role, keys in organisations.items() if len(keys) <= MAX_PARTNERS_IN_CELL}
    chain = list(organisations)
    for giver, receiver in pairwise(chain):
        if giver in cells and receiver in cells:
            yield from (Link("funds", *pair) for pair in product(cells[giver], cells[receiver]) if pair[0] != pair[1])
    for role, keys in cells.items():
        if role is not ChainRole.DONOR:
            yield from (Link("partners_with", *pair) for pair in combinations(sorted(keys), 2))


def self_links(organisations: Mapping[ChainRole, Sequence[str]]) -> Iterator[str]:
    """Yield the organisations that are next to themselves in the chain."""
    for givers, receivers in pairwise(organisations.values()):
        yield from (key for key in givers if key in receivers)


def overfull_roles(organisations: Mapping[ChainRole, Sequence[str]]) -> Iterator[ChainRole]:
    """Yield the roles whose cell names more than ``MAX_PARTNERS_IN_CELL`` organisations."""
    yield from (role for role, keys in organisations.items() if len(keys) > MAX_PARTNERS_IN_CELL)
