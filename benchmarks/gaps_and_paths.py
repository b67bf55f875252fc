"""How the time for partnership gaps, influence paths and surroundings grows with the network.

    python -m benchmarks.gaps_and_paths [--ties 100000] [--rounds 3] [--json]

Generates a network of about so many ties in memory (no database), and one of a tenth of it, and asks each the same
questions. Seconds are processor time of this process, which leaves out other users of the machine, and medians over the
rounds; what is computed once for a network is computed beforehand and has a row of its own. ``growth`` is how
many times longer the larger network takes, divided by how many times more ties it has: 1 is growth in line with the
ties.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from statistics import median
from time import process_time

from benchmarks.graphs import TIES_EACH, Mission, mission
from benchmarks.watched import watched
from graph.analysis.gaps import partnership_gaps
from graph.analysis.gaps.answer import TYPES
from graph.analysis.paths.answer import influence_paths
from graph.kernels import compiling
from graph.networks.ego import ego
from graph.networks.network import StakeholderNetwork

PATHS = 10
"""Pairs of ends asked about: the time of a path depends on the distance between its ends."""

SHARE_MADE = 0.95
"""Share of the requested ties that the generator yields: without those of isolated stakeholders and duplicates."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question: seconds on a tenth of the network and on the whole, and their ratio by that of the ties."""

    asked: str
    tenth: float
    whole: float
    growth: float


@dataclass(frozen=True, slots=True)
class Report:
    """The rows, the ties of each network, and the growth of the process in MB while asking."""

    ties: tuple[int, int]
    stakeholders: tuple[int, int]
    peak_megabytes: float
    rows: tuple[Row, ...]


def measure(ties: int, rounds: int) -> Report:
    """Time the questions on a network of so many ties and on one of a tenth of it."""
    compiling.warm()
    count = max(50, round(ties / (TIES_EACH * SHARE_MADE)))
    small, large = mission(max(20, count // 10)), mission(count)
    few, many = (len(generated.network.ties) for generated in (small, large))
    tenth, (_, peak, whole) = _timed(small, rounds), watched(lambda: _timed(large, rounds))
    rows = tuple(Row(name, tenth[name], whole[name], whole[name] / tenth[name] / (many / few)) for name in whole)
    return Report((few, many), (len(small.network.nodes), len(large.network.nodes)), peak, rows)


def _timed(generated: Mission, rounds: int) -> dict[str, float]:
    network = generated.network
    begun = process_time()
    _ = network.edges, network.in_tension, network.positions
    seconds = {"arrays, computed once": process_time() - begun}
    gaps = partial(
        partnership_gaps,
        network,
        areas=generated.areas,
        sectors=generated.sectors,
        presence=generated.presence,
        limit=None,
    )
    ids = network.ties.node_ids
    pairs = [(ids[n], ids[-1 - n * len(ids) // (2 * PATHS)]) for n in range(PATHS)]
    questions: dict[str, Callable[[], object]] = {
        "all gaps": gaps,
        **{f"gaps of type {code}": partial(gaps, types=(code,)) for code in TYPES},
        "the first 100 gaps": partial(gaps, limit=100),
        f"{PATHS} questions for paths, k = 3": partial(_paths, network, pairs),
        "surroundings, 2 steps": lambda: ego(network, ids[-1], depth=2),
    }
    return seconds | {name: _median(ask, rounds) for name, ask in questions.items()}


def _paths(network: StakeholderNetwork, pairs: list[tuple[str, str]]) -> None:
    for source, target in pairs:
        influence_paths(network, source=source, target=target, k=3)


def _median(ask: Callable[[], object], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        begun = process_time()
        ask()
        seconds.append(process_time() - begun)
    return median(seconds)


def main(arguments: list[str]) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description="How the time for gaps and paths grows with the network.")
    parser.add_argument("--ties", type=int, default=100_000, help="ties of the larger network (default 100000)")
    parser.add_argument("--rounds", type=int, default=3, help="times each is asked (default 3)")
    parser.add_argument("--json", action="store_true", help="print figures for programs")
    options = parser.parse_args(arguments)
    report = measure(options.ties, options.rounds)
    if options.json:
        print(json.dumps(asdict(report), indent=2))
        return 0
    (few, many), (some, all_) = report.ties, report.stakeholders
    print(f"{few:,} ties of {some:,} stakeholders, and {many:,} of {all_:,}: {many / few:.1f} times the ties")
    print(f"asking used {report.peak_megabytes:.0f} MB at most beside the larger network's ties")
    print(f"{'':34}{'tenth s':>10}{'whole s':>10}{'growth':>9}")
    for row in report.rows:
        print(f"{row.asked:34}{row.tenth:10.3f}{row.whole:10.3f}{row.growth:9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
