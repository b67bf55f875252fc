"""Other libraries to compare with: each peer takes the same pairs and returns values by node, with its time.

Peers come with ``pip install -e .[peers]``; one that is not installed is left out of a run. Some are under the GPL:
they are only measured here, none of our code is linked with them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import Generic, NamedTuple, Protocol, TypeVar

import networkx as nx
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Result = TypeVar("Result")
Numbers = npt.NDArray[np.int32]

PEERS = {
    "networkx": "networkx",
    "igraph": "igraph",
    "networkit": "networkit",
    "rustworkx": "rustworkx",
    "rustnx": "rustnx",
    "franken_networkx": "franken",
    "jpype": "gds",
}
"""Package that must be installed → module of the peer."""

AGAIN_BELOW = 1.0
"""Seconds below which a figure is the best of three."""

HOPS, DISTANCE = "betweenness, hops", "betweenness, distance"
HARMONIC = "harmonic closeness"
HOLES = "constraint and effective size"
CUTS = "articulation points"


@dataclass(frozen=True)
class Pairs:
    """An undirected network of ``nodes`` without parallel ties: the two ends of each pair and its weights."""

    nodes: int
    one: Numbers
    other: Numbers
    distance: Floats
    strength: Floats

    def save(self, path: Path) -> None:
        """Write the pairs for another process, as a NumPy archive of arrays."""
        np.savez(path, nodes=self.nodes, one=self.one, other=self.other, distance=self.distance)


class Clocked(NamedTuple, Generic[Result]):
    """Seconds of some work, by the clock and of processor time of this process, and its result."""

    seconds: float
    processor: float
    result: Result

    def times(self, factor: float) -> "Clocked[Result]":
        """Return the same with the times multiplied by ``factor``."""
        return Clocked(self.seconds * factor, self.processor * factor, self.result)


@dataclass(frozen=True)
class Measured:
    """One measure of one peer: ``seconds`` by the clock, ``processor`` seconds (nan: unknown), ``values`` by node.

    With ``part``, seconds are extrapolated in proportion to the whole: values are of routes from these nodes alone, or
    of structural holes of these alone.
    """

    measure: str
    seconds: float
    processor: float
    values: Floats
    part: Numbers | None = None


class Peer(Protocol):
    """A library that computes some of the measures."""

    @property
    def name(self) -> str:
        """Its name and version."""
        ...

    def run(self, pairs: Pairs, measures: Sequence[str]) -> Iterator[Measured]:
        """Compute those of the measures that it has."""
        ...


@dataclass(frozen=True)
class Library:
    """A peer that runs in this process. ``prepare`` builds its graph, untimed, and returns the work by measure."""

    name: str
    prepare: Callable[[Pairs], Mapping[str, Callable[[], Floats]]]

    def run(self, pairs: Pairs, measures: Sequence[str]) -> Iterator[Measured]:
        """Compute those of the measures that it has."""
        for measure, work in self.prepare(pairs).items():
            if measure in measures:
                yield Measured(measure, *best(work))


def clocked(work: Callable[[], Result]) -> Clocked[Result]:
    """Do the work and return it with its times."""
    begun, used = perf_counter(), process_time()
    result = work()
    return Clocked(perf_counter() - begun, process_time() - used, result)


def best(work: Callable[[], Result]) -> Clocked[Result]:
    """Do the work, three times if it takes less than ``AGAIN_BELOW``, and return it with its best times."""
    tries = [clocked(work)]
    while tries[0].seconds < AGAIN_BELOW and len(tries) < 3:
        tries.append(clocked(work))
    return Clocked(min(each.seconds for each in tries), min(each.processor for each in tries), tries[0].result)


@contextmanager
def networkx_settings_kept() -> Iterator[None]:
    """Restore NetworkX's settings after the block, whatever a peer changes."""
    before = {name: deepcopy(value) for name, value in nx.config.items()}
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(nx.config, name, value)


def peers(names: Sequence[str] = ()) -> list[Peer]:
    """Return the installed peers, or those of them with these names."""
    installed: list[Peer] = []
    with networkx_settings_kept():  # importing franken_networkx has NetworkX fall back silently, for everybody
        for package, module in PEERS.items():
            if find_spec(package) is not None:
                installed.append(import_module(f"benchmarks.peers.{module}").peer())
    return [peer for peer in installed if not names or peer.name.split()[0] in names]
