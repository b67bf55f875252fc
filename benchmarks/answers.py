"""How long an answer about key intermediaries takes, in process and over HTTP, warm and after one tie changed.

    python -m benchmarks.answers [--stakeholders 1000] [--ties 4500] [--rounds 5] [--json]

Fills a local Neo4j of its own with generated ties, asks through the application's test client (the whole service except
the socket), and stops and deletes the database afterwards. Milliseconds are medians over the rounds: by the clock, and
processor time of this process, which leaves out the database and other users of the machine.
"""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.store_to_network import fill
from graph.access import LOCAL_ACTOR
from graph.kernels import compiling
from graph.model import Source
from graph.ties import TieReport
from graph.vocabulary import SourceKind
from queries import local_neo4j
from queries.driver.connection import Connection
from queries.store import Store
from service import create_app, questions
from service.config import Config
from service.questions.networks import Networks
from service.questions.scope import Scope

QUESTION = "/api/v1/analysis/intermediaries?limit=20"


@dataclass(frozen=True, slots=True)
class Row:
    """One way of asking: median milliseconds by the clock and of processor time."""

    asked: str
    wall: float
    processor: float


def measure(stakeholders: int, ties: int, rounds: int) -> list[Row]:
    """Fill a database of its own and time the question."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        server = local_neo4j.start(home, idle_seconds=0, progress=False)
        try:
            address = (server.uri, server.username, server.password, server.database)
            with closing(Store.open(*address)) as store, closing(Connection(*address)) as connection:
                store.prepare()
                ids = fill(connection, ties, stakeholders=stakeholders)
                compiling.warm()
                return _timed(store, ids, home, rounds)
        finally:
            local_neo4j.stop(home)


def _timed(store: Store, ids: list[str], home: Path, rounds: int) -> list[Row]:
    networks, client = Networks(store), create_app(Config(home=home), store=store).test_client()
    source = store.create(Source(name="Patrol", kind=SourceKind.PATROL_REPORT), LOCAL_ACTOR)
    others = iter(ids[1:])

    def changed() -> None:
        report = TieReport(from_id=ids[0], to_id=next(others), kind="mediates_for", source_id=source.id)
        store.create(report, LOCAL_ACTOR)

    def over_http() -> None:
        response = client.get(QUESTION)
        if response.status_code != 200:
            raise RuntimeError(response.text)

    def unchanged() -> None:
        """Leave the network as it is."""

    in_process = partial(questions.intermediaries.intermediaries, networks, LOCAL_ACTOR, Scope(), limit=20)
    return [
        _row(f"{way}, {when}", ask, before, rounds)
        for way, ask in (("in process", in_process), ("by HTTP", over_http))
        for when, before in (("warm", unchanged), ("after one tie changed", changed))
    ]


def _row(name: str, ask: Callable[[], object], before: Callable[[], None], rounds: int) -> Row:
    ask()
    walls, processors = [], []
    for _ in range(rounds):
        before()
        wall, processor = perf_counter(), process_time()
        ask()
        walls.append((perf_counter() - wall) * 1000)
        processors.append((process_time() - processor) * 1000)
    return Row(name, median(walls), median(processors))


def main(arguments: list[str]) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description="How long an answer about key intermediaries takes.")
    parser.add_argument("--stakeholders", type=int, default=1000, help="stakeholders (default 1000)")
    parser.add_argument("--ties", type=int, default=4500, help="ties (default 4500)")
    parser.add_argument("--rounds", type=int, default=5, help="times each is asked (default 5)")
    parser.add_argument("--json", action="store_true", help="print figures for programs")
    options = parser.parse_args(arguments)
    rows = measure(options.stakeholders, options.ties, options.rounds)
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        print(f"{options.stakeholders:,} stakeholders, {options.ties:,} ties")
        print(f"{'':36}{'clock ms':>10}{'processor ms':>14}")
        for row in rows:
            print(f"{row.asked:36}{row.wall:10.1f}{row.processor:14.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
