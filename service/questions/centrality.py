"""Stakeholders ranked by one measure, and the ties that most shortest routes cross."""

from typing import TYPE_CHECKING

from graph.access import Viewer
from service.questions.networks import Networks
from service.questions.scope import Scope, network_in, with_scope

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer
    from graph.analysis.answers.ranked_row import Ranked
    from graph.analysis.centrality.tie_betweenness import RankedTie


def centrality(networks: Networks, viewer: Viewer, scope: Scope, *, measure: str, limit: int = 20) -> "Answer[Ranked]":
    """Return stakeholders ranked by one measure: ``limit`` rows, the best first."""
    from graph.analysis.centrality import one_measure as analysis

    return with_scope(analysis.centrality(network_in(networks, viewer, scope), measure=measure, limit=limit), scope)


def tie_betweenness(
    networks: Networks, viewer: Viewer, scope: Scope, *, by: str = "reliability", limit: int = 20
) -> "Answer[RankedTie]":
    """Return the ties that most shortest routes cross: ``limit`` tied pairs, most crossed first."""
    from graph.analysis.centrality.tie_betweenness import ties_by_betweenness

    return with_scope(ties_by_betweenness(network_in(networks, viewer, scope), by=by, limit=limit), scope)
