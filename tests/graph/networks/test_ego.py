import pytest

from graph.errors import InvalidInput, NotFound
from graph.networks.ego import ego
from graph.vocabulary import TieStatus
from tests.graph.builders import a_network, a_tie
from tests.graph.ten_actors import ten_actors


@pytest.mark.parametrize(
    ("depth", "found"),
    [
        (1, {"A1", "A2", "M1", "N1"}),
        (2, {"A1", "A2", "M1", "N1", "M2", "L1"}),
        (3, {"A1", "A2", "M1", "N1", "M2", "L1", "L2", "L3"}),
        (6, {"A1", "A2", "M1", "N1", "M2", "L1", "L2", "L3", "N2"}),
    ],
)
def test_ego_holds_those_within_the_steps_and_their_ties(depth: int, found: set[str]) -> None:
    """Read off the drawing of the ten actors; X1 is isolated."""
    network = ten_actors()
    surroundings = ego(network, "A1", depth=depth)
    assert set(surroundings.nodes) == found
    assert set(surroundings.ties) == {tie for tie in network.ties if {tie.from_id, tie.to_id} <= found}


def test_ego_follows_ties_against_their_direction_and_in_tension() -> None:
    ties = [
        a_tie("L2", "L1", kind="funds"),
        a_tie("L1", "L3", 0.9, kind="in_tension_with", sign=-1),
        a_tie("L1", "L4", 0.1, status=TieStatus.ASSESSED_ABSENT),
    ]
    assert set(ego(a_network(["L1", "L2", "L3", "L4"], ties), "L1", depth=1).nodes) == {"L1", "L2", "L3"}


def test_ego_of_an_isolate_is_itself_alone() -> None:
    assert list(ego(ten_actors(), "X1").nodes) == ["X1"]


def test_ego_keeps_revision_day_and_kinds() -> None:
    network = ten_actors()
    surroundings = ego(network, "A1")
    assert (surroundings.revision, surroundings.as_of, surroundings.kinds) == (1, network.as_of, network.kinds)


def test_ego_refuses_an_unknown_centre_and_depths_out_of_range() -> None:
    with pytest.raises(NotFound, match="no stakeholder"):
        ego(ten_actors(), "Z9")
    for depth in (0, 7):
        with pytest.raises(InvalidInput, match=f"depth of {depth}"):
            ego(ten_actors(), "A1", depth=depth)
