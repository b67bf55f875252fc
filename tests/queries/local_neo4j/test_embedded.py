"""Java inside a Python process, without Neo4j."""

import subprocess
import sys
from importlib.resources import as_file, files

GROWS = """
import gc, sys
from pathlib import Path
from queries.local_neo4j.embedded import start_java
from queries.local_neo4j.jars import load_lock

start_java([], Path(sys.argv[1]), load_lock().java)
import jpype

beans = jpype.JClass("java.lang.management.ManagementFactory").getGarbageCollectorMXBeans()


def whole_heaps():
    (whole,) = [bean for bean in beans if str(bean.getName()) == "MarkSweepCompact"]
    return int(whole.getCollectionCount())


before, kept = whole_heaps(), []
for _ in range(5):
    kept.append([bytes(64 * 1024) for _ in range(500)])  # 32 MB, in pieces that JPype counts
    gc.collect()
print(whole_heaps() - before)
jpype.java.lang.System.gc()
print(whole_heaps() - before)
"""


def test_java_does_not_collect_its_whole_heap_because_the_process_has_grown() -> None:
    with as_file(files("queries.local_neo4j").joinpath("neo4j.conf")) as configuration:
        done = subprocess.run(
            [sys.executable, "-c", GROWS, str(configuration)], capture_output=True, text=True, check=False
        )
    assert done.stdout.split() == ["0", "1"], done.stderr  # the second number shows that such a collection is counted
