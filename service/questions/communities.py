"""Which stakeholders are more closely tied among themselves than to others."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from graph.access import Viewer
from service.questions.networks import Networks
from service.questions.scope import Scope, network_in, with_scope

if TYPE_CHECKING:
    from graph.analysis.communities.answer import Communities


def communities(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    resolution: float = 1.0,
    compared_to: date | None = None,
    limit: int = 100,
) -> "Communities":
    """Return who is in the same community: ``limit`` rows, the largest first, each with its match on another day."""
    from graph.analysis.communities.answer import communities_answer

    network = network_in(networks, viewer, scope)
    before = network_in(networks, viewer, replace(scope, as_of=compared_to)) if compared_to else None
    return with_scope(communities_answer(network, resolution=resolution, limit=limit, before=before), scope)
