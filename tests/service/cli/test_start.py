"""A command loads what it needs and nothing else: what is not imported takes no time."""

import os
import subprocess
import sys

import pytest

HEAVY = {"IPython", "flask", "gunicorn", "jinja2", "jpype", "marshmallow", "matplotlib", "numpy", "pandas", "pyvis"} | {
    "networkx",
    "numba",
    "rapidfuzz",
    "requests",
    "scipy",
    "waitress",
}
"""Each takes between 20 and 400 ms to import, and none is needed to list stakeholders."""

PROGRAM = """
import sys
from service.cli import main
try:
    main(prog_name="stakeholder-graph")
finally:
    print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def loaded_by(*words: str, environment: dict[str, str]) -> set[str]:
    """Run a command and return the packages that it loaded."""
    # Measuring coverage loads packages of its own into every process.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (("--help",), set()),
        (("stakeholders",), set()),
        (("stakeholders", "--format", "json"), set()),
        # Ties are held by the column.
        (("ties",), {"numpy"}),
        (("ties", "--format", "csv"), {"numpy"}),
        (("intermediaries",), {"numba", "numpy", "scipy"}),
    ],
    ids=lambda value: " ".join(sorted(value) if isinstance(value, set) else value) or "nothing",
)
def test_a_command_loads_nothing_heavy_that_it_does_not_need(
    environment: dict[str, str], words: tuple[str, ...], needed: set[str]
) -> None:
    assert loaded_by(*words, environment=environment) & HEAVY <= needed


def test_the_driver_leaves_packages_it_would_load_as_they_were() -> None:
    load = "from queries.driver import loading; loading.load(); import sys"
    program = f"import numpy; {load}, numpy as n; assert n is numpy"
    subprocess.run([sys.executable, "-c", program], check=True)
    program = f"{load}; assert 'numpy' not in sys.modules; import numpy"
    subprocess.run([sys.executable, "-c", program], check=True)
