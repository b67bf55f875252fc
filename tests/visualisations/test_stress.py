import networkx as nx
import numpy as np
import pytest
from scipy.sparse.csgraph import shortest_path

from visualisations.stress import arranged


def steps_of(graph: "nx.Graph[int]") -> np.ndarray:
    return np.asarray(shortest_path(nx.to_scipy_sparse_array(graph, weight=None), unweighted=True))


def stress(positions: np.ndarray, steps: np.ndarray) -> float:
    """Σ d⁻² (s‖x_i − x_j‖ − d)² over pairs, at the scale s that makes it least."""
    one, other = np.triu_indices(len(steps), 1)
    d = steps[one, other]
    distances = np.linalg.norm(positions[one] - positions[other], axis=1)
    scale = (distances / d).sum() / (distances**2 / d**2).sum()
    return float(((scale * distances - d) ** 2 / d**2).sum())


@pytest.mark.parametrize(
    "graph", [nx.path_graph(20), nx.cycle_graph(30), nx.grid_2d_graph(6, 6)], ids=["path", "ring", "grid"]
)
def test_distances_match_steps_about_as_well_as_in_networkx_energy_layout(graph: "nx.Graph[int]") -> None:
    """Kamada & Kawai (1989) lowers the same energy by another way; ours is at most a third above it.

    The rest is what it costs to draw everything out sideways for screens and names.
    """
    steps = steps_of(graph)
    tiny = np.full((len(steps), 2), 0.1)
    found = stress(arranged(steps, tiny), steps)
    energy = nx.kamada_kawai_layout(graph)
    best = stress(np.array([energy[node] for node in graph]), steps)
    pairs = len(steps) * (len(steps) - 1) / 2
    assert found / pairs <= best / pairs * 4 / 3 + 0.03


def test_boxes_larger_than_a_step_end_up_beside_each_other() -> None:
    steps = steps_of(nx.complete_graph(12))
    half = np.tile([120.0, 40.0], (12, 1))
    centres = arranged(steps, half)
    for one in range(12):
        for other in range(one):
            cover = 2 * half[0] - np.abs(centres[one] - centres[other])
            assert (cover <= 0.5).any()
