"""The network, or the surroundings of one stakeholder, as a page."""

from graph.access import Viewer
from service.questions.lookup import stakeholder_called
from service.questions.networks import Networks
from service.questions.scope import Scope, network_in


def network_map(
    networks: Networks,
    viewer: Viewer,
    scope: Scope,
    *,
    focus: str = "",
    depth: int = 2,
    title: str = "Stakeholder network",
) -> str:
    """Draw the network, or with ``focus`` (id or exact name) what is within ``depth`` steps of one stakeholder.

    Returns a complete HTML page that loads nothing. Raises ``NotFound`` for an unknown focus, ``TooLarge`` past
    what a map can hold.
    """
    from graph.analysis.centrality.betweenness import betweenness
    from visualisations.network_map import check_size, render

    network = network_in(networks, viewer, scope)
    centre = stakeholder_called(network, focus, pointer="") if focus else None
    if centre:
        from graph.networks.ego import ego

        network = ego(network, centre, depth=depth)
        title = network.nodes[centre].name
    check_size(network, focus=centre)  # before scores are computed
    scores = betweenness(network)
    names = {area.id: area.name for area in networks.store.all_areas(viewer)}
    return render(network, title=title, scores=scores, focus=centre, area_names=names)
