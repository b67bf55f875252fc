"""Neo4j Graph Data Science (GPL-3.0), in Java: two threads, in a process of its own (see ``gds_server``)."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.peers import Measured, Pairs
from benchmarks.peers.gds_server import CALLS, VERSION


@dataclass(frozen=True)
class GraphDataScience:
    """GDS in an embedded Neo4j without network ports."""

    name: str = f"gds {VERSION}"

    def run(self, pairs: Pairs, measures: Sequence[str]) -> Iterator[Measured]:
        """Compute those of the measures that it has."""
        supported = [measure for measure in CALLS if measure in measures]
        with TemporaryDirectory() as folder:
            pairs_file, answers = Path(folder, "pairs.npz"), Path(folder, "answers.npz")
            pairs.save(pairs_file)
            command = [sys.executable, "-m", "benchmarks.peers.gds_server", str(pairs_file), str(answers), *supported]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            arrays = dict(np.load(answers))
        for measure, seconds in zip(supported, arrays["seconds"], strict=True):
            yield Measured(measure, float(seconds), nan, arrays[measure])


def peer() -> GraphDataScience:
    """Return GDS."""
    return GraphDataScience()
