"""What several stakeholders achieve together: a given team, and sets of key players."""

from typing import TYPE_CHECKING

from graph.access import Viewer
from service.questions.lookup import stakeholder_called
from service.questions.networks import Networks
from service.questions.scope import Scope, network_in, with_scope

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer
    from graph.analysis.groups.key_players import KeySet
    from graph.analysis.groups.team import Team


def team(
    networks: Networks, viewer: Viewer, scope: Scope, *, members: tuple[str, ...], within: int = 2
) -> "Answer[Team]":
    """Return what these stakeholders, by id or exact name, achieve together."""
    from graph.analysis.groups import team as analysis

    network = network_in(networks, viewer, scope)
    keys = {stakeholder_called(network, name, pointer="/member") for name in members}
    return with_scope(analysis.team(network, keys, within=within), scope)


def key_players(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    k: int = 2,
    criterion: str = "reach",
    within: int = 2,
    purpose: str = "",
    limit: int = 5,
) -> "Answer[KeySet]":
    """Return which ``k`` together reach most, or which channels to back up: up to ``limit`` sets, the best first."""
    from graph.analysis.groups import key_players as analysis

    network = network_in(networks, viewer, scope)
    answer = analysis.key_players(network, k=k, criterion=criterion, within=within, purpose=purpose, limit=limit)
    return with_scope(answer, scope)
