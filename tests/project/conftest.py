"""Fixtures of the tests about the project itself: everything is read from git and the files it tracks.

Fixture policy: session scope for what only reads; a folder of its own (tmp_path) for what writes.
"""

import configparser
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root(pytestconfig: pytest.Config) -> Path:
    """The folder of the checkout."""
    return pytestconfig.rootpath


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[Path]:
    """Every existing file that git tracks, relative to the root."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout, so no list of the files that belong to the project")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True).stdout
    return [Path(name) for name in names.split("\0") if name and (root / name).is_file()]


@pytest.fixture(scope="session")
def settings(root: Path) -> configparser.ConfigParser:
    """The settings in setup.cfg."""
    parser = configparser.ConfigParser()
    parser.read(root / "setup.cfg", encoding="utf-8")
    return parser
