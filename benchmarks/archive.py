"""Back up and restore generated networks, and print the speed and the memory used.

    python -m benchmarks.archive [--reports 5000 20000] [--seed 1]

Each size has two local Neo4j of its own, one to read and one to restore into. Every step is a process of its own;
memory is the growth of that process (psutil, sampled every 5 ms), which must not grow with the size. Seconds are by the
clock, as most of the work is the database's; CPU seconds are of the process alone.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import TypeVar

from benchmarks.watched import watched
from graph.access import LOCAL_ACTOR
from graph.model import Source, Stakeholder
from graph.ties import TieReport
from graph.vocabulary import SourceKind
from queries import local_neo4j
from queries.admin.operations import Operations
from queries.local_neo4j import ServerAddress
from queries.store import Changes, Store
from service.archive import Archive, back_up, restore_archive
from service.archive.manifest import Manifest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measured:
    """One step of one size: seconds by the clock and of processor time, and the growth of the process in megabytes."""

    seconds: float
    cpu_seconds: float
    megabytes: float


def records(reports: int, seed: int) -> list[Source | Stakeholder | TieReport]:
    """Return a source, a fourth as many stakeholders as reports, and the reports between them."""
    chance = random.Random(seed)
    source = Source(name="Survey", kind=SourceKind.SURVEY)
    people = [Stakeholder(name=f"Actor {number}", category="ngo") for number in range(max(2, reports // 4))]
    tie_reports = []
    for _ in range(reports):
        one, other = chance.sample(people, 2)
        tie_reports.append(TieReport(from_id=one.id, to_id=other.id, kind="funds", source_id=source.id, strength=0.5))
    return [source, *people, *tie_reports]


def _fill(to: ServerAddress, reports: int, seed: int) -> None:
    store = Store.open(to.uri, to.username, to.password)
    store.prepare()
    store.apply(Changes(create=records(reports, seed)), LOCAL_ACTOR)
    store.close()


def _backup(source: ServerAddress, file: Path) -> tuple[Measured, Manifest]:
    operations = Operations.open(source.uri, source.username, source.password)
    operations.server()  # loads and connects the driver before the clock starts
    return _measured(lambda: back_up(operations, file))


def _restore(target: ServerAddress, file: Path) -> tuple[Measured, bool]:
    operations = Operations.open(target.uri, target.username, target.password)
    operations.server()
    step, manifest = _measured(lambda: restore_archive(operations, Archive(file)))
    return step, operations.fingerprint() == manifest.fingerprint


def _measured(work: Callable[[], T]) -> tuple[Measured, T]:
    begun = process_time()
    seconds, megabytes, result = watched(work)
    return Measured(seconds, process_time() - begun, megabytes), result


def measure(reports: int, seed: int) -> bool:
    """Run one size and print its figures. Return whether the restored graph equals the one that was backed up."""
    # A new process for each step: memory freed by an earlier step would hide what a later one uses.
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh,
    ):
        file, homes = Path(folder) / "archive", [Path(folder) / name for name in ("from", "to")]
        try:
            source, target = (local_neo4j.start(home, idle_seconds=0, progress=False) for home in homes)
            fresh.submit(_fill, source, reports, seed).result()
            saving, manifest = fresh.submit(_backup, source, file).result()
            restoring, same = fresh.submit(_restore, target, file).result()
        finally:
            for home in homes:
                local_neo4j.stop(home)
        rows = sum(manifest.counts.values())
        print(f"{rows:,} rows, {file.stat().st_size / 1e6:.1f} MB")
    for name, step in (("backup", saving), ("restore", restoring)):
        print(
            f"  {name:8}{step.seconds:6.1f} s {rows / step.seconds:8,.0f} rows/s {step.cpu_seconds:6.1f} s CPU "
            f"{step.megabytes:6.0f} MB more memory"
        )
    print(f"  the same graph: {'yes' if same else 'NO'}")
    return same


def main(arguments: list[str] | None = None) -> int:
    """Run and print the figures; return 1 if a restored graph differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[5_000, 20_000])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    return 0 if all(measure(reports, options.seed) for reports in options.reports) else 1


if __name__ == "__main__":
    sys.exit(main())
