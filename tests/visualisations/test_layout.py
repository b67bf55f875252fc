import math

import networkx as nx
import pytest

from tests.graph.builders import a_network, a_node, a_tie
from visualisations.encoding import Encoding, NodeMark, encode
from visualisations.layout import CHARACTER, place


def drawn(graph: "nx.Graph[int]") -> Encoding:
    """The marks of a network of that form, with names of ordinary length."""
    names = {node: f"N{node:04d}" for node in graph}
    nodes = [a_node(key, name=f"Association number {key} of traders") for key in names.values()]
    ties = [a_tie(names[one], names[other]) for one, other in graph.edges]
    return encode(a_network(nodes, ties), scores={key: float(graph.degree[node]) for node, key in names.items()})


FORMS = {
    "one": nx.empty_graph(1),
    "pair": nx.path_graph(2),
    "path": nx.path_graph(12),
    "twins": nx.star_graph(9),
    "crowd": nx.star_graph(150),
    "clique": nx.complete_graph(25),
    "hubs": nx.barabasi_albert_graph(150, 2, seed=3),
    "parts": nx.gnm_random_graph(120, 90, seed=3),
    "isolates": nx.empty_graph(40),
}


@pytest.fixture(params=FORMS)
def encoding(request: pytest.FixtureRequest) -> Encoding:
    return drawn(FORMS[request.param])


def rectangle(mark: NodeMark, x: float, y: float) -> tuple[float, float, float, float]:
    """What figure and name cover: left, top, right, bottom."""
    lines = mark.label.split("\n")
    half = max(mark.size, max(map(len, lines)) * mark.text * CHARACTER / 2)
    return x - half, y - mark.size, x + half, y + mark.size + len(lines) * mark.text


def test_everybody_is_placed_in_whole_pixels_and_nobody_covers_anybody(encoding: Encoding) -> None:
    positions = place(encoding)
    assert set(positions) == {mark.id for mark in encoding.nodes}
    assert all(isinstance(number, int) for position in positions.values() for number in position)
    covered = [rectangle(mark, *positions[mark.id]) for mark in encoding.nodes]
    for index, (left, top, right, bottom) in enumerate(covered):
        for other in covered[index + 1 :]:
            assert left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]


def test_the_same_marks_get_the_same_positions(encoding: Encoding) -> None:
    assert place(encoding) == place(encoding)


def test_an_empty_map_has_no_positions() -> None:
    assert place(encode(a_network([]))) == {}


def test_stakeholders_more_steps_apart_are_drawn_farther_apart() -> None:
    positions = place(drawn(nx.path_graph(8)))
    from_first = [math.dist(positions["N0000"], positions[f"N{step:04d}"]) for step in range(8)]
    assert from_first == sorted(from_first)


def test_two_groups_joined_by_one_bridge_stand_apart() -> None:
    """In a barbell every member is nearer to the middle of its own group than to that of the other."""
    positions = place(drawn(nx.barbell_graph(8, 1)))
    middles = [
        tuple(sum(positions[f"N{node:04d}"][axis] for node in group) / 8 for axis in (0, 1))
        for group in (range(8), range(9, 17))
    ]
    for group, own in ((range(8), 0), (range(9, 17), 1)):
        for node in group:
            at = positions[f"N{node:04d}"]
            assert math.dist(at, middles[own]) < math.dist(at, middles[1 - own])


def test_a_line_in_tension_does_not_draw_stakeholders_together() -> None:
    ring = nx.cycle_graph(12)
    marks = drawn(ring)
    nodes = [a_node(mark.id, name=mark.label) for mark in marks.nodes]
    ties = [tie for mark in marks.edges for tie in mark.ties]
    in_tension = a_tie("N0000", "N0006", 0.9, kind="in_tension_with", sign=-1)
    assert place(encode(a_network(nodes, [*ties, in_tension]))) == place(encode(a_network(nodes, ties)))
