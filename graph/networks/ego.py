"""The surroundings of one stakeholder: those within a few steps of it, by usable ties or ties in tension."""

from graph.errors import InvalidInput, NotFound
from graph.networks.network import StakeholderNetwork

DEEPEST = 6
"""Most steps: in the stakeholder network of a mission area six steps reach nearly all that can be reached."""


def ego(network: StakeholderNetwork, centre: str, *, depth: int = 2) -> StakeholderNetwork:
    """Return the network of the stakeholders within ``depth`` steps of ``centre``, itself included.

    A step goes along a tie in use, in either direction, or along one in tension: those one is in tension with
    belong to its surroundings. All ties among the members are included. Raises ``NotFound`` for an unknown centre and
    ``InvalidInput`` for a depth outside 1 … ``DEEPEST``.
    """
    if centre not in network.nodes:
        raise NotFound(
            f"There is no stakeholder with the id {centre[:60]}.", cure="Look the id up in the stakeholders."
        )
    if not 1 <= depth <= DEEPEST:
        raise InvalidInput(f"A depth of {depth} steps is not possible.", cure=f"Give 1 to {DEEPEST}.")
    import numpy as np

    members = np.zeros(len(network.nodes), np.bool_)
    members[network.positions[centre]] = True
    for _ in range(depth):
        before = members.copy()
        for rows in (network.edges, network.in_tension):
            members[rows.neighbours[before[rows.row]]] = True
        if (members == before).all():
            break
    ids = {key for key, inside in zip(network.nodes, members.tolist(), strict=True) if inside}
    return network.within(lambda node: node.id in ids)
