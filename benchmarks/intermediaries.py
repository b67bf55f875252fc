"""Build a network and find its key intermediaries, beside plain NetworkX doing the measures it has.

    python -m benchmarks.intermediaries [--nodes 1000] [--seed 1] [--json]

The values are compared in the same run. NetworkX has no Gould–Fernandez roles, nor what an articulation point cuts
off, so those are on our side of the scales alone. Its distance betweenness and ours differ by design where routes are
level but for rounding; here lengths are random, so they agree.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from math import isclose, isnan
from time import process_time
from typing import TypeVar

import networkx as nx

from benchmarks.graphs import TODAY, stakeholders
from graph.analysis.betweenness import betweenness
from graph.analysis.brokerage import brokerage_roles
from graph.analysis.closeness import harmonic_closeness
from graph.analysis.cuts import Cuts
from graph.analysis.intermediaries import key_intermediaries
from graph.analysis.sampling import Sources
from graph.analysis.structural_holes import structural_holes
from graph.network import StakeholderNetwork, build_network

Result = TypeVar("Result")
Values = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: seconds each way, how many times faster ours is, and whether the values are the same."""

    measure: str
    ours: float
    networkx: float
    ratio: float
    equal: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One run. ``build`` and ``answer`` are seconds; ``exact`` says that the answer was not estimated from a sample."""

    stakeholders: int
    ties: int
    edges: int
    build: float
    rows: tuple[Row, ...]
    roles: float
    answer: float
    exact: bool
    networkx: float

    @property
    def equal(self) -> bool:
        """Whether every measure gave the same values both ways."""
        return all(row.equal for row in self.rows)


def compare(nodes: int, *, seed: int = 1) -> Report:
    """Time both sides on a made-up network of so many stakeholders."""
    members, ties = stakeholders(nodes, seed=seed)
    build, network = timed(lambda: _built(build_network(members, ties, revision=1, as_of=TODAY)))
    rows = tuple(_row(name, *sides) for name, sides in _measures(network).items())
    groups = {node.id: node.category for node in members}
    roles, _ = timed(lambda: brokerage_roles(network, groups=groups))
    answer, found = timed(lambda: key_intermediaries(network, limit=20))
    return Report(
        stakeholders=len(members),
        ties=len(ties),
        edges=network.undirected.number_of_edges(),
        build=build,
        rows=rows,
        roles=roles,
        answer=answer,
        exact=found.parameters["sources"] == len(members),
        networkx=sum(row.networkx for row in rows),
    )


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the processor seconds that the work took, whoever else uses the machine, and its result."""
    start = process_time()
    result = work()
    return process_time() - start, result


def _built(network: StakeholderNetwork) -> StakeholderNetwork:
    """Make the graphs too, which a network otherwise makes when first asked for them."""
    network.undirected.number_of_edges()
    return network


def _measures(network: StakeholderNetwork) -> dict[str, tuple[Callable[[], Values], Callable[[], Values]]]:
    graph = network.undirected
    everybody = Sources(tuple(sorted(network.nodes)), 1.0)
    others = len(graph) - 1
    return {
        "betweenness, hops": (
            lambda: betweenness(network, start=everybody),
            lambda: nx.betweenness_centrality(graph, normalized=False),
        ),
        "betweenness, distance": (
            lambda: betweenness(network, distance="distance", start=everybody),
            lambda: nx.betweenness_centrality(graph, normalized=False, weight="distance"),
        ),
        "harmonic closeness": (
            lambda: harmonic_closeness(network, start=everybody),
            lambda: {key: value / others for key, value in nx.harmonic_centrality(graph).items()},
        ),
        "constraint": (
            lambda: {k: v.constraint for k, v in structural_holes(network, weight="strength").items()},
            lambda: nx.constraint(graph, weight="strength"),
        ),
        "effective size": (
            lambda: {k: v.effective_size for k, v in structural_holes(network, weight="strength").items()},
            # A node at a time: asked for all at once, NetworkX 3.6.1 fills dense matrices.
            lambda: nx.effective_size(graph, nodes=list(graph), weight="strength"),
        ),
        "articulation points": (
            lambda: dict.fromkeys(Cuts(network).articulation_points, 1.0),
            lambda: dict.fromkeys(nx.articulation_points(graph), 1.0),
        ),
    }


def _row(name: str, ours: Callable[[], Values], theirs: Callable[[], Values]) -> Row:
    our_seconds, our_values = timed(ours)
    their_seconds, their_values = timed(theirs)
    return Row(
        name, our_seconds, their_seconds, their_seconds / max(our_seconds, 1e-9), _same(our_values, their_values)
    )


def _same(ours: Values, theirs: Values) -> bool:
    """Equal to six digits; NetworkX says nan where we say that a value is undefined."""
    return ours.keys() == theirs.keys() and all(
        isnan(other) if value is None else isclose(value, other, rel_tol=1e-6, abs_tol=1e-6)
        for key, value in ours.items()
        if (other := theirs[key]) is not None
    )


def _print(report: Report) -> None:
    print(f"{report.stakeholders:,} stakeholders, {report.ties:,} ties, {report.edges:,} tied pairs")
    print(f"{'':24}{'ours s':>10}{'NetworkX s':>12}{'ratio':>8}  same values")
    for row in report.rows:
        same = "yes" if row.equal else "NO"
        print(f"{row.measure:24}{row.ours:10.3f}{row.networkx:12.3f}{row.ratio:8.1f}  {same}")
    print(f"{'brokerage roles':24}{report.roles:10.3f}{'none':>12}")
    ours = report.build + report.answer
    print(f"{'build the network':24}{report.build:10.3f}")
    print(f"{'whole answer':24}{report.answer:10.3f}{report.networkx:12.3f}{report.networkx / report.answer:8.1f}")
    print(f"build and answer {ours:.3f} s, {'exact' if report.exact else 'estimated from a sample'}")


def main(arguments: list[str]) -> int:
    """Run and print; return 1 if any value differs."""
    parser = argparse.ArgumentParser(description="Network build and key intermediaries, beside plain NetworkX.")
    parser.add_argument("--nodes", type=int, default=1000, help="stakeholders (default 1000)")
    parser.add_argument("--seed", type=int, default=1, help="which made-up network (default 1)")
    parser.add_argument("--json", action="store_true", help="print figures for programs")
    chosen = parser.parse_args(arguments)
    report = compare(chosen.nodes, seed=chosen.seed)
    if chosen.json:
        print(json.dumps({**asdict(report), "equal": report.equal}, indent=2))
    else:
        _print(report)
    return 0 if report.equal else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
