"""The arrays say what the ties say when every pair is collapsed by itself."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from graph.networks.collapsed import CollapsedTies
from graph.networks.columns import KINDS
from graph.networks.network import Arc, StakeholderNetwork, collapse
from graph.ties import Tie
from graph.vocabulary import TIE_KINDS
from tests.graph.builders import a_network, a_tie
from tests.graph.strategies import networks

ALL = ("coordinates_with", "partners_with", "reports_to", "funds", "trusts")


def arcs_by_hand(network: StakeholderNetwork) -> dict[tuple[str, str], Arc]:
    together: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in network.included_ties:
        together[tie.from_id, tie.to_id].append(tie)
        if not TIE_KINDS[tie.kind].directed:
            together[tie.to_id, tie.from_id].append(tie)
    return {pair: collapse(ties) for pair, ties in together.items()}


def edges_by_hand(network: StakeholderNetwork) -> dict[tuple[str, str], Arc]:
    arcs, edges = arcs_by_hand(network), {}
    for one, other in arcs:
        ways = [arcs[way] for way in ((one, other), (other, one)) if way in arcs]
        better = max(ways, key=lambda arc: (arc.reliability, arc.existence, arc.trust))
        ties = tuple({tie.id: tie for way in ways for tie in way.ties}.values())
        merged = replace(better, strength=max(way.strength for way in ways), ties=collapse(ties).ties)
        edges[one, other] = edges[other, one] = merged
    return edges


def read(network: StakeholderNetwork, rows: CollapsedTies) -> dict[tuple[str, str], Arc]:
    """The arcs of the arrays, and on the way that they are what they promise to be."""
    ids, found = list(network.nodes), {}
    pairs = list(zip(rows.row.tolist(), rows.neighbours.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert rows.offsets.tolist() == [sum(row < node for row, _ in pairs) for node in range(len(ids) + 1)]
    for at, (row, column) in enumerate(pairs):
        ties = tuple(network.ties[place] for place in rows.source_ties(at))
        said = {name: float(values[at]) for name, values in rows.weights.items()}
        arc = Arc(said["existence"], said["strength"], said["trust"], ties)
        assert said["reliability"] == arc.reliability
        assert said["distance"] == pytest.approx(arc.distance, rel=1e-15)
        assert rows.kinds[at] == sum({1 << KINDS.index(tie.kind) for tie in ties})
        found[ids[row], ids[column]] = arc
    return found


@given(networks(kinds=ALL, most=4))
def test_every_arc_and_edge_equals_the_collapse_of_its_ties(network: StakeholderNetwork) -> None:
    assert read(network, network.arcs) == arcs_by_hand(network)
    assert read(network, network.edges) == edges_by_hand(network)


def test_no_stakeholders_or_no_ties_give_empty_rows() -> None:
    for network, offsets in ((a_network(""), [0]), (a_network("ab"), [0, 0, 0])):
        for rows in (network.arcs, network.edges):
            assert rows.offsets.tolist() == offsets
            assert len(rows.neighbours) == 0


def test_neighbours_are_32_bit_to_save_memory() -> None:
    rows = a_network("ab", [a_tie("a", "b")]).edges
    assert (rows.offsets.dtype, rows.neighbours.dtype) == (np.dtype(np.int64), np.dtype(np.int32))
    assert rows.nbytes > 0
