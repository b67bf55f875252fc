"""Key intermediaries: a profile of ranks and roles for each stakeholder, instead of one hidden score.

Each measure answers its own question and has its own rank. The list is ordered by the rank of betweenness on the
most reliable routes, then in hops, then by constraint, then by id; nothing is summed or weighted behind the scenes.
"""

from collections.abc import Collection, Mapping

from graph.analysis.answers.answer import Answer, check_limit, graph_seen
from graph.analysis.answers.memo import memoised
from graph.analysis.answers.ranking import competition_ranks, tied_groups
from graph.analysis.answers.sampling import DOUBT, SampledSources, sampled_sources
from graph.analysis.answers.wording import listed
from graph.analysis.brokerage.roles import brokerage_roles
from graph.analysis.brokerage.structural_holes import structural_holes
from graph.analysis.centrality.betweenness import betweenness, normalised
from graph.analysis.centrality.closeness import harmonic_closeness
from graph.analysis.centrality.one_measure import between
from graph.analysis.connectivity.cut_points import cut_points
from graph.analysis.intermediaries.pareto import mean_trust, pareto_front
from graph.analysis.intermediaries.profiles import RANKED, Between, Intermediary, Measures, Position, Profiles
from graph.errors import InvalidInput
from graph.networks.network import StakeholderNetwork

__all__ = ["RANKED", "Intermediary", "key_intermediaries"]

METHOD = (
    "Betweenness in hops and in distance -ln r (Freeman 1977; Brandes 2001), Burt constraint, effective size and "
    "efficiency on strength (Burt 1992), harmonic closeness in hops, divided by n - 1 (Marchiori & Latora 2000), "
    "articulation points and bridges (Hopcroft & Tarjan 1973), all on the undirected projection; brokerage roles as "
    "raw counts of open ordered triads on the directed graph (Gould & Fernandez 1989)"
)

ORDERED_BY = ("rank of betweenness_reliability", "rank of betweenness_hops", "rank of constraint", "id")

LOW_IS_BEST = frozenset({"constraint"})


def key_intermediaries(
    network: StakeholderNetwork,
    *,
    limit: int | None = None,
    groups: Mapping[str, str] | None = None,
    constraint_weight: str | None = "strength",
    sources: Collection[str] | None = None,
    targets: Collection[str] | None = None,
) -> Answer[Intermediary]:
    """Return the stakeholders' profiles as go-betweens, those with most betweenness first.

    ``limit`` bounds the list; ranks are always among all. ``groups`` (id → group) replaces category in the brokerage
    roles. ``constraint_weight`` is the edge attribute for Burt's measures (``strength``, ``reliability`` or
    ``existence``), ``None`` counting every tie as 1. With ``sources`` or ``targets`` (the other side then being
    everybody) the list goes first by the routes between those. Raises ``InvalidInput`` for any other weight, a limit
    below 1, or groups that leave a stakeholder out.
    """
    check_limit(limit)
    if constraint_weight not in (None, "strength", "reliability", "existence"):
        raise InvalidInput(
            f"{constraint_weight!r} is no weight for constraint; use strength, reliability or existence."
        )
    group_of = {node.id: node.category for node in network.nodes.values()} if groups is None else dict(groups)
    if missing := sorted(network.nodes.keys() - group_of.keys()):
        raise InvalidInput(f"groups leave out {listed(missing)}; give every stakeholder a group.")

    start = sampled_sources(network)
    values, ranks = _measured(network, constraint_weight, start)
    roles = brokerage_roles(network, groups=group_of)
    between_ends = sources is not None or targets is not None
    ends = (network.nodes if side is None else side for side in (sources, targets))
    links = between(network, **dict(zip(("sources", "targets"), ends, strict=True))) if between_ends else {}
    link_ranks = competition_ranks(links)
    last = len(values) + 1
    sort_keys = {
        key: (
            link_ranks.get(key) or 0,
            ranks["betweenness_reliability"][key] or last,
            ranks["betweenness_hops"][key] or last,
            ranks["constraint"][key] or last,
        )
        for key in values
    }
    order = sorted(values, key=lambda key: (sort_keys[key], key))
    profiles = Profiles(network, cut_points(network), grouped_by_category=groups is None)
    tied = tied_groups({key: sort_keys[key] for key in order})
    front = _front(network, values, links)
    items = tuple(
        profiles.item(
            key,
            values[key],
            {name: ranks[name][key] for name in RANKED},
            roles[key],
            Position(tied[key], Between(links[key], link_ranks[key] or last) if between_ends else None, key in front),
        )
        for key in order[:limit]
    )
    sampled = (
        f"The network is large: betweenness and closeness are estimated from {len(start.ids):,} of {len(order):,} "
        "stakeholders drawn by a fixed seed (Brandes & Pich 2007); as a share of the pairs of others, betweenness is "
        f"within {start.error():.3f} with a probability of {1 - DOUBT:.0%}."
    )
    return Answer(
        method=METHOD,
        parameters={
            "limit": limit,
            "groups": "category" if groups is None else "given",
            "constraint_weight": constraint_weight or "none",
            "kinds": network.kinds,
            "ordered_by": ("rank between the ends asked for", *ORDERED_BY) if between_ends else ORDERED_BY,
            "sources": len(start.ids),
        },
        graph=graph_seen(network),
        items=items,
        warnings=(*network.notes(), *(() if start.exact else (sampled,))),
        truncated=len(items) < len(order),
    )


Ranks = dict[str, dict[str, int | None]]


@memoised
def _measured(
    network: StakeholderNetwork, constraint_weight: str | None, start: SampledSources
) -> tuple[dict[str, Measures], Ranks]:
    """Return the values of all stakeholders, and by measure their ranks."""
    rows = network.edges
    degrees = dict(zip(network.nodes, (rows.offsets[1:] - rows.offsets[:-1]).tolist(), strict=True))
    hops = betweenness(network, start=start)
    reliable = betweenness(network, distance="distance", start=start)
    holes = structural_holes(network, weight=constraint_weight)
    close = harmonic_closeness(network, start=start)
    values = {
        key: Measures(
            betweenness_hops=hops[key],
            betweenness_hops_normalised=normalised(hops[key], len(degrees)),
            betweenness_reliability=reliable[key],
            constraint=holes[key].constraint,
            effective_size=holes[key].effective_size,
            efficiency=holes[key].efficiency,
            harmonic_closeness=close[key],
            degree=degrees[key],
        )
        for key in degrees
    }
    columns = {name: {key: getattr(value, name) for key, value in values.items()} for name in RANKED}
    return values, {
        name: competition_ranks(column, low_is_best=name in LOW_IS_BEST) for name, column in columns.items()
    }


def _front(network: StakeholderNetwork, values: Mapping[str, Measures], links: Mapping[str, float]) -> frozenset[str]:
    trust = mean_trust(network)
    return pareto_front(
        {
            key: (
                links.get(key, value.betweenness_reliability),
                None if value.constraint is None else -value.constraint,
                trust[key],
            )
            for key, value in values.items()
        }
    )
