"""Whatever Neo4j counts in its indexes, a statement that looks records up does not scan all of them.

Neo4j samples an index some seconds after rows have come in; until then it plans as if the index were empty, and reading
all of it costs nothing by that account. Then every batch of a load into a new database reads all that is there, and the
load takes time by the square of its length. Here sampling is off: the plans are those of that moment for as long as the
tests look. Of plans that cost nothing the planner takes any, not always the same: a statement can pass here by luck,
but none that is well written fails.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from queries import local_neo4j
from queries.driver import statements
from queries.store import Store

SERVER = """
import sys
from pathlib import Path
from queries.local_neo4j import embedded
from queries.local_neo4j.directory import DataDirectory
from queries.local_neo4j.jars import load_lock

directory, configuration = DataDirectory(Path(sys.argv[1])), Path(sys.argv[2])
directory.prepare()
lock = load_lock()
folder = directory.jars(lock.version)
embedded.start_java([folder / jar.filename for jar in lock.jars], configuration, lock.java)
database = embedded.start_database(directory, configuration, None)
print("listens", database.port, directory.password.read_text(encoding="utf-8"), flush=True)
sys.stdin.read()
database.shut_down()
"""

FILL = (
    """UNWIND range(1, 2000) AS i
    CREATE (s:Stakeholder {id: 's' + i, sensitivity: 0, search_name: 'n' + i, search_words: 'n'}),
      (:ExternalId {key: 'Stakeholder|' + i})-[:IDENTIFIES]->(s),
      (:Source {id: 'q' + i, sensitivity: 0}), (:Area {id: 'a' + i, sensitivity: 0, pcode: 'P' + i}),
      (:Sector {id: 'e' + i, sensitivity: 0, code: 'c' + i}), (:Activity {id: 'c' + i, sensitivity: 0})""",
    """UNWIND range(1, 2000) AS i
    MATCH (s:Stakeholder {id: 's' + i})
    MATCH (a:Area {id: 'a' + (1 + i % 200)})
    MATCH (above:Area {id: 'a' + (1 + i % 20)})
    MATCH (e:Sector {id: 'e' + (1 + i % 20)})
    MATCH (c:Activity {id: 'c' + i})
    CREATE (a)-[:PART_OF]->(above), (s)-[:BASED_IN]->(a), (s)-[:WORKS_IN]->(e),
      (s)-[:CARRIES_OUT]->(c), (c)-[:IN]->(a), (c)-[:FOR]->(e)""",
    """UNWIND range(1, 5000) AS i
    MATCH (s:Stakeholder {id: 's' + (1 + i % 2000)})
    MATCH (t:Stakeholder {id: 's' + (1 + i * 7 % 2000)})
    MATCH (q:Source {id: 'q' + (1 + i % 2000)})
    CREATE (r:TieReport {id: 'r' + i, tie_id: 't' + i, sensitivity: 0, kind: 'coordinates_with'}),
      (r)-[:FROM]->(s), (r)-[:TO]->(t), (r)-[:SAID_BY]->(q),
      (s)-[:COORDINATES_WITH {id: 't' + i, sensitivity: 0}]->(t)""",
)

# Lists as long as a batch; any other parameter is null, as is a filter that was not given.
BATCH = ["x"] * 1000
TYPICAL: Mapping[str, object] = {
    "after": "",
    "ids": BATCH,
    "keys": BATCH,
    "limit": 100,
    "lowest": 0,
    "place_ids": BATCH,
    "rows": [{}] * 1000,
    "source_ids": BATCH,
    "stakeholder_ids": BATCH,
    "tie_ids": BATCH,
    "ties": [{}] * 1000,
    "words": "+a*",
}

EVERY_ONE_BY_INDEX = {"restore/forget_migrations", "ties/all_reported"}
"""Statements about all of a kind that find them in an index."""

EVERY_ONE = EVERY_ONE_BY_INDEX | {
    *(f"archive/{what}" for what in ("hold_writers", "state")),
    *(f"check/{what}" for what in ("categories", "circles", "elsewhere", "external_ids", "labels", "participants")),
    *(f"check/{what}" for what in ("relationships", "report_ends", "required", "sensitivities", "unregistered")),
    *(f"check/{what}" for what in ("blank_names", "future_days", "unreported", "words")),
    *("bulk/names", "driver/applied", "network/counts", "network/presence"),
    *(f"restore/{what}" for what in ("clear_nodes", "clear_relationships", "inhabited", "unmark")),
}
"""Statements about all of a kind, with any parameters."""

PLANNED = [
    name
    for name in statements.names()
    if not name.startswith("schema/") and not {"SHOW", "CONSTRAINT"} & set(statements.statement(name).text.split())
]
NOT_YET_SAMPLED, SAMPLED = "before the indexes are sampled", "after"


@pytest.fixture(scope="module")
def driver(jar_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """A server with our schema that counts nothing in its indexes by itself."""
    home = tmp_path_factory.mktemp("unsampled")
    configuration = home / "neo4j.conf"
    configuration.write_text(
        f"{local_neo4j.configuration()}\ndb.index_sampling.background_enabled=false\n", encoding="utf-8"
    )
    command = [sys.executable, "-c", SERVER, str(home), str(configuration)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        words = next((line.split() for line in server.stdout if line.startswith("listens")), None)
        assert words is not None, "the server did not start"
        address = f"bolt://127.0.0.1:{words[1]}"
        store = Store.open(address, "neo4j", words[2], "neo4j")
        store.prepare()
        store.close()
        with GraphDatabase.driver(address, auth=("neo4j", words[2])) as opened:
            yield opened
        server.communicate()  # closes its input, at which it ends


@pytest.fixture(scope="module")
def operators(driver: Driver) -> dict[tuple[str, str], set[str]]:
    """Return the operators of each statement's plan, by its name and by what the indexes are known to contain."""
    for statement in FILL:
        driver.execute_query(statement)
    found = {(name, NOT_YET_SAMPLED): _operators(driver, name) for name in PLANNED}
    driver.execute_query("CALL db.prepareForReplanning(60)")
    return found | {(name, SAMPLED): _operators(driver, name) for name in PLANNED}


@pytest.mark.parametrize("when", [NOT_YET_SAMPLED, SAMPLED])
@pytest.mark.parametrize("name", PLANNED)
def test_a_look_up_uses_an_index_and_scans_nothing(
    operators: dict[tuple[str, str], set[str]], name: str, when: str
) -> None:
    joins = {operator for operator in operators[name, when] if operator.endswith("HashJoin")}
    scans = {operator for operator in operators[name, when] if operator.endswith("Scan")}
    assert joins == set()
    if name not in EVERY_ONE:
        assert scans == set()
    elif name not in EVERY_ONE_BY_INDEX:
        assert not {scan for scan in scans if scan.endswith("IndexScan")}


def _operators(driver: Driver, name: str) -> set[str]:
    planned = statements.statement(name)
    # Not bound as a statement that is run: test_statements.py counts those.
    parameters = {param: TYPICAL.get(param) for param in planned.params}
    plan = driver.execute_query(f"EXPLAIN\n{planned.text}", parameters).summary.plan
    assert plan is not None
    left, found = [plan], set()
    while left:
        step = left.pop()
        found.add(step["operatorType"].partition("@")[0])
        left.extend(step.get("children", ()))
    return found
