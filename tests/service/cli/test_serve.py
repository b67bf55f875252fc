"""The service as a user runs it: a process, a port, a signal."""

import json
import signal
import socket
import time
import urllib.request
from pathlib import Path

import psutil

from queries import local_neo4j
from tests.service.cli.conftest import Run, run_command
from tests.service.serving import serving

ROOT = Path(__file__).parents[3]


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own service
        return str(answer.read().decode("utf-8"))


def test_it_answers_as_the_command_line_does_and_ends_on_sigterm(environment: dict[str, str], tmp_path: Path) -> None:
    assert run_command("demo", environment=environment, folder=tmp_path).code == 0
    with serving(environment) as (address, process):
        assert read(f"{address}livez")
        for words in ("intermediaries", "gaps"):
            over_http = json.loads(read(f"{address}api/v1/analysis/{words}"))
            ran = run_command(words, "--format", "json", environment=environment, folder=ROOT)
            assert ran.json() == over_http
        asked = "from=Amina%20Thorne&to=Office%20of%20the%20Governor%20of%20Sennet"
        over_http = json.loads(read(f"{address}api/v1/analysis/paths?{asked}"))
        ends = ("Amina Thorne", "Office of the Governor of Sennet")
        ran = run_command("path", *ends, "--format", "json", environment=environment, folder=ROOT)
        assert over_http["items"]
        assert ran.json() == over_http
        assert "<!doctype html>" in read(f"{address}api/v1/maps/network")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_a_service_whose_own_neo4j_is_killed_restarts_it_and_stops_it_at_its_own_stop(
    jar_cache: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with serving({"STAKEHOLDER_GRAPH_HOME": str(home), "NEO4J_URI": "", "PYTHONPATH": str(ROOT)}) as (address, process):
        assert read(f"{address}readyz")
        killed = psutil.Process(local_neo4j.status(home).pid)
        killed.kill()
        psutil.wait_procs([killed], timeout=30)
        assert read(f"{address}livez")
        until = time.monotonic() + 120  # a boot takes 6 s, and a busy machine many times that
        # Bolt answers a moment before the server says which process it is, and psutil takes no number for this process.
        while not (ready(address) and local_neo4j.status(home).pid):
            assert time.monotonic() < until
            time.sleep(0.5)
        server = psutil.Process(local_neo4j.status(home).pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        gone, _ = psutil.wait_procs([server], timeout=60)
        assert gone


def ready(address: str) -> bool:
    try:
        read(f"{address}readyz")
    except OSError:
        return False
    return True


def test_a_port_in_use_is_refused_by_number(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("serve", "--port", str(port))
    assert ran.code == 1
    assert f"Port {port} of 127.0.0.1 cannot be used" in ran.err
