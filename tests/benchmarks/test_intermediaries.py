import json

import pytest

from benchmarks.graphs import stakeholders
from benchmarks.intermediaries import compare, main


def test_both_sides_give_the_same_values() -> None:
    """NetworkX is the witness for every measure it has."""
    report = compare(80)
    assert {row.measure: row.equal for row in report.rows} == {row.measure: True for row in report.rows}
    assert len(report.rows) == 6
    assert report.exact
    assert report.equal


def test_the_figures_can_be_read_by_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--nodes", "30", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["stakeholders"], document["equal"]) == (30, True)


def test_the_figures_can_be_read_by_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--nodes", "30"]) == 0
    assert "betweenness, hops" in capsys.readouterr().out


def test_the_same_seed_makes_the_same_network_and_another_does_not() -> None:
    assert stakeholders(50, seed=1) == stakeholders(50, seed=1)
    assert stakeholders(50, seed=1) != stakeholders(50, seed=2)
