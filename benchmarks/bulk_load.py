"""Load many records into the local Neo4j in bulk, beside the naive loop of one transaction a record.

    python -m benchmarks.bulk_load [--nodes 100000] [--reports 100000] [--naive 500] [--seed 1] [--json]

A server of its own is started in a temporary folder. Both ways go through the public ``Store``: the bulk load
with one call of ``apply``, the loop with ``create``. Records are generated before the clock starts. The bulk load comes
first, on a server that has just started, as for a user who starts it and imports a file; the loop finds it warm.
In the same run all counts are compared, and materialised ties with the fold of the reports that this program made.

The floor is the database's own share: bare statements that create as many (see ``bulk_floor.py``). They come last, on
the warmest server.

Seconds are by the clock; beside them are the processor seconds of this process and of the server, which say more on a
machine with other users.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Final

import psutil

from benchmarks import bulk_floor
from benchmarks.watched import computed
from graph.access import LOCAL_ACTOR
from graph.evidence import Evidence, tie_as_of, tie_id
from graph.folding import fold
from graph.model import Record, Source, Stakeholder
from graph.ties import Tie, TieReport
from graph.vocabulary import CATEGORIES, Presence, Reliability, SourceKind
from queries import local_neo4j
from queries.driver.connection import Connection
from queries.store import Changes, Store

SOURCES: Final = 50
"""Meetings, patrols and data sets behind the reports."""

REPEATED: Final = 0.2
"""Share of reports on a tie that has another report: most ties are reported to a mission once."""

SAMPLE: Final = 1_000
"""Materialised ties that are compared with the fold of their reports."""

KINDS: Final = ("coordinates_with", "communicates_with", "partners_with", "reports_to", "funds", "kinship")


@dataclass(frozen=True, slots=True)
class Timing:
    """Records, seconds by the clock, and processor seconds of this process and of the server."""

    records: int
    seconds: float
    client: float
    server: float

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.records / self.seconds


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of record: the bulk load, the naive loop and how many times faster the first is.

    ``floor`` is what the database itself takes for as many, where that was measured.
    """

    kind: str
    bulk: Timing
    naive: Timing
    floor: Timing | None = None

    @property
    def ratio(self) -> float:
        """How many times faster the bulk load is."""
        return self.bulk.rate / self.naive.rate


@dataclass(frozen=True, slots=True)
class Report:
    """One run. ``counted``: all records were present afterwards; ``folded``: the materialised ties are right."""

    neo4j: str
    rows: tuple[Row, ...]
    ties: int
    counted: bool
    folded: bool

    @property
    def right(self) -> bool:
        """Whether all counts and ties are right."""
        return self.counted and self.folded


@dataclass(frozen=True, slots=True)
class World:
    """Generated records, the same for the same seed except for ids and instants."""

    stakeholders: tuple[Stakeholder, ...]
    sources: tuple[Source, ...]
    reports: tuple[TieReport, ...]

    def ties(self, *, as_of: date) -> dict[str, Tie]:
        """Return a sample of the ties, computed from the reports as of a day by the definition."""
        sources = {source.id: source for source in self.sources}
        reports_of_tie: dict[str, list[TieReport]] = {}
        for report in self.reports:
            reports_of_tie.setdefault(tie_id(report.kind, report.from_id, report.to_id), []).append(report)
        chosen = sorted(reports_of_tie)[:: max(1, len(reports_of_tie) // SAMPLE)]
        found = {}
        for key in chosen:
            first = reports_of_tie[key][0]
            folded = fold(
                first.kind, [_evidence(item, sources[item.source_id]) for item in reports_of_tie[key]], as_of=as_of
            )
            if folded:
                found[key] = tie_as_of(folded, first.from_id, first.to_id, as_of=as_of)
        return found

    @property
    def tie_count(self) -> int:
        """How many ties the reports are about."""
        return len({tie_id(report.kind, report.from_id, report.to_id) for report in self.reports})


def a_world(nodes: int, reports: int, *, seed: int = 1) -> World:
    """Return so many stakeholders and reports; a fifth of the stakeholders have most of the ties."""
    random = Random(seed)
    stakeholders = tuple(
        Stakeholder(name=f"Committee of District {n:06}", category=random.choice(list(CATEGORIES)[:6]))
        for n in range(nodes)
    )
    sources = tuple(
        Source(name=f"Meeting {n}", kind=SourceKind.MEETING, reliability=random.choice(list(Reliability)))
        for n in range(SOURCES)
    )
    tie_reports: list[TieReport] = []
    for _ in range(reports):
        known = random.choice(tie_reports) if tie_reports and random.random() < REPEATED else None
        tie_reports.append(_a_report(random, stakeholders, sources, known))
    return World(stakeholders, sources, tuple(tie_reports))


def _a_report(
    random: Random, stakeholders: Sequence[Stakeholder], sources: Sequence[Source], known: TieReport | None
) -> TieReport:
    hubs = stakeholders[: max(2, len(stakeholders) // 5)]
    start, finish = random.choice(hubs), random.choice(stakeholders)
    while finish is start:
        finish = random.choice(stakeholders)
    recorded = datetime.now(UTC) - timedelta(days=random.randint(1, 300))
    return TieReport(
        from_id=known.from_id if known else start.id,
        to_id=known.to_id if known else finish.id,
        kind=known.kind if known else random.choice(KINDS),
        source_id=random.choice(sources).id,
        presence=Presence.ABSENT if random.random() < 0.1 else Presence.PRESENT,
        strength=round(random.random(), 2),
        trust=random.choice((None, 0.5, 0.8)),
        credibility=random.randint(1, 6),
        observed_on=recorded.date(),
        recorded_at=recorded,
        note="Said at the coordination meeting.",
    )


def compare(nodes: int, reports: int, *, naive: int = 500, seed: int = 1) -> Report:
    """Load both ways into a server of its own and check the result."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        connection = local_neo4j.start(home, idle_seconds=0, progress=False)
        try:
            store = Store.open(connection.uri, connection.username, connection.password, connection.database)
            store.prepare()
            store.warm()
            found = _loaded(store, psutil.Process(connection.pid), a_world(nodes, reports, seed=seed), naive)
            store.close()
            bare = Connection(connection.uri, connection.username, connection.password, connection.database)
            floors = _floors(bare, psutil.Process(connection.pid), a_world(nodes, reports, seed=seed + 1))
            bare.close()
        finally:
            local_neo4j.stop(home)
    rows, counted, folded, ties = found
    rows = tuple(replace(row, floor=floors.get(row.kind)) for row in rows)
    return Report(neo4j=connection.version, rows=rows, ties=ties, counted=counted, folded=folded)


def _loaded(store: Store, server: psutil.Process, world: World, naive: int) -> tuple[tuple[Row, ...], bool, bool, int]:
    loop = a_world(max(2, naive), naive, seed=2)
    named = _named(world.reports)

    def in_bulk(records: Sequence[Record]) -> Timing:
        return _timed(server, len(records), lambda: store.apply(Changes(create=records), LOCAL_ACTOR))

    def one_by_one(records: Sequence[Record]) -> Timing:
        return _timed(server, len(records), lambda: [store.create(record, LOCAL_ACTOR) for record in records])

    in_bulk(world.sources)
    nodes, plain, keyed = in_bulk(world.stakeholders), in_bulk(world.reports), in_bulk(named)
    today = datetime.now(UTC).date()
    expected = replace(world, reports=world.reports + named).ties(as_of=today)
    stored = {tie.id: tie for tie in store.network(LOCAL_ACTOR, as_of=today).ties}
    folded = all(stored[key] == tie for key, tie in expected.items())
    in_bulk(loop.sources)
    rows = (
        Row("stakeholders", nodes, one_by_one(loop.stakeholders)),
        Row("tie reports", plain, one_by_one(loop.reports)),
        Row("tie reports with an external id", keyed, one_by_one(_named(loop.reports))),
    )
    counts = store.counts(LOCAL_ACTOR)
    counted = (counts["stakeholders"], counts["tie_reports"], counts["ties"]) == (
        len(world.stakeholders) + len(loop.stakeholders),
        2 * (len(world.reports) + len(loop.reports)),
        world.tie_count + loop.tie_count,
    )
    return rows, counted, folded, world.tie_count


def _floors(bare: Connection, server: psutil.Process, world: World) -> dict[str, Timing]:
    """Return the timings of the bare statements, for a world that is not stored yet."""
    nodes = bulk_floor.stakeholders(bare, world.stakeholders)
    reports = bulk_floor.tie_reports(bare, world.reports)
    return {
        "stakeholders": _timed(server, len(world.stakeholders), nodes),
        "tie reports": _timed(server, len(world.reports), reports),
    }


def _named(reports: Sequence[TieReport]) -> tuple[TieReport, ...]:
    """Return the same reports again as a table gives them: each with an external id, on ties that exist already."""
    return tuple(replace(report, id=f"{report.id}-b", external_ids=(f"table:{report.id}",)) for report in reports)


def _timed(server: psutil.Process, records: int, work: Callable[[], object]) -> Timing:
    server_before, client_before, begun = computed(server), process_time(), perf_counter()
    work()
    return Timing(
        records=records,
        seconds=perf_counter() - begun,
        client=process_time() - client_before,
        server=computed(server) - server_before,
    )


def _evidence(report: TieReport, source: Source) -> Evidence:
    return Evidence(
        report_id=report.id,
        origin=source.origin,
        reliability=source.reliability,
        credibility=report.credibility,
        presence=report.presence,
        strength=report.strength,
        trust=report.trust,
        sign=report.sign,
        valid_from=report.valid_from,
        valid_to=report.valid_to,
        observed_on=report.observed_on,
        recorded_at=report.recorded_at,
    )


def _print(report: Report) -> None:
    print(f"Neo4j {report.neo4j}; {report.ties:,} ties")
    print(
        f"{'':32}{'records':>9}{'s':>8}{'a second':>10}{'client s':>10}{'server s':>10}"
        f"{'naive a second':>16}{'ratio':>7}{'floor a second':>16}{'server s':>10}"
    )
    for row in report.rows:
        bulk = row.bulk
        print(
            f"{row.kind:32}{bulk.records:9,}{bulk.seconds:8.1f}{bulk.rate:10,.0f}{bulk.client:10.1f}{bulk.server:10.1f}"
            f"{row.naive.rate:16,.0f}{row.ratio:7.1f}"
            + (f"{row.floor.rate:16,.0f}{row.floor.server:10.1f}" if row.floor else "")
        )
    print(f"all counted: {_yes(report.counted)}; ties as their reports have them: {_yes(report.folded)}")


def _yes(right: bool) -> str:  # noqa: FBT001 - it prints one
    return "yes" if right else "NO"


def main(arguments: list[str]) -> int:
    """Run and print; return 1 if anything was lost or a tie is wrong."""
    parser = argparse.ArgumentParser(description="Bulk load of stakeholders and tie reports, beside the naive loop.")
    parser.add_argument("--nodes", type=int, default=100_000, help="stakeholders (default 100,000)")
    parser.add_argument("--reports", type=int, default=100_000, help="tie reports (default 100,000)")
    parser.add_argument("--naive", type=int, default=500, help="records of each kind for the loop (default 500)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the generated world (default 1)")
    parser.add_argument("--json", action="store_true", help="print figures for programs")
    options = parser.parse_args(arguments)
    report = compare(options.nodes, options.reports, naive=options.naive, seed=options.seed)
    if options.json:
        rows = [
            {**asdict(row), "rate": row.bulk.rate, "naive_rate": row.naive.rate, "ratio": row.ratio}
            for row in report.rows
        ]
        print(json.dumps({**asdict(report), "rows": rows, "right": report.right}, indent=2))
    else:
        _print(report)
    return 0 if report.right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
