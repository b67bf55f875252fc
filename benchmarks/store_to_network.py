"""Read a network of many ties from the store, compared with a plain statement read row by row into NetworkX.

    python -m benchmarks.store_to_network [--ties 1000000] [--plain 50000] [--json]

Fills a local Neo4j of its own with generated ties, ten a stakeholder, and stops and deletes it afterwards. Seconds are
by the clock, because half of the work is the database's; the CPU time of both shows where they go. Java compiles what
it runs and gets faster with each read, so one is measured once more. Memory is this process's resident size (psutil,
sampled every 5 ms): the highest while reading, less the size before and less the arrays of the ties that remain.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import networkx as nx
import psutil

from benchmarks.graphs import KINDS
from benchmarks.watched import computed, watched
from graph.access import LOCAL_ACTOR
from graph.evidence import Fold, tie_id, tie_key
from graph.model import Source
from graph.networks.network import StakeholderNetwork, build_network
from graph.ties import TieReport
from graph.vocabulary import TIE_KINDS, SourceKind, TieStatus
from queries import local_neo4j
from queries.driver.batches import batches
from queries.driver.connection import Connection
from queries.driver.statements import Statement, parse
from queries.store import Store
from queries.ties.fold_text import text_of
from queries.ties.materialise import shown

TIES_EACH = 10
TODAY = datetime.now(UTC).date()
SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Report:
    """One run: seconds of each step, and megabytes above the arrays. ``plain_ratio`` is per tie."""

    ties: int
    stakeholders: int
    array_megabytes: float
    read: float
    read_server_cpu: float
    read_client_cpu: float
    read_megabytes: float
    again: float
    build: float
    build_megabytes: float
    refresh: float
    same: bool
    plain_ties: int
    plain: float
    plain_ratio: float


def measure(ties: int, plain: int) -> Report:
    """Fill a database of its own, read it each way, and compare a refresh with a complete read."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        server = local_neo4j.start(home, idle_seconds=0, progress=False)
        try:
            address = (server.uri, server.username, server.password, server.database)
            with closing(Store.open(*address)) as store, closing(Connection(*address)) as connection:
                store.prepare()
                ids = fill(connection, ties)
                return _measured(store, connection, ids, plain, server=psutil.Process(server.pid))
        finally:
            local_neo4j.stop(home)


def fill(connection: Connection, ties: int, *, stakeholders: int = 0) -> list[str]:
    """Create so many ties among a tenth as many stakeholders, or the number given; return the stakeholders' ids."""
    random = Random(1)
    count = stakeholders or max(ties // TIES_EACH, 10)
    ids = [f"0198c0de-0000-7000-8000-{number:012}" for number in range(count)]
    people = [
        {"id": id_, "name": f"Stakeholder {n}", "category": "ngo", "nature": "organisation", "sensitivity": 0}
        | {"do_not_contact": False, "version": 1}
        for n, id_ in enumerate(ids)
    ]
    for rows in batches(people):
        _run(connection, "fill_stakeholders", rows=list(rows))
    for kind in KINDS:
        for rows in batches(list(_ties(random, ids, kind, ties // len(KINDS)))):
            _run(connection, "fill_ties", type=TIE_KINDS[kind].relationship_type, rows=list(rows))
    return ids


def _ties(random: Random, ids: list[str], kind: str, count: int) -> Iterator[dict[str, Any]]:
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < count:
        # Squared, so that the first are tied to many: half of all ties end at a quarter of the stakeholders.
        one, other = (ids[int(random.random() ** 2 * len(ids))] for _ in range(2))
        pair = tie_key(kind, one, other)
        if one != other and pair not in pairs:
            pairs.add(pair)
            yield {"from_id": pair[0], "to_id": pair[1], "properties": _properties(random, kind, pair)}


def _properties(random: Random, kind: str, pair: tuple[str, str]) -> dict[str, Any]:
    last = TODAY - timedelta(days=random.randrange(900))
    folded = Fold(
        kind=kind,
        confirmed=random.uniform(0.5, 1),
        strength=random.choice([None, random.random()]),
        trust=random.choice([None, random.random()]),
        sign=1,
        status=TieStatus.PRESENT,
        first_confirmed=last - timedelta(days=random.randrange(300)),
        last_confirmed=last,
        reports=random.randint(1, 5),
        origins=tuple(sorted(f"origin {random.randrange(500)}" for _ in range(random.randint(1, 2)))),
        undated=True,
        holds_from=last,
        holds_to=None,
    )
    return {**shown(folded), "fold": text_of(folded), "id": tie_id(kind, *pair), "sensitivity": 0}


def _measured(store: Store, connection: Connection, ids: list[str], plain: int, *, server: psutil.Process) -> Report:
    store.network(LOCAL_ACTOR, as_of=date(1, 1, 2))  # plans the statements; ties are read whatever the day
    server_before, client_before = computed(server), process_time()
    read, read_peak, rows = watched(lambda: store.network(LOCAL_ACTOR, as_of=TODAY))
    server_cpu, client_cpu = computed(server) - server_before, process_time() - client_before
    build, build_peak, network = watched(
        lambda: _built(build_network(rows.nodes, rows.ties, revision=rows.revision, as_of=TODAY))
    )
    source = store.create(Source(name="Patrol", kind=SourceKind.PATROL_REPORT), LOCAL_ACTOR)
    report = TieReport(from_id=ids[0], to_id=ids[-1], kind="mediates_for", source_id=source.id)
    store.create(report, LOCAL_ACTOR)
    refresh, _, again = watched(lambda: store.network(LOCAL_ACTOR, as_of=TODAY, known=network))
    again_seconds, _, whole = watched(lambda: store.network(LOCAL_ACTOR, as_of=TODAY))
    same = len(again.ties) == len(rows.ties) + 1 and (again.ties.sort_key == whole.ties.sort_key).all()
    plain_seconds, _, graph = watched(lambda: _plain(connection, plain))
    arrays = rows.ties.nbytes / 1e6
    ties = len(rows.ties)
    edges = graph.number_of_edges()
    return Report(
        ties=ties,
        stakeholders=len(rows.nodes),
        array_megabytes=arrays,
        read=read,
        read_server_cpu=server_cpu,
        read_client_cpu=client_cpu,
        read_megabytes=read_peak - arrays,
        again=again_seconds,
        build=build,
        build_megabytes=build_peak - (network.arcs.nbytes + network.edges.nbytes) / 1e6,
        refresh=refresh,
        same=bool(same and (again.ties.existence == whole.ties.existence).all()),
        plain_ties=edges,
        plain=plain_seconds,
        plain_ratio=(plain_seconds / edges) / (read / ties),
    )


def _built(network: StakeholderNetwork) -> StakeholderNetwork:
    """Compute the arrays too, which a network otherwise computes on first use."""
    _ = network.edges
    return network


def _plain(connection: Connection, ties: int) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in _run(connection, "plain_rows", limit=ties):
        graph.add_edge(row["first"], row["second"], kind=row["kind"], **dict(row["values"]))
    return graph


def _run(connection: Connection, name: str, **parameters: object) -> list[dict[str, Any]]:
    text = Path(__file__).with_name(f"{name}.cypher").read_text(encoding="utf-8")
    wanted: Statement = parse(f"benchmarks/{name}", text)
    return connection.transaction(lambda run: run(wanted, parameters), read=False, seconds=SECONDS)


def _print(report: Report) -> None:
    print(f"{report.ties:,} ties of {report.stakeholders:,} stakeholders, {report.array_megabytes:.0f} MB as arrays")
    print(f"{'store → rows':36}{report.read:8.2f} s {report.read_megabytes:8.0f} MB above the arrays")
    print(
        f"{'  CPU of the database, of this process':36}{report.read_server_cpu:8.2f} s {report.read_client_cpu:8.2f} s"
    )
    print(f"{'  read once more':36}{report.again:8.2f} s")
    print(
        f"{'rows → network, arcs and edges':36}{report.build:8.2f} s {report.build_megabytes:8.0f} MB above the arrays"
    )
    same = "same" if report.same else "NOT THE SAME"
    print(f"{'refresh after one tie':36}{report.refresh:8.2f} s, {report.read / report.refresh:.0f} × faster, {same}")
    print(f"{f'row by row, {report.plain_ties:,} ties':36}{report.plain:8.2f} s, {report.plain_ratio:.1f} × ours a tie")


def main(arguments: list[str]) -> int:
    """Run and print; return 1 if a refresh differs from a complete read."""
    parser = argparse.ArgumentParser(description="From the store to a network, compared with a plain statement.")
    parser.add_argument("--ties", type=int, default=1_000_000, help="ties (default 1,000,000)")
    parser.add_argument("--plain", type=int, default=50_000, help="ties read row by row (default 50,000)")
    parser.add_argument("--json", action="store_true", help="print figures for programs")
    options = parser.parse_args(arguments)
    report = measure(options.ties, options.plain)
    if options.json:
        print(json.dumps(asdict(report), indent=2))
    else:
        _print(report)
    return 0 if report.same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
