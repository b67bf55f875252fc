"""Back up and restore a made-up network on a local Neo4j of its own, and print how fast that was.

    python -m benchmarks.archive [--reports 5000] [--seed 1]

Prints rows a second and megabytes; seconds are the clock's, so the machine should do nothing else.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from graph.access import LOCAL_ACTOR
from graph.model import Source, Stakeholder, TieReport
from graph.vocabulary import SourceKind
from queries import local_neo4j
from queries.operations import Operations
from queries.store import Changes, Store
from service.archive import Archive, back_up, put_back


def records(reports: int, seed: int) -> list[Source | Stakeholder | TieReport]:
    """Return a source, a fourth as many stakeholders as reports, and the reports between them."""
    chance = random.Random(seed)
    source = Source(name="Survey", kind=SourceKind.SURVEY)
    people = [Stakeholder(name=f"Actor {number}", category="ngo") for number in range(max(2, reports // 4))]
    told = []
    for _ in range(reports):
        one, other = chance.sample(people, 2)
        told.append(TieReport(from_id=one.id, to_id=other.id, kind="funds", source_id=source.id, strength=0.5))
    return [source, *people, *told]


def main(arguments: list[str] | None = None) -> int:
    """Run it and print the figures; 1 if the restored graph is another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "archive"
        opened = []
        for name in ("from", "to"):
            local = local_neo4j.start(Path(folder) / name, idle_seconds=0, progress=False)
            opened.append((local.uri, local.username, local.password))
        try:
            store = Store.open(*opened[0])
            store.prepare()
            store.apply(Changes(create=records(asked.reports, asked.seed)), LOCAL_ACTOR)
            store.close()
            source, target = (Operations.open(*how) for how in opened)
            begun = perf_counter()
            about = back_up(source, file)
            saved = perf_counter()
            put_back(target, Archive(file))
            restored = perf_counter()
            same = target.fingerprint() == about.fingerprint
            source.close()
            target.close()
        finally:
            for name in ("from", "to"):
                local_neo4j.stop(Path(folder) / name)
        rows = sum(about.counts.values())
        print(f"{rows:,} rows, {file.stat().st_size / 1e6:.1f} MB")
        print(f"backup   {saved - begun:6.1f} s {rows / (saved - begun):8,.0f} rows/s")
        print(
            f"restore  {restored - saved:6.1f} s {rows / (restored - saved):8,.0f} rows/s (verified by reading again)"
        )
        print(f"the same graph: {'yes' if same else 'NO'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
