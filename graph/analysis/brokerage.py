"""Brokerage roles: what kind of go-between somebody is (Gould & Fernandez 1989).

A broker b stands in an open triad when a → b and b → c but not a → c, with a ≠ c. Who the three belong to decides the
role (g is the group):

    coordinator     g_a = g_b = g_c      within one group
    itinerant       g_a = g_c ≠ g_b      an outsider between two of one group
    gatekeeper      g_a ≠ g_b = g_c      lets outsiders in
    representative  g_a = g_b ≠ g_c      speaks for insiders
    liaison         all three differ     between two groups, of neither

Ordered triads are counted, raw: a tie that runs both ways makes two, so with such ties alone gatekeeper and
representative are always equal.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graph.network import StakeholderNetwork


@dataclass(frozen=True, slots=True)
class Roles:
    """How many open triads a stakeholder brokers in each role."""

    coordinator: int = 0
    itinerant: int = 0
    gatekeeper: int = 0
    representative: int = 0
    liaison: int = 0

    @property
    def total(self) -> int:
        """The number of open ordered triads brokered at all."""
        return self.coordinator + self.itinerant + self.gatekeeper + self.representative + self.liaison


ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def brokerage_roles(network: StakeholderNetwork, *, groups: Mapping[str, str]) -> dict[str, Roles]:
    """Return the raw role counts of every stakeholder. Raises ``KeyError`` for one without a group."""
    graph = network.directed
    after = {node: frozenset(graph.successors(node)) for node in graph}
    roles = {}
    for broker, takers in after.items():
        own = groups[broker]
        takers_by_group = Counter(groups[taker] for taker in takers)
        counts: Counter[str] = Counter()
        for giver in graph.predecessors(broker):
            # Closed are those the giver reaches without the broker, and the giver itself where the tie runs both ways.
            closed = Counter(groups[taker] for taker in after[giver] & takers)
            closed[groups[giver]] += giver in takers
            for group, count in takers_by_group.items():
                counts[_role(groups[giver], own, group)] += count - closed[group]
        roles[broker] = Roles(**counts)
    return roles


def _role(giver: str, broker: str, taker: str) -> str:
    if giver == broker:
        return "coordinator" if taker == broker else "representative"
    if taker == broker:
        return "gatekeeper"
    return "itinerant" if giver == taker else "liaison"
