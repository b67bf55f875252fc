"""What is worked out of a network is worked out once, and never mixed up with another network or question."""

from graph.analysis.answers.memo import memoised
from graph.networks.network import StakeholderNetwork
from tests.graph.builders import a_network

asked: list[tuple[int, str]] = []


@memoised
def names_with(network: StakeholderNetwork, /, *, ending: str) -> list[str]:
    """A measure that says when it is asked."""
    asked.append((len(network.nodes), ending))
    return [key + ending for key in network.nodes]


def test_a_measure_is_computed_once_for_each_network_and_choice_of_options() -> None:
    asked.clear()
    small, large = a_network("a"), a_network("ab")
    for _ in range(2):
        assert names_with(small, ending="?") == ["a?"]
        assert names_with(small, ending="!") == ["a!"]
        assert names_with(large, ending="?") == ["a?", "b?"]
    assert asked == [(1, "?"), (1, "!"), (2, "?")]


def test_another_network_of_the_same_stakeholders_is_another_network() -> None:
    asked.clear()
    for _ in range(2):
        names_with(a_network("a"), ending="")
    assert len(asked) == 2
