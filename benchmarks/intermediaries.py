"""Key intermediaries on generated networks: our kernels compared with other libraries, in one run.

    python -m benchmarks.intermediaries [--nodes 1000 10000] [--peers igraph rustnx] [--seed 1] [--json | --markdown]

The peers are the installed libraries (``make peers`` installs all), at least NetworkX. Every peer gets the same pairs,
its values are compared with ours, and a ratio above 1 is how many times longer it took. Seconds are by the clock, the
best of three where a measure takes less than a second; building a graph is never timed. Effective size is weighted, so
NetworkX computes it node by node.
"""

import argparse
import json
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import isnan

import numpy as np

from benchmarks.graphs import TODAY, stakeholders
from benchmarks.peers import (
    CUTS,
    DISTANCE,
    HARMONIC,
    HOLES,
    HOPS,
    Floats,
    Numbers,
    Pairs,
    best,
    clocked,
    networkx_settings_kept,
    peers,
)
from graph.analysis.intermediaries.answer import key_intermediaries
from graph.kernels.adjacency import Adjacency
from graph.kernels.betweenness import betweenness, sampled_betweenness
from graph.kernels.blocks import Blocks, fragmentation
from graph.kernels.closeness import reach
from graph.kernels.compiling import cores, warm
from graph.kernels.structural_holes import structural_holes
from graph.networks.network import StakeholderNetwork, build_network

TIES_EACH = 4.75
"""Makes 4.5 tied pairs a stakeholder, as one in 20 has none: 45,000 pairs among 10,000."""

ALL_ROUTES = 20_000
"""Nodes up to which all routes are followed: there are as many as pairs, and 100,000 nodes would take an hour."""

LINEAR = (HOLES, CUTS)
"""Measures computed at any size, by every library that has them."""

PICKS = 10
"""Channels to back up, one after another."""

SAMPLED = 300
"""Sources of the sample for large networks, some 5 s for 100,000 nodes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one engine: ``ratio`` is its seconds by ours, ``equal`` whether the values are the same.

    ``processor`` seconds of all its threads are unknown (``None``) where it runs in another process.
    """

    measure: str
    engine: str
    seconds: float
    processor: float | None
    ratio: float
    equal: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One network and what was measured on it. ``alone`` has the seconds of each measure that no peer has."""

    stakeholders: int
    pairs: int
    figures: tuple[Figure, ...]
    alone: dict[str, float]

    @property
    def equal(self) -> bool:
        """Whether all engines gave the same values."""
        return all(figure.equal for figure in self.figures)


@networkx_settings_kept()
def compare(nodes: int, *, names: Sequence[str] = (), seed: int = 1) -> Report:
    """Time our kernels and the peers on a generated network of so many stakeholders."""
    members, ties = stakeholders(nodes, ties_each=TIES_EACH, seed=seed)
    build, _, network = clocked(lambda: _built(build_network(members, ties, revision=1, as_of=TODAY)))
    pairs = pairs_of(network)
    rows = Adjacency.of(nodes, pairs.one, pairs.other, {"distance": pairs.distance, "strength": pairs.strength})
    measures = [measure for measure in _ours(rows) if nodes <= ALL_ROUTES or measure in LINEAR]
    own = {measure: best(_ours(rows)[measure]) for measure in measures}
    figures = [Figure(name, "ours", took.seconds, took.processor, 1.0, equal=True) for name, took in own.items()]
    for peer in peers(names):
        for found in peer.run(pairs, measures):
            took = own[found.measure]
            values = took.result if found.part is None else _ours(rows, found.part)[found.measure]()
            figures.append(
                Figure(
                    found.measure,
                    peer.name,
                    found.seconds,
                    None if isnan(found.processor) else found.processor,
                    found.seconds / took.seconds,
                    bool(np.allclose(found.values, values, rtol=1e-6, atol=1e-6, equal_nan=True)),
                    "" if found.part is None else f"in proportion, from {found.part.size} of the stakeholders",
                )
            )
    return Report(nodes, pairs.one.size, tuple(figures), {"build the network": build} | _alone(network, rows))


def pairs_of(network: StakeholderNetwork) -> Pairs:
    """Return the undirected projection as pairs, each once."""
    edges = network.edges
    once = edges.row < edges.neighbours
    return Pairs(
        len(network.nodes),
        edges.row[once],
        edges.neighbours[once],
        edges.weights["distance"][once],
        edges.weights["strength"][once],
    )


def _ours(rows: Adjacency, part: Numbers | None = None) -> dict[str, Callable[[], Floats]]:
    members = slice(None) if part is None else part

    def holes() -> Floats:
        found = structural_holes(rows, weight="strength")
        return np.concatenate((found.constraint[members], found.effective_size[members]))

    return {
        HOPS: lambda: betweenness(rows, sources=part),
        DISTANCE: lambda: betweenness(rows, length="distance", sources=part),
        HARMONIC: lambda: reach(rows, sources=part).near / (len(rows) - 1),
        HOLES: holes,
        CUTS: lambda: Blocks.of(rows).articulation.astype(float),
    }


def _alone(network: StakeholderNetwork, rows: Adjacency) -> dict[str, float]:
    """Time the measures that no peer has."""
    picks = f"{PICKS} channels to back up (KPP-Neg)"
    found = {picks: best(lambda: fragmentation(rows, PICKS)[1]).seconds}
    if len(rows) <= ALL_ROUTES:
        found["whole answer, 20 profiles"] = clocked(lambda: key_intermediaries(network, limit=20)).seconds
    else:
        seconds, _, estimate = clocked(lambda: sampled_betweenness(rows, count=SAMPLED, length="distance"))
        bound = f"each within {estimate.error:.3f} of the exact share of pairs, {1 - estimate.doubt:.0%} sure of all"
        found[f"betweenness, distance, from {SAMPLED} sources: {bound}"] = seconds
    return found


def _built(network: StakeholderNetwork) -> StakeholderNetwork:
    """Compute the arrays too, which a network otherwise computes on first use."""
    _ = network.edges
    return network


def _table(report: Report) -> str:
    lines = [
        f"### {report.stakeholders:,} stakeholders, {report.pairs:,} tied pairs",
        "",
        "| measure | engine | seconds | processor seconds | times ours | same values |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    for each in sorted(report.figures, key=lambda figure: figure.measure):
        same = ", ".join(filter(None, ("yes" if each.equal else "**no**", each.note)))
        used = "" if each.processor is None else f"{each.processor:.4f}"
        lines.append(f"| {each.measure} | {each.engine} | {each.seconds:.4f} | {used} | {each.ratio:.2f} | {same} |")
    lines += [f"| {what} | ours alone | {seconds:.4f} | | | |" for what, seconds in report.alone.items()]
    return "\n".join(lines)


def _machine() -> str:
    return f"CPython {platform.python_version()} on {platform.system()} {platform.machine()}, {cores()} cores"


def main(arguments: list[str] | None = None) -> int:
    """Run and print; 1 if any value differs."""
    parser = argparse.ArgumentParser(description="Key intermediaries, compared with other libraries.")
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000], help="stakeholders (default 1000)")
    parser.add_argument("--peers", nargs="*", default=[], help="only these (default: all that are installed)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the generated network (default 1)")
    parser.add_argument("--json", action="store_true", help="print figures for programs")
    parser.add_argument("--markdown", action="store_true", help="head the tables as a document")
    chosen = parser.parse_args(arguments)
    warm()
    reports = [compare(nodes, names=chosen.peers, seed=chosen.seed) for nodes in chosen.nodes]
    if chosen.json:
        documents = [asdict(report) | {"equal": report.equal} for report in reports]
        print(json.dumps({"machine": _machine(), "networks": documents}, indent=2))
    else:
        if chosen.markdown:
            print(f"# Key intermediaries, beside what else could count them\n\n{_machine()}.\n")
        print("\n\n".join(map(_table, reports)))
    return 0 if all(report.equal for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
