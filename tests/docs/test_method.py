"""docs/method.md states the tables the code uses."""

import re
from math import exp
from pathlib import Path

from graph.analysis.answers.sampling import WORK
from graph.analysis.brokerage.answer import CHANCE
from graph.analysis.centrality.betweenness import TOLERANCE
from graph.analysis.centrality.one_measure import MEASURES
from graph.analysis.centrality.prestige import DAMPING
from graph.analysis.communities.answer import SURE
from graph.analysis.communities.detection import RUNS
from graph.analysis.gaps.unreached import LEAST_REACH
from graph.analysis.gaps.unserved import SIBLING_SHARE
from graph.analysis.groups.key_player_sets import EXACT_SIZE, EXACT_STAKEHOLDERS
from graph.evidence import CREDIBILITY_LOG_RATIO, EVIDENCE_MODEL, PRIOR, RELIABILITY_WEIGHT
from graph.networks.network import ASSUMED_STRENGTH, ASSUMED_TRUST, LEAST_RELIABILITY, MOST_RELIABILITY
from graph.vocabulary import TIE_KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")


def _rows(columns: int) -> list[list[str]]:
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("|")
    ]
    return [row for row in cells if len(row) == columns and not set("".join(row)) <= {"-"}]


def test_the_reliability_table_is_the_one_in_use() -> None:
    assert [row for row in _rows(2) if re.fullmatch("[A-F]", row[0])] == [
        [letter.value, str(weight)] for letter, weight in RELIABILITY_WEIGHT.items()
    ]


def test_the_credibility_table_is_the_one_in_use() -> None:
    assert [row for row in _rows(2) if row[0].isdigit()] == [
        [str(grade), f"{exp(log_ratio):.0f}"] for grade, log_ratio in CREDIBILITY_LOG_RATIO.items()
    ]


def test_the_table_of_tie_kinds_is_the_registry() -> None:
    assert _rows(5)[1:] == [
        [
            f"`{kind.code}`",
            "one" if kind.directed else "both",
            "−" if kind.sign < 0 else "+",
            "yes" if kind.carries_messages else "no",
            str(kind.half_life_days),
        ]
        for kind in TIE_KINDS.values()
    ]


def test_the_table_of_measures_is_the_registry() -> None:
    assert [row[0].strip("`") for row in _rows(3)[1:]] == list(MEASURES)


def test_the_numbers_of_the_rankings_are_the_ones_in_use() -> None:
    text = " ".join(PAGE.split())
    assert f"Up to {EXACT_STAKEHOLDERS} stakeholders and {EXACT_SIZE} members every set is tried" in text
    assert f"{RUNS} seeded runs" in text
    assert f"below {SURE} it is called unsure" in text
    assert f"from |z| = {CHANCE:.0f}" in text
    assert f"damping {DAMPING} |" in text
    assert f"({DAMPING}/λ)" in text


def test_the_numbers_in_the_text_are_the_ones_in_use() -> None:
    assert f"`{EVIDENCE_MODEL}`" in PAGE
    assert f"p0 is {PRIOR}." in PAGE
    assert ASSUMED_STRENGTH == ASSUMED_TRUST
    assert f"{ASSUMED_TRUST} is assumed" in PAGE
    assert f"between {LEAST_RELIABILITY:.6f} and {MOST_RELIABILITY:.6f}" in PAGE


def test_the_numbers_of_the_analyses_are_the_ones_in_use() -> None:
    assert f"less than {TOLERANCE} apart" in PAGE
    assert f"exceeds {WORK:,}" in PAGE
    assert f"reliability of {LEAST_REACH} or more" in PAGE
    assert SIBLING_SHARE == 1 / 2
    assert "more than half of the areas" in PAGE
