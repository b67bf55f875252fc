"""The containers: what they expose, what they may do, and what the image contains."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

Compose = dict[str, Any]


@pytest.fixture(scope="module")
def compose(root: Path) -> Compose:
    loaded: Compose = yaml.safe_load((root / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def test_only_the_service_is_published_and_only_on_this_machine(compose: Compose) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert set(published) == {"api"}
    assert all(port.startswith("127.0.0.1:") for port in published["api"])


def test_the_database_has_no_way_out(compose: Compose) -> None:
    assert compose["services"]["neo4j"]["networks"] == ["database"]
    assert compose["networks"]["database"] == {"internal": True}


def test_every_container_is_read_only_and_without_capabilities(compose: Compose) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_the_container_database_uses_our_hardened_configuration(compose: Compose, root: Path) -> None:
    """The same file as the local Neo4j; nothing that only hardens may be weakened by the settings added here."""
    neo4j = compose["services"]["neo4j"]
    mounted = [volume.split(":") for volume in neo4j["volumes"] if volume.startswith("./")]
    assert mounted == [["./queries/local_neo4j/neo4j.conf", "/conf/neo4j.conf", "ro"]]
    assert (root / mounted[0][0]).is_file()
    added = {name for name in neo4j["environment"] if name.startswith("NEO4J_")} - {"NEO4J_AUTH_FILE"}
    assert all("address" in name or name == "NEO4J_server_http_enabled" for name in added)


def test_no_password_is_in_the_file(compose: Compose) -> None:
    for service in compose["services"].values():
        secret = {name for name in service.get("environment", {}) if re.search("AUTH|PASSWORD|SECRET|TOKEN", name)}
        assert all(name.endswith("_FILE") for name in secret)


def test_health_checks_leave_no_files_and_ask_bolt_too(compose: Compose) -> None:
    asked = " ".join(compose["services"]["neo4j"]["healthcheck"]["test"])
    assert "wget -q --spider" in asked
    assert "/dev/tcp/127.0.0.1/7687" in asked
    assert compose["services"]["api"]["depends_on"]["neo4j"] == {"condition": "service_healthy"}


def test_the_credentials_script_makes_one_password_and_keeps_it(compose: Compose, tmp_path: Path) -> None:
    command, option, script = compose["services"]["credentials"]["entrypoint"]
    assert (command, option) == ("python", "-c")
    here = script.replace("/run/credentials", str(tmp_path))
    subprocess.run(["python3", "-c", here], check=True)
    password, auth = ((tmp_path / name).read_text(encoding="utf-8") for name in ("neo4j_password", "neo4j_auth"))
    assert auth == f"neo4j/{password}"
    assert len(password) >= 40  # 32 random bytes
    assert "/" not in password  # Neo4j would read a third part
    subprocess.run(["python3", "-c", here], check=True)
    assert (tmp_path / "neo4j_password").read_text(encoding="utf-8") == password


def test_docker_compose_accepts_the_file(root: Path) -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no docker compose on this machine")
    subprocess.run([docker, "compose", "config", "--quiet"], cwd=root, check=True)


def hadolint(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the linter of Dockerfiles, which is installed beside Python."""
    program = Path(sysconfig.get_path("scripts")) / "hadolint"
    if not program.exists():
        pytest.skip("no hadolint for this system (windows)")
    return subprocess.run([program, "--no-color", *arguments], capture_output=True, text=True, check=False)


def test_the_dockerfile_passes_a_linter_without_exceptions(root: Path) -> None:
    """Nor with the shell inside it: hadolint brings ShellCheck."""
    linted = hadolint("--disable-ignore-pragma", "--failure-threshold=style", str(root / "Dockerfile"))
    assert (linted.stdout, linted.returncode) == ("", 0)


def test_the_linter_finds_an_unversioned_image_that_runs_as_root(tmp_path: Path) -> None:
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM debian\nRUN cd /tmp && rm $1\nUSER root\n", encoding="utf-8")
    found = hadolint("--failure-threshold=style", str(bad))
    assert found.returncode == 1
    assert {"DL3006", "DL3002", "SC2086"} <= set(re.findall(r"\b(?:DL|SC)\d+", found.stdout))


def test_the_image_runs_as_an_unprivileged_user_and_installs_by_hash(root: Path) -> None:
    lines = (root / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER 10001:10001"]
    assert any("--require-hashes" in line for line in lines)
    assert all(re.search(r":\d[\w.-]+", line) for line in lines if line.startswith("FROM "))


def test_the_image_contains_compiled_kernels_and_starts_with_them(root: Path, tmp_path: Path) -> None:
    """Runs the steps of its build and its start: nothing is compiled a second time."""
    text = (root / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    brought, copied = tmp_path / "brought", tmp_path / "copied"
    build = next(step for step in re.findall(r"^RUN (.*)", text, re.MULTILINE) if "warm()" in step)
    build = build.replace("/opt/stakeholder-graph/kernels", str(brought))
    build = build.replace("/opt/stakeholder-graph/bin/python", sys.executable)
    subprocess.run(["sh", "-c", build], check=True)
    final = next(line for line in text.splitlines() if line.startswith("ENV STAKEHOLDER_GRAPH_HOST"))
    settings = dict(re.findall(r"(NUMBA_\w+)=(\S+)", final))
    assert settings.keys() == {"NUMBA_CACHE_DIR", "NUMBA_CPU_NAME"}
    entry = json.loads(next(line for line in text.splitlines() if line.startswith("ENTRYPOINT ")).split(" ", 1)[1])
    words = [word.replace("/opt/stakeholder-graph/kernels", str(brought)) for word in entry]
    command = [sys.executable, "-I", "-c", "from graph.kernels.compiling import warm; warm()"]
    environment = {**os.environ, **settings, "NUMBA_CACHE_DIR": str(copied), "NUMBA_DEBUG_CACHE": "1"}
    for _ in range(2):  # a container that is stopped and started again finds its copy
        printed = subprocess.run([*words, *command], env=environment, capture_output=True, text=True, check=True).stdout
        assert "data loaded from" in printed
        assert str(copied) in printed
        assert "data saved to" not in printed


def test_the_files_the_image_is_built_from_are_listed_and_exist(root: Path) -> None:
    lines = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith("#")]
    assert listed[0] == "*"
    assert not [line for line in listed if line.startswith("!") and not (root / line[1:]).exists()]
