"""Current-flow (random-walk) betweenness: all routes between others count, not only the shortest (Newman 2005).

    C(v) = Σ_{s < t, s ≠ v ≠ t} ½ Σ_u |I_vu|

with I the current in each tie when one unit enters at s and leaves at t, and ties conduct by their strength; on the
undirected projection and within each component, so it counts pairs of others of the same component.
"""

from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import by_stakeholder
from graph.errors import TooLarge
from graph.kernels import current_flow as kernel
from graph.networks.network import StakeholderNetwork


@memoised
def current_flow_betweenness(network: StakeholderNetwork) -> dict[str, float]:
    """Return the value of every stakeholder, from 0 to (n − 1)(n − 2) / 2 of its component's n.

    A tie without strength does not conduct. Raises ``TooLarge`` for a component larger than the kernel takes.
    """
    rows = network.edges
    conducting = rows.where(rows.weights["strength"] > 0)
    try:
        return by_stakeholder(network, kernel.current_flow_betweenness(conducting, strength="strength"))
    except ValueError as error:
        raise TooLarge(str(error), cure="Narrow the question to an area or to some categories.") from error
