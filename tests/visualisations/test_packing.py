import numpy as np
import pytest

from visualisations.packing import ASPECT, GAP, SET_SINGLY, Block, pack


def a_block(name: str, width: float, height: float) -> Block:
    """A part that covers one rectangle, with one stakeholder in its left upper corner."""
    return Block({name: (0.0, 0.0)}, np.array([[0.0, 0.0, width, height]]))


@pytest.mark.parametrize("small", [1, 5, SET_SINGLY, SET_SINGLY + 1, 60])
def test_blocks_keep_their_gap_and_none_is_lost(small: int) -> None:
    sizes = {"large": (900.0, 600.0)} | {f"small {n}": (60.0 + n, 40.0 + 2 * n) for n in range(small)}
    positions = pack([a_block(name, *size) for name, size in sizes.items()])
    assert set(positions) == set(sizes)
    placed = [(*positions[name], *size) for name, size in sizes.items()]
    for index, (x, y, width, height) in enumerate(placed):
        for other_x, other_y, other_width, other_height in placed[index + 1 :]:
            beside = max(other_x - (x + width), x - (other_x + other_width))
            above = max(other_y - (y + height), y - (other_y + other_height))
            assert max(beside, above) >= GAP - 1e-9


def test_a_small_part_goes_into_a_free_corner_rather_than_beside() -> None:
    """The large part is an L: its free corner holds the small one, so that the whole does not grow."""
    angle = Block({"angle": (0, 0)}, np.array([[0.0, 0.0, 200.0, 900.0], [0.0, 700.0, 1200.0, 900.0]]))
    x, y = pack([angle, a_block("small", 300, 200)])["small"]
    assert 200 + GAP <= x <= 1200 - 300
    assert 0 <= y <= 700 - GAP - 200


def test_the_whole_is_close_to_the_aspect_of_a_map_pane() -> None:
    positions = pack([a_block(f"{n:03d}", 100, 60) for n in range(100)])
    width, height = np.ptp(np.array(list(positions.values())), axis=0)
    assert ASPECT / 1.5 <= width / height <= ASPECT * 1.5


def test_packing_nothing_gives_nothing() -> None:
    assert pack([]) == {}
