"""The chance of brokerage roles, against every deal of the groups."""

from math import sqrt

import pytest
from hypothesis import given, settings

from graph.analysis.brokerage.roles import ROLES, brokerage_roles
from graph.analysis.brokerage.significance import brokerage_chance
from graph.networks.network import StakeholderNetwork
from tests.graph.analysis import oracles
from tests.graph.builders import a_network, a_tie
from tests.graph.strategies import networks
from tests.graph.ten_actors import ACTORS, ten_actors


def agree(network: StakeholderNetwork, groups: dict[str, str]) -> None:
    moments = oracles.role_moments(network, groups)
    counts = brokerage_roles(network, groups=groups)
    for key, chance in brokerage_chance(network, groups=groups).items():
        for role in ROLES:
            mean, variance = moments[key, role]
            assert chance.expected[role] == pytest.approx(mean, abs=1e-9)
            if variance < 1e-9:
                assert chance.z[role] is None
            else:
                assert chance.z[role] == pytest.approx((getattr(counts[key], role) - mean) / sqrt(variance), abs=1e-6)


@given(networks(most=6))
@settings(max_examples=60)
def test_expectation_and_z_are_those_over_all_assignments_of_groups(network: StakeholderNetwork) -> None:
    agree(network, {node.id: node.category for node in network.nodes.values()})


def test_the_connected_part_of_the_ten_actors_against_all_assignments() -> None:
    """Seven of the ten: 7! / (2! 2! 3!) = 210 deals. All ten are 18,900, by 3.6 million orders: too long for a test."""
    network = ten_actors().within(lambda node: node.id not in {"X1", "N1", "N2"})
    agree(network, {key: key[0] for key in network.nodes})


def test_ten_actors_by_the_chance_of_one_triad() -> None:
    """By hand: A2 has 6 open triads; groups of 2, 4, 2, 2 put all three in different ones with chance .5333."""
    groups = {key: key[0].replace("X", "L") for key in ACTORS}
    # Ordered triples of three different groups: 6 * (2*4*2 * 3 + 2*2*2) = 336 of 720.
    chance = brokerage_chance(ten_actors(), groups=groups)["A2"]
    assert chance.expected["liaison"] == pytest.approx(6 * 336 / 720)
    assert sum(chance.expected.values()) == pytest.approx(6)


def test_without_a_choice_there_is_no_z() -> None:
    network = a_network("abc", [a_tie("a", "b"), a_tie("b", "c")])
    chance = brokerage_chance(network, groups=dict.fromkeys("abc", "us"))
    assert (chance["b"].expected["coordinator"], chance["b"].z["coordinator"]) == (2, None)
    assert set(chance["a"].z.values()) == {None}
