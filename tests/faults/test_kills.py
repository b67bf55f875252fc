"""The database is killed repeatedly during writes: every acknowledged write is stored, and none in part."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from graph.access import LOCAL_ACTOR
from graph.errors import StoreUnavailable
from graph.model import Source, Stakeholder
from queries import local_neo4j
from queries.driver import connection, statements
from queries.store import Changes, Store
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.repeats import seeds

WRITERS = 4

PLANS = 50
"""As many kills, one a test, so that no test takes minutes."""

USUAL_PLANS = 1
"""The kills of every run: each costs a boot and a first write, 10 s and more of a processor."""

pytestmark = pytest.mark.timeout(900)  # boots on a busy machine

KEPT = statements.parse(
    "tests/kept",
    """// Every stakeholder that was written together with a report, and how many parts of the write are stored: 2 of 2.
// params: hubs
MATCH (who:Stakeholder)
WHERE NOT who.id IN $hubs
RETURN who.id AS id,
       COUNT { (:TieReport)-[:TO]->(who) } + COUNT { (who)<-[:COORDINATES_WITH]-(:Stakeholder) } AS parts
""",
)


@dataclass
class Ledger:
    """The writes that the store was given, and those that it acknowledged."""

    source: Source = field(default_factory=a_source)
    hubs: list[Stakeholder] = field(default_factory=lambda: [a_stakeholder() for _ in range(WRITERS)])
    acknowledged: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    going: threading.Event = field(default_factory=threading.Event)
    """Set by each write that is acknowledged: the first after a start waits a second for the database's planner."""

    def write(self, store: Store, hub: Stakeholder) -> None:
        """Write until the database is gone: each time a stakeholder and a report, so a tie and a revision as well."""
        while True:
            who = a_stakeholder()
            report = a_tie_report(from_id=hub.id, to_id=who.id, source_id=self.source.id)
            try:
                store.apply(Changes(create=[who, report]), LOCAL_ACTOR)
            except StoreUnavailable:
                self.unanswered.add(who.id)
                return
            self.acknowledged.add(who.id)
            self.going.set()

    def check(self, store: Store) -> None:
        """Compare the ledger with the graph."""
        rows = store._connection.run_alone(KEPT, {"hubs": [hub.id for hub in self.hubs]})
        stored = {row["id"]: row["parts"] for row in rows}
        assert self.acknowledged <= stored.keys(), "acknowledged and lost"
        assert stored.keys() <= self.acknowledged | self.unanswered
        assert set(stored.values()) <= {2}, "half of a write"
        counts = store.counts(LOCAL_ACTOR)
        assert counts["tie_reports"] == counts["ties"] == len(stored)
        assert store.revision(LOCAL_ACTOR) == 1 + len(stored)


@pytest.fixture(scope="module")
def written(home: Path) -> Iterator[tuple[Store, Ledger]]:
    """A store that stays open through all kills, and the ledger."""
    local = local_neo4j.start(home, idle_seconds=0, progress=False)
    store = Store.open(local.uri, local.username, local.password, local.database)
    store.prepare()
    ledger = Ledger()
    store.apply(Changes(create=[ledger.source, *ledger.hubs]), LOCAL_ACTOR)
    yield store, ledger
    store.close()


@pytest.mark.parametrize("plan", seeds(PLANS, usual=USUAL_PLANS))
def test_a_database_killed_under_load_keeps_acknowledged_writes_and_none_in_part(
    written: tuple[Store, Ledger], home: Path, monkeypatch: pytest.MonkeyPatch, plan: int
) -> None:
    monkeypatch.setattr(connection, "LOST_SECONDS", 0.0)  # a database that was killed does not return within a second
    store, ledger = written
    luck = random.Random(plan)
    before = len(ledger.acknowledged)
    local = local_neo4j.start(home, idle_seconds=0, progress=False)
    store.ping()
    writers = [threading.Thread(target=ledger.write, args=(store, hub)) for hub in ledger.hubs]
    ledger.going.clear()
    for writer in writers:
        writer.start()
    assert ledger.going.wait(300)
    time.sleep(luck.uniform(0, 0.5))  # a random moment, by the seed
    killed = psutil.Process(local.pid)
    os.kill(local.pid, signal.SIGKILL)
    for writer in writers:
        writer.join()
    psutil.wait_procs([killed], timeout=30)
    local_neo4j.start(home, idle_seconds=0, progress=False)
    ledger.check(store)
    assert len(ledger.acknowledged) > before, "nothing was written, so nothing was shown"
