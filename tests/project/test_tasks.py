"""The Makefile is the one definition of every task: people, git hooks and CI use it, and it explains its failures."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml


@pytest.fixture(scope="module")
def targets(root: Path) -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^\.PHONY: (\S+)$", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_help_lists_every_target(root: Path, targets: set[str]) -> None:
    printed = subprocess.run(["make", "help"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert {line.split()[1] for line in printed.splitlines() if line.startswith("  make ")} == targets


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_documents_name_only_targets_that_exist(document: str, root: Path, targets: set[str]) -> None:
    text = (root / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^ *(?:\$ )?)make ([a-z][a-z-]*)", text, re.MULTILINE))
    assert named
    assert named - targets == set()


def test_the_readme_gives_the_commands_that_do_all_the_set_up(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme


def test_git_hooks_are_make_targets_and_fetch_nothing(root: Path, targets: set[str]) -> None:
    repositories = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    entries = [hook["entry"].split() for hook in repositories[0]["hooks"]]
    assert all(command == "make" and target in targets for command, target in entries)


def test_ci_runs_everything_there_is_to_check(root: Path) -> None:
    """What CI calls runs the same steps as `make test`, as `make -n` prints them."""
    called = re.search(r"^exec (make .*)$", (root / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert called
    planned = subprocess.run([*called[1].split(), "-n"], cwd=root, check=True, capture_output=True, text=True).stdout
    for step in (
        "ruff format --check",
        "ruff check",
        "mypy",
        "lint-imports",
        '-m "not long and not alone"',
        '-m "alone',
    ):
        assert step in planned


def interpreter(folder: Path, name: str, *, version: tuple[int, int] = (3, 11), venv: bool = True) -> Path:
    """A stand-in for an interpreter: answers the two questions of the script and prints its other arguments."""
    file = folder / name
    file.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *version_info*) exit {int(version < (3, 11))};; *ensurepip*) exit {int(not venv)};; esac\n'
        f'echo "{name} $*"\n',
        encoding="utf-8",
    )
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def create_environment(root: Path, path: Path, python: str = "") -> subprocess.CompletedProcess[str]:
    script = str(root / "tools" / "create_environment.sh")
    return subprocess.run(
        ["/bin/sh", script, "somewhere"],
        env={"PATH": str(path), "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_interpreter_that_fits_makes_the_environment(root: Path, tmp_path: Path) -> None:
    interpreter(tmp_path, "python3", version=(3, 9))
    interpreter(tmp_path, "python3.12")
    assert create_environment(root, tmp_path).stdout == "python3.12 -m venv somewhere\n"


def test_an_interpreter_can_be_chosen(root: Path, tmp_path: Path) -> None:
    interpreter(tmp_path, "python3")
    mine = interpreter(tmp_path, "mine")
    assert create_environment(root, tmp_path, str(mine)).stdout == "mine -m venv somewhere\n"


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts, which Windows does not run")
@pytest.mark.parametrize(
    ("version", "venv", "chosen", "cure"),
    [
        ((3, 9), True, False, "install one, or name it with PYTHON="),
        ((3, 9), True, True, "name one that does"),
        ((3, 11), False, False, "apt-get install python3-venv"),
    ],
)
def test_a_missing_part_gives_one_sentence_with_its_cure(
    version: tuple[int, int], venv: bool, chosen: bool, cure: str, root: Path, tmp_path: Path
) -> None:
    python = interpreter(tmp_path, "python3", version=version, venv=venv)
    done = create_environment(root, tmp_path, str(python) if chosen else "")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert cure in done.stderr


def test_the_interpreter_of_these_tests_fits(root: Path, tmp_path: Path) -> None:
    """The stand-ins above give fixed answers; this one is real."""
    environment = tmp_path / "environment"
    script = str(root / "tools" / "create_environment.sh")
    subprocess.run(["/bin/sh", script, str(environment)], env={**os.environ, "PYTHON": sys.executable}, check=True)
    assert (environment / "pyvenv.cfg").is_file()
