"""Influence paths: through whom to reach a stakeholder, how reliably, and with what cautions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import prod

from graph.analysis.answers.answer import Answer, StakeholderRef, check_limit, graph_seen, refer
from graph.analysis.answers.wording import counted, listed
from graph.analysis.paths.shortest import Route, Routes
from graph.analysis.paths.steps import Step, step
from graph.analysis.paths.unreachable import no_path
from graph.errors import Finding, InvalidInput
from graph.networks.network import StakeholderNetwork

MOST_PATHS = 10
"""Most paths of one request: more than anybody compares, and it bounds the work."""

DIRECTIONS = ("either", "along")

METHOD = (
    "Fewest hops, then most reliable; most reliable: largest product of r = p q over the ties, the shortest route in "
    "-ln r (Dijkstra 1959); alternatives: k shortest loopless routes (Yen 1971)"
)


@dataclass(frozen=True, slots=True)
class InfluencePath:
    """One path from source to target, both included in ``stakeholders``.

    ``found_as`` says what it is best at: ``most_reliable``, ``fewest_hops``, both, or ``alternative``. ``reliability``
    in (0, 1) is the product over the hops, ties being independent. ``weakest`` is the position of the hop that limits
    it, counted from 0. ``vetoes`` are pairs on the path who are in tension. ``comparison`` compares it with the best.
    """

    found_as: tuple[str, ...]
    stakeholders: tuple[StakeholderRef, ...]
    hops: int
    reliability: float
    weakest: int
    steps: tuple[Step, ...]
    vetoes: tuple[str, ...]
    warnings: tuple[str, ...]
    comparison: str
    sentence: str


def influence_paths(
    network: StakeholderNetwork,
    *,
    source: str,
    target: str,
    k: int = 3,
    direction: str = "either",
    avoid: Collection[str] = (),
) -> Answer[InfluencePath]:
    """Return the ``k`` most reliable paths from ``source`` to ``target``, best first, and that of fewest hops.

    ``direction`` is ``either`` (the undirected projection: all who are tied can talk) or ``along`` (only in the
    direction of a tie). Nobody in ``avoid`` is on any path. Where there is no path, ``items`` is empty and the first
    warning says so and names the nearest stakeholder that can be reached. Raises ``NotFound`` for an id the
    network does not hold, and ``InvalidInput`` for source = target, an end to be avoided, another direction, or ``k``
    outside 1 to 10.
    """
    _check(network, source, target, k, direction, avoid)
    routes = Routes(network, directed=direction == "along", avoid=avoid)
    best = routes.best(source, target, by="reliability", most=k)
    shortest = routes.best(source, target, by="hops", most=1)
    ordered = sorted({*best, *shortest}, key=routes.order)
    paths = [_path(network, route, direction=direction) for route in ordered]
    items = tuple(
        replace(
            path,
            found_as=_found_as(route, best, shortest),
            comparison=_comparison(path, paths, routes.unfinished),
        )
        for route, path in zip(ordered, paths, strict=True)
    )
    nowhere = () if ordered else (no_path(network, routes, source=source, target=target),)
    unfinished = (f"Only {counted(len(best), 'path')} could be found within the budget of work.",)
    return Answer(
        method=METHOD,
        parameters={
            "source": source,
            "target": target,
            "k": k,
            "direction": direction,
            "avoid": tuple(sorted(set(avoid))),
            "kinds": network.kinds,
            "ordered_by": ("reliability", "hops", "ids on the way"),
        },
        graph=graph_seen(network),
        items=items,
        warnings=(*nowhere, *(unfinished if routes.unfinished else ()), *network.notes()),
        truncated=routes.unfinished,
    )


def _check(  # noqa: PLR0917 - the parameters of the question
    network: StakeholderNetwork, source: str, target: str, k: int, direction: str, avoid: Collection[str]
) -> None:
    check_limit(k, most=MOST_PATHS, name="k")
    for key in (source, target, *avoid):
        refer(network, key)
    for wrong, pointer, detail, cure in (
        (source == target, "/target", "is the same stakeholder as source", "Give two different stakeholders."),
        (source in avoid, "/avoid", "holds the source", "Leave both ends out of it."),
        (target in avoid, "/avoid", "holds the target", "Leave both ends out of it."),
        (direction not in DIRECTIONS, "/direction", f"{direction!r} is none", f"Use {' or '.join(DIRECTIONS)}."),
    ):
        if wrong:
            raise InvalidInput(f"{pointer[1:]} {detail}.", cure=cure, findings=[Finding(pointer, detail, cure)])


def _found_as(route: Route, best: Collection[Route], shortest: Collection[Route]) -> tuple[str, ...]:
    names = (("most_reliable", route in tuple(best)[:1]), ("fewest_hops", route in shortest))
    return tuple(name for name, fits in names if fits) or ("alternative",)


def _path(network: StakeholderNetwork, route: Route, *, direction: str) -> InfluencePath:
    steps = tuple(step(network, one, other, direction=direction) for one, other in pairwise(route))
    weakest = min(range(len(steps)), key=lambda position: steps[position].reliability)
    reliability = prod(step.reliability for step in steps)
    refs = tuple(refer(network, key) for key in route)
    return InfluencePath(
        found_as=(),
        stakeholders=refs,
        hops=len(steps),
        reliability=reliability,
        weakest=weakest,
        steps=steps,
        vetoes=tuple(_vetoes(network, refs)),
        warnings=tuple(warning for step in steps for warning in step.warnings),
        comparison="",
        sentence=_sentence(refs, steps, weakest, reliability),
    )


def _vetoes(network: StakeholderNetwork, refs: Collection[StakeholderRef]) -> Iterator[str]:
    for one, other in combinations(refs, 2):
        if network.in_tension.edge_index(network.positions[one.id], network.positions[other.id]) >= 0:
            yield f"{one.name} and {other.name}, both on this path, are in tension: first ask someone who knows both."


def _sentence(refs: tuple[StakeholderRef, ...], steps: tuple[Step, ...], weakest: int, reliability: float) -> str:
    first, *between, last = (ref.name for ref in refs)
    if not between:
        return f"{first} and {last} are tied directly, with reliability {reliability:.3f}."
    weak = steps[weakest]
    return (
        f"{first} reaches {last} through {listed(between)}: {counted(len(steps), 'hop')}, reliability {reliability:.3f}"
        f"; the weakest is that from {weak.source.name} to {weak.target.name} ({weak.reliability:.2f})."
    )


def _comparison(path: InfluencePath, paths: list[InfluencePath], unfinished: bool) -> str:  # noqa: FBT001
    best = paths[0]
    if path is best and len(paths) == 1:
        return "" if unfinished else "There is no other path."
    other = paths[1] if path is best else best
    hops = path.hops - other.hops
    more = f"{counted(abs(hops), 'hop')} {'more' if hops > 0 else 'fewer'} than" if hops else "As many hops as"
    weak = path.steps[path.weakest]
    return (
        f"{more} {'the runner-up' if path is best else 'the best'}, {path.reliability:.3f} against "
        f"{other.reliability:.3f}; limited by {weak.source.name} to {weak.target.name} ({weak.reliability:.2f})."
    )
