"""The golden fixture of the design (analytics.md 4.9): ten actors, ten undirected ties, one isolate.

Its expected values were computed there by brute force and with NetworkX 3.6.1, independently of our code.
"""

from graph.networks.network import StakeholderNetwork
from tests.graph.builders import a_network, a_tie

ACTORS = ("A1", "A2", "L1", "L2", "L3", "M1", "M2", "N1", "N2", "X1")

RELIABILITY = {
    ("M1", "A1"): 0.9,
    ("M1", "N1"): 0.8,
    ("A1", "A2"): 0.7,
    ("A1", "N1"): 0.5,
    ("A2", "L1"): 0.6,
    ("L1", "L2"): 0.9,
    ("L1", "L3"): 0.8,
    ("L2", "L3"): 0.7,
    ("M2", "A2"): 0.4,
    ("N2", "L3"): 0.5,
}


def ten_actors() -> StakeholderNetwork:
    """The fixture as a network: existence and strength are r, trust is 1."""
    return a_network(ACTORS, [a_tie(*pair, reliability) for pair, reliability in RELIABILITY.items()])
