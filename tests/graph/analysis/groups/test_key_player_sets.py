"""Key sets: the values printed in the design, brute force, and the promise of the greedy choice."""

from itertools import combinations, pairwise
from math import e

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.groups import key_player_sets
from graph.analysis.groups.key_player_sets import best_sets, value_of
from graph.errors import TooLarge
from graph.networks.network import StakeholderNetwork
from tests.graph.analysis import oracles
from tests.graph.builders import a_network, a_tie
from tests.graph.networkx_views import undirected
from tests.graph.strategies import networks
from tests.graph.ten_actors import ten_actors

slow = settings(max_examples=40)


def found(size: int, criterion: str) -> dict[str, float | None]:
    return {
        "".join(one.members): one.value and round(one.value, 6)
        for one in best_sets(ten_actors(), size=size, criterion=criterion)
    }


def test_the_best_pair_to_spread_through_does_not_hold_the_best_single_one() -> None:
    one, two = found(1, "reach"), found(2, "reach")
    assert [(key, one[key]) for key in list(one)[:3]] == [("A2", 0.633333), ("L1", 0.616667), ("A1", 0.591667)]
    assert [(key, two[key]) for key in list(two)[:2]] == [("A1L3", 0.85), ("A1L1", 0.8)]


def test_m_reach_counts_those_within_two_hops() -> None:
    one, two = found(1, "m-reach"), found(2, "m-reach")
    assert next(iter(one.items())) == ("A2", 8)
    assert {"A1L1", "A1L2", "A1L3"} <= {key for key, value in two.items() if value == 9}  # those printed, of eleven
    assert max(value or 0 for value in two.values()) == 9


def test_fragmentation_of_the_printed_example() -> None:
    singles = best_sets(ten_actors(), size=1, criterion="fragmentation")[:3]
    assert [(one.members, round(one.value or 0, 6), round(one.fragmentation or 0, 6)) for one in singles] == [
        (("A2",), 0.777778, 0.75),
        (("L1",), 0.731481, 0.638889),
        (("A1",), 0.701389, 0.555556),
    ]
    first, second = best_sets(ten_actors(), size=2, criterion="fragmentation")[:2]
    assert (first.members, round(first.value or 0, 6), round(first.fragmentation or 0, 6)) == (
        ("A2", "L3"),
        0.857143,
        0.857143,
    )
    assert (second.members, round(second.value or 0, 6)) == (("A1", "L1"), 0.839286)


def test_of_sets_that_leave_the_rest_as_distant_the_one_that_cuts_off_more_comes_first() -> None:
    """Without D: a path of three and a triangle (Σ 1/d = 5.5, 6 pairs), without C: a pair and a star (5.5; 7)."""
    network = a_network("ABCDEFG", [a_tie(*ends) for ends in ("AD", "AE", "AG", "BC", "BF", "CD", "CF")])
    cut = [one for one in best_sets(network, size=1, criterion="fragmentation") if one.members[0] in "CD"]
    assert [one.members[0] for one in cut] == ["D", "C"]
    assert [one.value for one in cut] == pytest.approx([1 - 5.5 / 15] * 2)
    assert [one.fragmentation for one in cut] == pytest.approx([1 - 6 / 15, 1 - 7 / 15])


def test_the_whole_network_is_as_broken_as_printed() -> None:
    whole = value_of(ten_actors(), (), criterion="fragmentation")
    assert (round(whole.value or 0, 6), whole.fragmentation) == (0.568889, 0.2)


@given(networks(most=7), st.integers(1, 3))
@slow
def test_every_set_has_the_value_that_brute_force_gives(network: StakeholderNetwork, size: int) -> None:
    every = set(combinations(network.nodes, size))
    for criterion in key_player_sets.CRITERIA:
        sets = best_sets(network, size=size, criterion=criterion)
        assert {one.members for one in sets} == every
        values = [one.value for one in sets]
        assert values == sorted(values, key=lambda value: -(value or 0))
        for one in sets:
            if criterion == "reach":
                assert one.value == pytest.approx(oracles.reach(network, one.members))
            elif criterion == "m-reach":
                assert one.value == oracles.m_reach(network, one.members, 2)
            elif len(network.nodes) - size < 2:
                assert one.value is one.fragmentation is None
            else:
                expected = oracles.fragmentation(network, one.members)
                assert (one.value, one.fragmentation) == pytest.approx(expected)


@given(networks(most=8))
@slow
def test_fragmentation_keeps_to_its_identities(network: StakeholderNetwork) -> None:
    """Identity 3: F = 0 where connected, 1 where all are isolates, and D_F ≥ F."""
    whole = value_of(network, (), criterion="fragmentation")
    if whole.value is not None and whole.fragmentation is not None:
        assert whole.value >= whole.fragmentation - 1e-9
        assert (whole.fragmentation == 1) == (not undirected(network).edges)


@given(networks(most=7), st.data())
@slow
def test_reach_is_monotone_and_submodular(network: StakeholderNetwork, data: st.DataObject) -> None:
    """Identity 4: monotone and submodular, which is what the promise of the greedy choice rests on."""
    keys = list(network.nodes)
    large = data.draw(st.sets(st.sampled_from(keys)))
    small = large & data.draw(st.sets(st.sampled_from(keys)))
    extra = data.draw(st.sampled_from(keys))
    for criterion in ("reach", "m-reach"):

        def value(members: set[str], criterion: str = criterion) -> float:
            return value_of(network, tuple(sorted(members)), criterion=criterion).value or 0.0

        assert value(small) <= value(large) + 1e-9
        assert value(small | {extra}) - value(small) >= value(large | {extra}) - value(large) - 1e-9


@pytest.mark.parametrize("criterion", ["reach", "m-reach"])
@given(network=networks(most=8), size=st.integers(2, 3))
@slow
def test_the_greedy_choice_keeps_its_guarantee(network: StakeholderNetwork, size: int, criterion: str) -> None:
    if size <= len(network.nodes):
        best = best_sets(network, size=size, criterion=criterion)[0].value or 0.0
        greedy = key_player_sets._greedy(network, size, criterion, 2)
        assert greedy.value == pytest.approx(value_of(network, greedy.members, criterion=criterion).value)
        assert (1 - 1 / e) * best - 1e-9 <= (greedy.value or 0.0) <= best + 1e-9


def test_a_large_network_is_answered_by_one_greedy_set_of_the_same_values() -> None:
    """61 stakeholders, one more than every set is tried for: a line, cut best in the middle."""
    keys = [f"s{n:02}" for n in range(61)]
    line = a_network(keys, [a_tie(*pair) for pair in pairwise(keys)])
    (cut,) = best_sets(line, size=1, criterion="fragmentation")
    assert cut.members == ("s30",)
    assert (cut.value, cut.fragmentation) == pytest.approx(oracles.fragmentation(line, cut.members))
    (pair,) = best_sets(line, size=2, criterion="reach")
    assert pair.value == pytest.approx(oracles.reach(line, pair.members))


def test_more_members_than_stakeholders_give_no_set() -> None:
    assert best_sets(a_network("ab"), size=3, criterion="reach") == ()


def test_distances_of_too_many_stakeholders_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_player_sets, "LARGEST", 2)
    with pytest.raises(TooLarge, match="up to 2 stakeholders"):
        best_sets(a_network("abc"), size=1, criterion="reach")
