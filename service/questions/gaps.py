"""Where expected ties are missing."""

from typing import TYPE_CHECKING

from graph.access import Viewer
from service.questions.networks import Networks
from service.questions.scope import Scope, network_in, with_scope

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer
    from graph.analysis.gaps import Gap


def gaps(
    networks: Networks, viewer: Viewer, scope: Scope, *, limit: int = 100, types: tuple[str, ...] = ()
) -> "Answer[Gap]":
    """Return where expected ties are missing, sectors unserved or stakeholders out of reach.

    ``types`` selects types of gap; empty means all.
    """
    from graph.analysis.gaps.answer import TYPES, partnership_gaps

    store = networks.store
    network = network_in(networks, viewer, scope)
    answer = partnership_gaps(
        network,
        areas=store.all_areas(viewer),
        sectors=store.all_sectors(viewer),
        presence=store.presence(viewer),
        types=types or tuple(TYPES),
        limit=limit,
    )
    return with_scope(answer, scope)
