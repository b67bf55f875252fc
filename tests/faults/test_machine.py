"""A service that is killed loses nothing, and a directory that cannot be written is one error."""

import json
import signal
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from queries import local_neo4j
from tests.service.cli.conftest import run_command
from tests.service.cli.test_serve import read
from tests.service.serving import serving

ROOT = Path(__file__).parents[2]


def environment(home: Path) -> dict[str, str]:
    return {"STAKEHOLDER_GRAPH_HOME": str(home), "NEO4J_URI": "", "PYTHONPATH": str(ROOT)}


def create(address: str, code: str) -> int:
    """Send a new sector and return the status; 0 if the service went away."""
    body = json.dumps({"code": code, "name": code}).encode()
    sent = urllib.request.Request(  # noqa: S310 - the service of the test
        f"{address}api/v1/sectors", data=body, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(sent, timeout=30) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        problem = json.loads(error.read())
        assert problem["detail"], problem
        assert problem["errors"][0]["cure"], problem
        return error.code
    except OSError:
        return 0


def codes(address: str) -> set[str]:
    return {item["code"] for item in json.loads(read(f"{address}api/v1/sectors?limit=100"))["items"]}


def test_a_service_killed_during_writes_keeps_acknowledged_writes_and_its_neo4j_is_found_again(home: Path) -> None:
    with serving(environment(home)) as (address, process):
        acknowledged = {f"A{number}" for number in range(20) if create(address, f"A{number}") == 201}
        server = psutil.Process(local_neo4j.status(home).pid)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    assert len(acknowledged) == 20
    with serving(environment(home)) as (address, process):
        assert acknowledged <= codes(address)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    gone, _ = psutil.wait_procs([server], timeout=60)
    assert gone, "the Neo4j of the service that was killed outlived it and its successor"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_a_data_directory_that_cannot_be_written_is_one_error_with_its_cure(tmp_path: Path) -> None:
    home = Path("/proc/stakeholder-graph") if Path("/proc").is_dir() else tmp_path  # not even root can write there
    ran = run_command("stakeholders", environment=environment(home), folder=tmp_path)
    assert ran.code == 3
    assert "cannot be used" in ran.err
    assert "STAKEHOLDER_GRAPH_HOME" in ran.err
    assert "Traceback" not in ran.err
