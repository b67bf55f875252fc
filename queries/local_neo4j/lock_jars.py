"""Writes the lock of jars for a new Neo4j: ``python -m queries.local_neo4j.lock_jars 5.26.31 --java 21``.

For developers, with a network. Resolves the embedding artifact and its dependencies as Maven would, downloads every
file and writes coordinate, SHA-256 and size into this folder. Read the difference in version control before you
commit it: the checksums are trusted from then on.
"""

import argparse
import json
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .jars import sha256_of

if TYPE_CHECKING:
    from jgo.maven import Artifact

_PRODUCT = "org.neo4j:neo4j"


def lock_jars(version: str, java: int, folder: Path) -> Path:
    """Write ``jars-<major>.<minor>.json`` into a folder and return its path."""
    from jgo.maven import MavenContext

    with tempfile.TemporaryDirectory() as cache:
        context = MavenContext(repo_cache=Path(cache), timeout=60)
        root, needed = context.resolver.resolve([context.create_dependency(f"{_PRODUCT}:{version}")])
        artifacts = [found.artifact for found in (*root, *needed) if found.scope in (None, "compile", "runtime")]
        with ThreadPoolExecutor(6) as pool:
            entries = list(pool.map(_entry, artifacts))
        naming = {
            jar["coordinate"] for artifact, jar in zip(artifacts, entries, strict=True) if _names_others(artifact)
        }
        jars = sorted(entries, key=lambda jar: (jar["coordinate"] in naming, jar["coordinate"]))
    lock = {"product": _PRODUCT, "version": version, "java": java, "jars": jars}
    path = folder / f"jars-{'.'.join(version.split('.')[:2])}.json"
    path.write_text(_one_jar_a_line(lock), encoding="utf-8")
    return path


def _entry(artifact: "Artifact") -> dict[str, Any]:
    path = artifact.resolve()
    parts = (artifact.groupId, artifact.artifactId, artifact.classifier, artifact.version)
    return {
        "coordinate": ":".join(part for part in parts if part),
        "sha256": sha256_of(path),
        "size": path.stat().st_size,
    }


def _names_others(artifact: "Artifact") -> bool:
    """Return whether a jar's manifest names further jars.

    Java's archive of classes accepts no class path with such a jar before one that it names: they go last.
    """
    with zipfile.ZipFile(artifact.resolve()) as jar:
        manifest = "META-INF/MANIFEST.MF"
        return manifest in jar.namelist() and b"\nClass-Path:" in jar.read(manifest)


def _one_jar_a_line(lock: dict[str, Any]) -> str:
    """Return JSON in which a changed jar is one changed line."""
    jars = ",\n".join(f"    {json.dumps(jar)}" for jar in lock["jars"])
    head = json.dumps({name: value for name, value in lock.items() if name != "jars"}, indent=2).removesuffix("\n}")
    return f'{head},\n  "jars": [\n{jars}\n  ]\n}}\n'


def main() -> None:
    """Read the command line and write the lock beside this module."""
    parser = argparse.ArgumentParser(description="Write the lock of Neo4j's jars.")
    parser.add_argument("version", help="of Neo4j, such as 5.26.30")
    parser.add_argument("--java", type=int, default=21, help="the Java that version runs on (default 21)")
    options = parser.parse_args()
    path = lock_jars(options.version, options.java, Path(__file__).parent)
    sys.stderr.write(f"{path} written\n")


if __name__ == "__main__":
    main()
