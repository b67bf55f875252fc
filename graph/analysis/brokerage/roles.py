"""Brokerage roles: what kind of go-between a stakeholder is (Gould & Fernandez 1989).

A broker b is in the middle of an open triad when a → b and b → c but not a → c, with a ≠ c. The groups of the three
decide the role (g is the group):

    coordinator     g_a = g_b = g_c      within one group
    itinerant       g_a = g_c ≠ g_b      an outsider between two of one group
    gatekeeper      g_a ≠ g_b = g_c      lets outsiders in
    representative  g_a = g_b ≠ g_c      speaks for insiders
    liaison         all three differ     between two groups, of neither

Ordered triads are counted, raw: a tie that runs both ways makes two, so with such ties alone gatekeeper and
representative are always equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.kernels.triads import ROLES, Triads, open_triads
from graph.networks.network import StakeholderNetwork

__all__ = ["ROLES", "Roles", "brokerage_roles", "counted_triads"]


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
        """The number of open ordered triads brokered in any role."""
        return self.coordinator + self.itinerant + self.gatekeeper + self.representative + self.liaison


def brokerage_roles(network: StakeholderNetwork, *, groups: Mapping[str, str]) -> dict[str, Roles]:
    """Return the raw role counts of every stakeholder. Raises ``KeyError`` for one without a group."""
    counts = counted_triads(network, groups=groups).roles.tolist()
    return {key: Roles(*row) for key, row in zip(network.nodes, counts, strict=True)}


def counted_triads(network: StakeholderNetwork, *, groups: Mapping[str, str]) -> Triads:
    """Return the open triads by position, and what pairs of them have in common. Raises ``KeyError`` as above."""
    number: dict[str, int] = {}
    return open_triads(network.arcs, [number.setdefault(groups[key], len(number)) for key in network.nodes])
