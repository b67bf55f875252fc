import json

import pytest

from benchmarks.gaps_and_paths import main
from graph.analysis.gaps.answer import TYPES


def test_each_question_has_a_figure_for_both_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ties", "600", "--rounds", "1", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    asked = [row["asked"] for row in report["rows"]]
    assert {"all gaps", "surroundings, 2 steps", *(f"gaps of type {code}" for code in TYPES)} <= set(asked)
    assert all(row["tenth"] > 0 and row["whole"] > 0 and row["growth"] > 0 for row in report["rows"])
    assert report["ties"][0] < report["ties"][1]


def test_the_figures_are_printed_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ties", "300", "--rounds", "1"]) == 0
    assert "growth" in capsys.readouterr().out
