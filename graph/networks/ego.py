"""The surroundings of one stakeholder: who can be reached from it, or strains against it, in a few steps."""

from graph.errors import InvalidInput, NotFound
from graph.networks.network import StakeholderNetwork

DEEPEST = 6
"""Steps at most: in stakeholder networks of a mission area six steps reach nearly everybody there is to reach."""


def ego(network: StakeholderNetwork, centre: str, *, depth: int = 2) -> StakeholderNetwork:
    """Return the network of the stakeholders within ``depth`` steps of ``centre``, itself included.

    A step goes along a tie in use, in either direction, or along one in tension: whom somebody is in tension with
    belongs to their surroundings. All ties among those found are kept. Raises ``NotFound`` for an unknown centre and
    ``InvalidInput`` for a depth outside 1 … ``DEEPEST``.
    """
    if centre not in network.nodes:
        raise NotFound(
            f"There is no stakeholder with the id {centre[:60]}.", cure="Look the id up in the stakeholders."
        )
    if not 1 <= depth <= DEEPEST:
        raise InvalidInput(f"A depth of {depth} steps is not possible.", cure=f"Give 1 to {DEEPEST}.")
    import numpy as np

    found = np.zeros(len(network.nodes), np.bool_)
    found[network.positions[centre]] = True
    for _ in range(depth):
        before = found.copy()
        for rows in (network.edges, network.in_tension):
            found[rows.neighbours[before[rows.row]]] = True
        if (found == before).all():
            break
    members = {key for key, inside in zip(network.nodes, found.tolist(), strict=True) if inside}
    return network.within(lambda node: node.id in members)
