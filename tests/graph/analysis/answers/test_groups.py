"""Communities, participation, cores, standing and the Pareto front."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.centrality.core_numbers import core_numbers
from graph.analysis.centrality.prestige import eigenvector_centrality, katz_centrality, pagerank
from graph.analysis.communities.detection import communities, community_groups, matched
from graph.analysis.communities.participation import participation
from graph.analysis.intermediaries.pareto import mean_trust, pareto_front
from graph.networks.network import StakeholderNetwork
from tests.graph.builders import a_network, a_tie, renamed
from tests.graph.networkx_views import directed, undirected
from tests.graph.strategies import networks, permutations_of
from tests.graph.ten_actors import ten_actors

slow = settings(max_examples=30)


def two_camps() -> StakeholderNetwork:
    """Two cliques of five, tied by one tie, and somebody alone."""
    ties = [a_tie(*pair) for camp in ("abcde", "vwxyz") for pair in combinations(camp, 2)]
    return a_network("abcdevwxyz!", [*ties, a_tie("e", "v")])


def test_two_camps_are_two_communities_that_every_run_finds() -> None:
    found = communities(two_camps())
    assert [(one.id, "".join(one.members)) for one in found] == [("a", "abcde"), ("v", "vwxyz")]
    assert {strength for one in found for strength in one.strengths} == {1.0}
    assert community_groups(two_camps())["!"] == "!"


def test_a_newcomer_with_a_later_id_does_not_rename_a_community() -> None:
    network = two_camps()
    more = a_network([*network.nodes, "~"], [*network.ties, a_tie("a", "~"), a_tie("b", "~")])
    assert [one.id for one in communities(more)] == ["a", "v"]
    assert "~" in communities(more)[0].members


@given(st.data())
@settings(max_examples=10)
def test_other_ids_give_the_same_communities(data: st.DataObject) -> None:
    names = data.draw(permutations_of(two_camps()))
    found = {frozenset(one.members) for one in communities(renamed(two_camps(), names), runs=10)}
    assert found == {frozenset(names[key] for key in camp) for camp in ("abcde", "vwxyz")}


def test_a_stakeholder_between_two_camps_has_a_weaker_membership() -> None:
    """On a ring of twelve where to cut is arbitrary, so nobody belongs anywhere for sure."""
    keys = [f"s{n:02}" for n in range(12)]
    ring = a_network(keys, [a_tie(*pair) for pair in zip(keys, [*keys[1:], keys[0]], strict=True)])
    strengths = [strength for one in communities(ring) for strength in one.strengths]
    assert max(strengths) < 1
    assert communities(ring) == communities(a_network(keys, ring.ties))


def test_a_network_without_ties_has_no_community() -> None:
    assert communities(a_network("ab")) == ()
    assert communities(a_network("ab", [a_tie("a", "b", strength=0.0)])) == ()


def test_names_are_carried_over_by_the_members_in_common() -> None:
    before = {"old": frozenset("abcd"), "other": frozenset("xyz")}
    after = {"new": frozenset("abce"), "second": frozenset("d"), "third": frozenset("xy"), "fresh": frozenset("q")}
    assert matched(before, after) == {"new": "old", "third": "other"}


def test_participation_by_hand() -> None:
    """A2 is tied to an authority, a leader and a mission unit: 1 − 3/9; both authorities have one contact at home."""
    groups = {key: key[0] for key in ten_actors().nodes}
    found = participation(ten_actors(), groups=groups)
    assert found["A2"].participation == pytest.approx(2 / 3)
    assert found["A2"].within_z is None
    # The three leaders have 2, 2 and 2 contacts at home, too; L1 two of its three.
    assert found["L1"].participation == pytest.approx(1 - (4 + 1) / 9)
    assert found["X1"].participation is None


def test_z_is_highest_for_the_best_connected_within_a_group() -> None:
    """By hand: a star of four in one group has 3, 1, 1, 1 contacts at home: mean 1.5, deviation √.75."""
    star = a_network("mabc", [a_tie("m", other) for other in "abc"])
    found = participation(star, groups=dict.fromkeys("mabc", "us"))
    assert found["m"].within_z == pytest.approx(1.5 / 0.75**0.5)
    assert found["m"].participation == 0


@given(networks())
@slow
def test_prestige_measures_agree_with_networkx(network: StakeholderNetwork) -> None:
    theirs = nx.pagerank(directed(network), weight="strength", tol=1e-12, max_iter=1000)
    assert pagerank(network) == pytest.approx(theirs, abs=1e-8)
    assert sum(pagerank(network).values()) == pytest.approx(1)
    graph = undirected(network)
    largest = max(nx.adjacency_spectrum(graph, weight="strength").real, default=0)
    if largest > 0:
        katz = nx.katz_centrality_numpy(graph, alpha=0.85 / largest, normalized=False, weight="strength")
        assert katz_centrality(network) == pytest.approx(katz, rel=1e-6)
    else:
        assert set(katz_centrality(network).values()) == {1.0}


def test_an_eigenvector_is_that_of_the_largest_component_alone() -> None:
    """By hand: on a star of four, the middle has √3 times what the others have."""
    network = a_network("mabcxy", [*(a_tie("m", other) for other in "abc"), a_tie("x", "y")])
    found = eigenvector_centrality(network)
    assert found["m"] == 1
    assert found["a"] == pytest.approx(3**-0.5)
    assert found["x"] is found["y"] is None
    two_pairs = a_network("abxy", [a_tie("a", "b"), a_tie("x", "y")])
    assert set(eigenvector_centrality(two_pairs).values()) == {None}


def test_a_large_star_has_its_eigenvector_centrality_by_sparse_matrix() -> None:
    """A star of 80 by hand: the middle has √79 times what the others have."""
    keys = [f"s{n:02}" for n in range(80)]
    found = eigenvector_centrality(a_network(keys, [a_tie(keys[0], other) for other in keys[1:]]))
    assert found["s07"] == pytest.approx(79**-0.5)


def test_cores_of_the_ten_actors() -> None:
    """By hand: two triangles and what lies between them are the 2-core, what hangs on it is 1, nobody tied 0."""
    found = core_numbers(ten_actors())
    assert {key for key, number in found.items() if number == 2} == {"A1", "A2", "M1", "N1", "L1", "L2", "L3"}
    assert found["X1"] == 0


@given(st.dictionaries(st.text(max_size=2), st.tuples(*[st.none() | st.integers(0, 3)] * 3), max_size=12))
def test_nobody_on_the_front_is_beaten_and_everybody_else_is(measures: dict[str, tuple[float | None, ...]]) -> None:
    known = {key: values for key, values in measures.items() if None not in values}
    expected = {
        key
        for key, mine in known.items()
        if not any(other != mine and all(a >= b for a, b in zip(other, mine, strict=True)) for other in known.values())  # type: ignore[operator]
    }
    assert pareto_front(measures) == expected


def test_trust_is_weighed_by_strength() -> None:
    network = a_network("abc", [a_tie("a", "b", strength=3.0, trust=0.2), a_tie("a", "c", strength=1.0, trust=1.0)])
    assert mean_trust(network) == {"a": 0.4, "b": 0.2, "c": 1.0}
