"""Who holds the network together, or stands between given ends."""

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.access import Viewer
from service.questions.ends import Ends, ids_at_end
from service.questions.networks import Networks
from service.questions.scope import Scope, network_in, with_scope

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer
    from graph.analysis.intermediaries.answer import Intermediary


def intermediaries(
    networks: Networks, viewer: Viewer, scope: Scope, *, ends: Ends | None = None, limit: int = 20
) -> "Answer[Intermediary]":
    """Return who holds the network together, or stands between the ``ends``: ``limit`` profiles, strongest first."""
    from graph.analysis.intermediaries.answer import key_intermediaries

    network, ends = network_in(networks, viewer, scope), ends or Ends()
    answer = key_intermediaries(
        network,
        limit=limit,
        sources=ids_at_end(network, ends.sources, ends.source_categories, pointer="/from"),
        targets=ids_at_end(network, ends.targets, ends.target_categories, pointer="/to"),
    )
    ends_asked = {
        "from": ends.sources,
        "to": ends.targets,
        "from_category": ends.source_categories,
        "to_category": ends.target_categories,
    }
    return with_scope(replace(answer, parameters={**ends_asked, **answer.parameters}), scope)
