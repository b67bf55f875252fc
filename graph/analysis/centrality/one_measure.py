"""One measure at a time, ranked: the answer behind ``analysis/centrality/{measure}``."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from graph.analysis.answers.answer import Answer, check_limit, graph_seen
from graph.analysis.answers.ranked_row import NO_TIE, Ranked, ranked
from graph.analysis.answers.sampling import check_work, sampled_sources
from graph.analysis.brokerage.structural_holes import structural_holes
from graph.analysis.centrality import bridging, core_numbers, prestige
from graph.analysis.centrality.betweenness import betweenness, subset_betweenness
from graph.analysis.centrality.closeness import harmonic_closeness
from graph.analysis.centrality.current_flow import current_flow_betweenness
from graph.analysis.communities.detection import community_groups
from graph.analysis.communities.participation import participation
from graph.errors import NotFound
from graph.networks.network import StakeholderNetwork

Values = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: method with source, the phrase after a rank, and why a stakeholder with ties may have no value."""

    method: str
    phrase: str
    of: Callable[[StakeholderNetwork], Values]
    undefined: str = "there are too few other stakeholders"
    low_is_best: bool = False


def _degree(network: StakeholderNetwork) -> Values:
    offsets = network.edges.offsets
    return dict(zip(network.nodes, (offsets[1:] - offsets[:-1]).astype(float).tolist(), strict=True))


def _within_budget(measure: Callable[[StakeholderNetwork], Values]) -> Callable[[StakeholderNetwork], Values]:
    def checked(network: StakeholderNetwork) -> Values:
        check_work(network)
        return measure(network)

    return checked


def _holes(name: str, network: StakeholderNetwork) -> Values:
    return {key: getattr(holes, name) for key, holes in structural_holes(network, weight="strength").items()}


def _spread(name: str, network: StakeholderNetwork) -> Values:
    groups = community_groups(network)
    return {key: getattr(both, name) for key, both in participation(network, groups=groups).items()}


NO_STRENGTH = "none of its ties has any strength"

MEASURES: dict[str, Measure] = {
    "betweenness_reliability": Measure(
        "Betweenness in distance -ln r (Freeman 1977; Brandes 2001)",
        "on the most reliable routes between others",
        partial(betweenness, distance="distance"),
    ),
    "betweenness_hops": Measure(
        "Betweenness in hops (Freeman 1977; Brandes 2001)", "on the routes of fewest hops between others", betweenness
    ),
    "current_flow": Measure(
        "Current-flow betweenness on strength, within components (Newman 2005; Brandes & Fleischer 2005)",
        "on all routes between others, the short ones counting most",
        current_flow_betweenness,
    ),
    "bridgeness": Measure(
        "Bridgeness in hops: betweenness without pairs of which an end is a contact (Jensen et al. 2016)",
        "on the routes between others who are no contacts of its own",
        _within_budget(bridging.bridgeness),
    ),
    "bridging": Measure(
        "Bridging centrality: betweenness in hops times the bridging coefficient (Hwang et al. 2006)",
        "as a narrow bridge between dense parts",
        bridging.bridging_centrality,
    ),
    "harmonic_closeness": Measure(
        "Harmonic closeness in hops, divided by n - 1 (Marchiori & Latora 2000)",
        "by how few hops it is from everybody",
        harmonic_closeness,
    ),
    "degree": Measure("Number of contacts", "by its number of contacts", _degree),
    "constraint": Measure(
        "Constraint on strength (Burt 1992); lower is better",
        "by how free its contacts leave it to broker",
        partial(_holes, "constraint"),
        NO_STRENGTH,
        low_is_best=True,
    ),
    "effective_size": Measure(
        "Effective size on strength (Burt 1992)",
        "by how many of its contacts lead to different others",
        partial(_holes, "effective_size"),
        NO_STRENGTH,
    ),
    "efficiency": Measure(
        "Efficiency: effective size divided by contacts (Burt 1992)",
        "by how little its contacts repeat one another",
        partial(_holes, "efficiency"),
        NO_STRENGTH,
    ),
    "hierarchy": Measure(
        "Hierarchy of constraint on strength (Burt 1992); lower is better",
        "by how little it depends on a single contact",
        partial(_holes, "hierarchy"),
        NO_STRENGTH,
        low_is_best=True,
    ),
    "participation": Measure(
        "Participation coefficient over communities (Guimera & Amaral 2005)",
        "by how evenly its ties spread over communities",
        partial(_spread, "participation"),
    ),
    "within_community": Measure(
        "Within-community z of contacts (Guimera & Amaral 2005)",
        "by how well connected it is within its own community",
        partial(_spread, "within_z"),
        "all of its community have as many contacts in it",
    ),
    "k_core": Measure(
        "Core number (Seidman 1983)", "by how deep it lies in the dense part of the network", core_numbers.core_numbers
    ),
    "pagerank": Measure(
        "PageRank on strength along directed ties, damping 0.85 (Brin & Page 1998)",
        "by ties from those who rank high themselves",
        prestige.pagerank,
    ),
    "katz": Measure(
        "Katz centrality on strength, 0.85 of the largest possible attenuation (Katz 1953)",
        "by all walks that lead to it, the short ones counting most",
        prestige.katz_centrality,
    ),
    "eigenvector": Measure(
        "Eigenvector centrality on strength, in the largest component (Bonacich 1987)",
        "by ties to those who rank high themselves",
        prestige.eigenvector_centrality,
        "is not in a component that is larger than every other, and values of different components do not compare",
    ),
}
"""By their name in the address."""


def centrality(network: StakeholderNetwork, *, measure: str, limit: int | None = None) -> Answer[Ranked]:
    """Return all stakeholders ranked by one of ``MEASURES``.

    Raises ``NotFound`` for another, ``InvalidInput`` for a limit below 1, ``TooLarge`` where the network is too
    large for it.
    """
    check_limit(limit)
    if measure not in MEASURES:
        raise NotFound(f"There is no measure {measure[:60]!r}.", cure=f"Use one of: {', '.join(MEASURES)}.")
    chosen = MEASURES[measure]
    values = chosen.of(network)
    items = _rows(network, chosen, values, limit)
    start = sampled_sources(network)
    sampled = not start.exact and measure.startswith(("betweenness", "bridging", "harmonic"))
    warning = f"The network is large: values are estimated from {len(start.ids):,} stakeholders (Brandes & Pich 2007)."
    return Answer(
        method=chosen.method,
        parameters={"measure": measure, "limit": limit, "kinds": network.kinds},
        graph=graph_seen(network),
        items=items,
        warnings=(*network.notes(), *((warning,) if sampled else ())),
        truncated=len(items) < len(values),
    )


def between(network: StakeholderNetwork, *, sources: Collection[str], targets: Collection[str]) -> dict[str, float]:
    """Return subset betweenness on the most reliable routes, from the smaller side. ``TooLarge`` past the budget."""
    fewer, more = sorted((set(sources), set(targets)), key=len)
    check_work(network, len(fewer) + len(fewer & more))
    return subset_betweenness(network, sources=fewer, targets=more, distance="distance")


def _rows(network: StakeholderNetwork, chosen: Measure, values: Values, limit: int | None) -> tuple[Ranked, ...]:
    return ranked(
        network,
        values,
        phrase=chosen.phrase,
        reason=lambda key: chosen.undefined if network.contacts(key) else NO_TIE,
        low_is_best=chosen.low_is_best,
        limit=limit,
    )
