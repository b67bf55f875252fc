"""The ten actors of the design (analytics.md 4.9), every row that concerns what is built, to the digits printed."""

from math import prod

import pytest

from graph.analysis.brokerage.roles import Roles, brokerage_roles
from graph.analysis.brokerage.structural_holes import structural_holes
from graph.analysis.centrality.betweenness import betweenness, normalised
from graph.analysis.centrality.closeness import harmonic_closeness
from graph.analysis.connectivity.cut_points import CutPoints
from graph.analysis.intermediaries.answer import key_intermediaries
from graph.analysis.paths.answer import influence_paths
from tests.graph.ten_actors import ACTORS, ten_actors

NETWORK = ten_actors()
OTHERS_ZERO = dict.fromkeys(ACTORS, 0.0)


def test_betweenness_in_hops() -> None:
    assert betweenness(NETWORK) == {**OTHERS_ZERO, "A1": 12, "A2": 19, "L1": 15, "L3": 7}


def test_betweenness_in_hops_sums_to_the_excess_of_distance() -> None:
    """The check printed beside it: over 36 connected pairs, Σ (d − 1) = 53."""
    assert sum(betweenness(NETWORK).values()) == 53


def test_betweenness_by_reliability() -> None:
    expected = {**OTHERS_ZERO, "M1": 7, "A1": 12, "A2": 19, "L1": 17, "L3": 7}
    assert betweenness(NETWORK, distance="distance") == expected


def test_betweenness_is_normalised_by_the_pairs_of_others() -> None:
    """By hand: (10 − 1)(10 − 2) / 2 = 36 pairs."""
    assert normalised(19, 10) == 19 / 36
    assert normalised(0, 2) is None


def test_constraint_counting_every_tie_alike() -> None:
    expected = {
        "M1": 1.006944,
        "M2": 1,
        "A1": 0.611111,
        "A2": 0.333333,
        "L1": 0.558642,
        "L2": 0.888889,
        "L3": 0.558642,
        "N1": 1.006944,
        "N2": 1,
        "X1": None,
    }
    found = {key: holes.constraint for key, holes in structural_holes(NETWORK).items()}
    assert {key: None if value is None else round(value, 6) for key, value in found.items()} == expected


def test_constraint_weighted() -> None:
    """Strength is r in this fixture."""
    expected = {
        "M1": 0.860656,
        "A1": 0.635244,
        "A2": 0.349481,
        "L1": 0.600650,
        "L2": 0.944788,
        "L3": 0.675324,
        "N1": 1.113421,
    }
    for weight in ("strength", "reliability"):
        found = structural_holes(NETWORK, weight=weight)
        assert {key: round(found[key].constraint or 0, 6) for key in expected} == expected


def test_effective_size_counting_every_tie_alike() -> None:
    expected = {
        "A2": 3,
        "A1": 2.333333,
        "L1": 2.333333,
        "L3": 2.333333,
        **dict.fromkeys(("M1", "M2", "L2", "N1", "N2"), 1),
    }
    found = structural_holes(NETWORK)
    assert {key: round(found[key].effective_size or 0, 6) for key in expected} == expected
    assert found["X1"].effective_size is found["X1"].efficiency is None
    assert found["A1"].efficiency == pytest.approx(2.333333 / 3, abs=1e-6)


def test_articulation_points_and_bridges() -> None:
    found = CutPoints(NETWORK)
    assert found.articulation_points == {"A1", "A2", "L1", "L3"}
    assert found.bridges == {("A1", "A2"), ("A2", "L1"), ("A2", "M2"), ("L3", "N2")}


def test_what_each_articulation_point_and_bridge_cuts_off() -> None:
    """By looking at the picture: the parts that are left, without the largest."""
    found = CutPoints(NETWORK)
    assert found.cut_off("A2") == ("A1", "M1", "M2", "N1")
    assert found.cut_off("A1") == ("M1", "N1")
    assert found.cut_off("L3") == ("N2",)
    assert found.cut_off("M1") == ()
    assert found.cut_off_by_tie("A2", "A1") == ("A1", "M1", "N1")
    assert found.cut_off_by_tie("L1", "L2") == ()


def test_harmonic_closeness_agrees_with_the_fragmentation_printed() -> None:
    """D_F = 1 − 2 Σ 1/d / (n(n − 1)) = .568889, and 2 Σ 1/d / (n(n − 1)) is the mean of H."""
    values = [value or 0.0 for value in harmonic_closeness(NETWORK).values()]
    assert sum(values) / len(values) == pytest.approx(1 - 0.568889, abs=1e-6)


def test_harmonic_closeness_of_one_actor() -> None:
    """By hand: A2 has A1, L1, M2 at 1, M1, N1, L2, L3 at 2, N2 at 3: (3 + 4/2 + 1/3) / 9."""
    assert harmonic_closeness(NETWORK)["A2"] == pytest.approx((3 + 2 + 1 / 3) / 9)
    assert harmonic_closeness(NETWORK)["X1"] == 0


def test_gould_fernandez_roles() -> None:
    expected = {
        **dict.fromkeys(ACTORS, Roles()),
        **dict.fromkeys(("A1", "L1", "L3"), Roles(gatekeeper=2, representative=2)),
        "A2": Roles(gatekeeper=2, representative=2, liaison=2),
    }
    assert brokerage_roles(NETWORK, groups={key: key[0].replace("X", "L") for key in ACTORS}) == expected


def test_the_four_most_reliable_paths_from_m1_to_l3() -> None:
    items = influence_paths(NETWORK, source="M1", target="L3", k=4).items
    assert [ref.id for ref in items[0].stakeholders] == ["M1", "A1", "A2", "L1", "L3"]
    assert [round(item.reliability, 6) for item in items] == [0.3024, 0.23814, 0.1344, 0.10584]
    for item in items:
        assert item.reliability == pytest.approx(prod(step.reliability for step in item.steps))


def test_the_profile_says_the_same() -> None:
    answer = key_intermediaries(NETWORK, constraint_weight=None)
    by_id = {item.stakeholder.id: item for item in answer.items}
    assert [item.stakeholder.id for item in answer.items[:3]] == ["A2", "L1", "A1"]
    assert by_id["A2"].values.betweenness_hops == 19
    assert by_id["A2"].values.constraint == pytest.approx(1 / 3)
    assert by_id["A2"].articulation_point
    assert [ref.id for ref in by_id["A2"].cuts_off] == ["A1", "M1", "M2", "N1"]
    assert [bridge.to.id for bridge in by_id["A2"].bridges] == ["A1", "L1", "M2"]
    assert by_id["A1"].ranks["betweenness_reliability"] == 3
    assert by_id["M1"].ranks["betweenness_reliability"] == by_id["L3"].ranks["betweenness_reliability"] == 4
    assert by_id["X1"].undefined.keys() == {"constraint", "effective_size", "efficiency"}
