import json

import pytest

from benchmarks.quick_start import main

STEPS = [
    "python, nothing else",
    "stakeholder-graph --help",
    "stakeholders: interpreter",
    "stakeholders: imports",
    "stakeholders: connect, look at the schema",
    "stakeholders: ask",
    "stakeholders: close",
    "stakeholders: interpreter and imports",
    "stakeholders: all",
    "local Neo4j: the very first start",
    "local Neo4j: a later start",
]


@pytest.mark.usefixtures("jar_cache")
def test_each_step_of_a_command_is_measured_and_the_parts_are_no_more_than_the_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--runs", "2", "--starts", "1", "--json"]) == 0
    figures = {figure["step"]: figure for figure in json.loads(capsys.readouterr().out)}
    assert list(figures) == STEPS
    assert {step: figure["runs"] for step, figure in figures.items()} == {
        step: 1 if step.startswith("local") else 2 for step in STEPS
    }
    for clock in ("clock_least", "cpu_least"):
        parts = sum(figures[step][clock] for step in STEPS[2:7])
        assert 0 < figures[STEPS[7]][clock] <= parts <= figures[STEPS[8]][clock]
