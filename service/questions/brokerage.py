"""Who brokers between groups, and in which role."""

from typing import TYPE_CHECKING

from graph.access import Viewer
from service.questions.networks import Networks
from service.questions.scope import Scope, network_in, with_scope

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer
    from graph.analysis.brokerage.answer import Brokerage


def brokerage(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    role: str | None = None,
    groups: str = "category",
    limit: int = 20,
) -> "Answer[Brokerage]":
    """Return who brokers between groups, in which role, and if more than by chance: ``limit`` rows, most first."""
    from graph.analysis.brokerage.answer import brokerage_answer

    return with_scope(
        brokerage_answer(network_in(networks, viewer, scope), role=role, groups=groups, limit=limit), scope
    )
