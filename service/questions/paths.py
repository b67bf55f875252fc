"""How influence can travel from one stakeholder to another."""

from typing import TYPE_CHECKING

from graph.access import Viewer
from service.questions.lookup import stakeholder_called
from service.questions.networks import Networks
from service.questions.scope import Scope, network_in, with_scope

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer
    from graph.analysis.paths.answer import InfluencePath


def paths(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    source: str,
    target: str,
    k: int = 3,
    direction: str = "either",
    avoid: tuple[str, ...] = (),
) -> "Answer[InfluencePath]":
    """Return how influence can travel from ``source`` to ``target``; these and ``avoid`` are ids or exact names."""
    from graph.analysis.paths.answer import influence_paths

    network = network_in(networks, viewer, scope)
    answer = influence_paths(
        network,
        source=stakeholder_called(network, source, pointer="/from"),
        target=stakeholder_called(network, target, pointer="/to"),
        k=k,
        direction=direction,
        avoid=tuple(stakeholder_called(network, name, pointer="/avoid") for name in avoid),
    )
    return with_scope(answer, scope)
