"""Fixture policy: the real command, in a process of its own, against the run's Neo4j: what a script would see."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from queries.local_neo4j import ServerAddress
from queries.store import Store


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return what standard output holds, which must be JSON and nothing else."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def run_command(*words: str, environment: dict[str, str], folder: Path) -> Ran:
    """Run ``stakeholder-graph`` with these words."""
    done = subprocess.run(
        [sys.executable, "-c", "from service.cli import main; main(prog_name='stakeholder-graph')", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        cwd=folder,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(store: Store, neo4j_connection: ServerAddress, tmp_path: Path) -> Run:
    """Run a command on the emptied test store, from an empty folder."""
    environment = {
        "STAKEHOLDER_GRAPH_HOME": str(tmp_path / "home"),
        "NEO4J_URI": neo4j_connection.uri,
        "NEO4J_USERNAME": neo4j_connection.username,
        "NEO4J_PASSWORD": neo4j_connection.password,
        "NEO4J_DATABASE": neo4j_connection.database,
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    return lambda *words, **more: run_command(*words, environment={**environment, **more}, folder=tmp_path)
