from collections import defaultdict
from math import exp, isfinite, log, prod
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.networks.network import (
    ASSUMED_STRENGTH,
    ASSUMED_TRUST,
    LEAST_RELIABILITY,
    MESSAGE_KINDS,
    MOST_RELIABILITY,
    StakeholderNetwork,
    collapse,
    exists,
)
from graph.networkx_backend.sparse_graph import sparse_graph
from graph.vocabulary import TIE_KINDS, TieStatus
from tests.graph.builders import a_network, a_node, a_tie
from tests.graph.networkx_views import directed, in_tension, undirected
from tests.graph.strategies import networks, permutations_of

# Collapsing parallel ties.


def test_existence_of_independent_ties_is_that_of_any_being_there() -> None:
    """By hand: 1 − 0.6 · 0.5."""
    arc = collapse([a_tie("a", "b", 0.4), a_tie("a", "b", 0.5, kind="partners_with")])
    assert arc.existence == pytest.approx(0.7)


def test_ties_that_share_an_origin_are_no_independent_evidence() -> None:
    """The largest stands for both."""
    ties = [a_tie("a", "b", p, kind=kind, origins=("radio",)) for p, kind in ((0.4, "trusts"), (0.5, "supports"))]
    assert collapse(ties).existence == pytest.approx(0.5)


def test_strength_adds_up_and_trust_is_weighted_by_it() -> None:
    """By hand: 0.2 + 0.6 and (0.2 · 1.0 + 0.6 · 0.2) / 0.8."""
    arc = collapse(
        [a_tie("a", "b", strength=0.2, trust=1.0), a_tie("a", "b", kind="partners_with", strength=0.6, trust=0.2)]
    )
    assert arc.strength == pytest.approx(0.8)
    assert arc.trust == pytest.approx(0.4)


def test_unreported_values_are_assumed_in_the_middle() -> None:
    arc = collapse([a_tie("a", "b", 0.8, strength=None, trust=None)])
    assert (arc.strength, arc.trust) == (ASSUMED_STRENGTH, ASSUMED_TRUST)
    assert arc.reliability == pytest.approx(0.8 * ASSUMED_TRUST)


def test_ties_without_strength_weigh_their_trust_evenly() -> None:
    arc = collapse(
        [a_tie("a", "b", strength=0.0, trust=1.0), a_tie("a", "b", kind="partners_with", strength=0.0, trust=0.5)]
    )
    assert (arc.strength, arc.trust) == (0.0, 0.75)


def test_every_length_is_above_zero_and_finite() -> None:
    """r = 1 would be a tie of no length, on which shortest-path counts go silently wrong; r = 0 one without end."""
    perfect, hopeless = collapse([a_tie("a", "b", 1.0)]), collapse([a_tie("a", "b", 0.0)])
    assert perfect.reliability == MOST_RELIABILITY
    assert 0 < perfect.distance < 1e-5
    assert hopeless.reliability == LEAST_RELIABILITY
    assert isfinite(hopeless.distance)


def test_no_ties_cannot_be_collapsed() -> None:
    with pytest.raises(ValueError, match="no tie"):
        collapse([])


numbers = st.floats(0, 1)
parallel = st.lists(
    st.tuples(numbers, st.none() | numbers, st.none() | numbers, st.sets(st.sampled_from("abcd"), min_size=1)),
    min_size=1,
    max_size=5,
)


@given(parallel, st.data())
def test_a_collapsed_tie_lies_between_its_source_ties(
    parts: list[tuple[float, float | None, float | None, set[str]]], data: st.DataObject
) -> None:
    kinds = sorted(TIE_KINDS)
    ties = [
        a_tie("a", "b", kind=kinds[n], existence=p, strength=w, trust=q, origins=tuple(sorted(origins)))
        for n, (p, w, q, origins) in enumerate(parts)
    ]
    arc = collapse(ties)
    assert arc == collapse(data.draw(st.permutations(ties)))
    existences = [tie.existence for tie in ties]
    assert max(existences) - 1e-12 <= arc.existence <= 1 - prod(1 - p for p in existences) + 1e-12
    trusts = [ASSUMED_TRUST if tie.trust is None else tie.trust for tie in ties]
    assert min(trusts) - 1e-12 <= arc.trust <= max(trusts) + 1e-12
    assert arc.strength == pytest.approx(sum(ASSUMED_STRENGTH if t.strength is None else t.strength for t in ties))
    assert set(arc.ties) == set(ties)
    assert LEAST_RELIABILITY <= arc.reliability <= MOST_RELIABILITY
    assert exp(-arc.distance) == pytest.approx(arc.reliability)


# What makes the graphs.


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"status": TieStatus.PRESENT}, True),
        ({"status": TieStatus.STALE}, True),
        ({"status": TieStatus.CONTESTED, "existence": 0.6}, True),
        ({"status": TieStatus.CONTESTED, "existence": 0.5}, False),
        ({"status": TieStatus.CONTESTED, "existence": 0.4}, False),
        ({"status": TieStatus.ASSESSED_ABSENT, "existence": 0.1}, False),
    ],
)
def test_a_tie_counts_as_existing_if_the_evidence_favours_it(changes: dict[str, Any], counts: bool) -> None:
    tie = a_tie("a", "b", **changes)
    assert exists(tie) is counts
    assert directed(a_network(["a", "b"], [tie])).has_edge("a", "b") is counts


def test_only_kinds_that_carry_messages_are_used_by_default() -> None:
    tie = a_tie("a", "b", kind="depends_on")
    assert "depends_on" not in MESSAGE_KINDS
    assert not a_network(["a", "b"], [tie]).included_ties
    assert a_network(["a", "b"], [tie], kinds=["depends_on"]).included_ties == (tie,)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        a_network(["a", "b"], kinds=["gossips_with"])


def test_a_directed_tie_runs_one_way_and_an_undirected_one_both() -> None:
    network = a_network(["a", "b", "c"], [a_tie("b", "a", kind="reports_to"), a_tie("b", "c")])
    assert sorted(directed(network).edges) == [("b", "a"), ("b", "c"), ("c", "b")]


def test_the_projection_takes_the_larger_strength_and_the_better_direction() -> None:
    there = a_tie("a", "b", kind="reports_to", existence=0.9, trust=0.5, strength=0.2)
    back = a_tie("b", "a", kind="influences", existence=0.6, trust=0.9, strength=0.7)
    network = a_network(["a", "b"], [there, back])
    edge = undirected(network).edges["a", "b"]
    assert edge["reliability"] == pytest.approx(0.6 * 0.9)
    assert (edge["existence"], edge["trust"], edge["strength"]) == (0.6, 0.9, 0.7)
    assert set(edge["arc"].ties) == {there, back}


@given(networks())
def test_the_projection_has_a_tie_where_either_direction_has_one(network: StakeholderNetwork) -> None:
    ahead, both = directed(network), undirected(network)
    assert {frozenset(edge) for edge in both.edges} == {frozenset(edge) for edge in ahead.edges}
    assert list(both) == list(ahead) == list(network.nodes)
    for one, other, data in both.edges(data=True):
        ways = [ahead.edges[way] for way in ((one, other), (other, one)) if ahead.has_edge(*way)]
        assert data["strength"] == max(way["strength"] for way in ways)
        assert data["reliability"] == max(way["reliability"] for way in ways)
        assert data["distance"] == pytest.approx(-log(data["reliability"]))


@given(networks())
def test_every_arc_is_the_collapse_of_the_included_ties_of_its_direction(network: StakeholderNetwork) -> None:
    together = defaultdict(list)
    for tie in network.included_ties:
        ends = [(tie.from_id, tie.to_id)]
        if not TIE_KINDS[tie.kind].directed:
            ends.append((tie.to_id, tie.from_id))
        for way in ends:
            together[way].append(tie)
    assert {way: collapse(ties) for way, ties in together.items()} == {
        (one, other): data["arc"] for one, other, data in directed(network).edges(data=True)
    }


@given(networks())
def test_pairs_in_tension_are_kept_apart(network: StakeholderNetwork) -> None:
    expected = {frozenset((tie.from_id, tie.to_id)) for tie in network.ties if tie.sign < 0 and exists(tie)}
    assert {frozenset(edge) for edge in in_tension(network).edges} == expected
    assert all(tie.sign >= 0 for tie in network.included_ties)


@given(st.data())
def test_the_order_in_which_records_come_does_not_matter(data: st.DataObject) -> None:
    network = data.draw(networks())
    nodes, ties = data.draw(st.permutations(list(network.nodes.values()))), data.draw(st.permutations(network.ties))
    again = a_network(nodes, ties)
    assert again.ties == network.ties
    for graph in (directed, undirected, in_tension):
        one, other = graph(network), graph(again)
        assert list(one.edges(data=True)) == list(other.edges(data=True))
        assert list(one) == list(other)


def test_ties_to_stakeholders_outside_are_left_out() -> None:
    assert a_network(["a"], [a_tie("a", "b")]).ties == ()


@given(networks(), st.data())
def test_a_part_of_the_network_is_the_network_of_that_part(network: StakeholderNetwork, data: st.DataObject) -> None:
    """Identity 11 begins here: cutting away is the same as never having had."""
    keep = data.draw(st.sets(st.sampled_from(list(network.nodes))))
    part = network.within(lambda node: node.id in keep)
    ties = [tie for tie in network.ties if tie.from_id in keep and tie.to_id in keep]
    built = a_network([network.nodes[key] for key in sorted(keep)], ties)
    assert (part.nodes, part.ties, part.kinds) == (built.nodes, built.ties, built.kinds)
    assert nx.utils.graphs_equal(undirected(part), undirected(built))


@pytest.mark.parametrize("rows", ["arcs", "edges", "in_tension"])
def test_the_graphs_that_networkx_is_given_cannot_be_changed_by_those_who_share_them(rows: str) -> None:
    network = a_network(["a", "b"], [a_tie("a", "b")])
    with pytest.raises(nx.NetworkXError, match="cannot be changed"):
        sparse_graph(getattr(network, rows), network.nodes).add_edge("a", "c")


def test_notes_count_what_a_reader_should_know() -> None:
    ties = [
        a_tie("a", "b", trust=None, undated=True),
        a_tie("b", "c", strength=None, status=TieStatus.STALE),
        a_tie("a", "c", 0.9, status=TieStatus.CONTESTED),
    ]
    notes = list(a_network("abc", ties).notes())
    assert [note.split(" have ")[0] for note in notes] == ["1 of 3 ties"] * 5
    assert list(a_network("abc").notes()) == []


@given(st.data())
def test_permuting_ids_permutes_the_network(data: st.DataObject) -> None:
    """Identity 10: nothing depends on what somebody's id happens to be."""
    network = data.draw(networks(kinds=("coordinates_with", "reports_to")))
    names = data.draw(permutations_of(network))
    from tests.graph.builders import renamed

    other = undirected(renamed(network, names))
    for one, two, edge in undirected(network).edges(data=True):
        for name in ("existence", "strength", "trust", "reliability"):
            assert other.edges[names[one], names[two]][name] == pytest.approx(edge[name]), name


def test_nodes_keep_their_given_values() -> None:
    node = a_node("a", do_not_contact=True, sector_ids=("health",))
    assert a_network([node]).nodes["a"] is node
