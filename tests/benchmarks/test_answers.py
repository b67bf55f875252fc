import json

import pytest

from benchmarks.answers import main


@pytest.mark.usefixtures("jar_cache")
def test_each_way_of_asking_has_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stakeholders", "30", "--ties", "60", "--rounds", "1", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    ways = [f"{way}, {when}" for way in ("in process", "by HTTP") for when in ("warm", "after one tie changed")]
    assert [row["asked"] for row in rows] == ways
    assert all(row["wall"] > 0 for row in rows)
