import json

import pytest

from benchmarks.store_to_network import main


@pytest.mark.usefixtures("jar_cache")
@pytest.mark.parametrize("arguments", [["--json"], []], ids=["for programs", "for people"])
def test_a_refresh_gives_what_a_whole_reading_gives(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ties", "300", "--plain", "100", *arguments]) == 0
    said = capsys.readouterr().out
    if arguments:
        assert (json.loads(said)["ties"], json.loads(said)["same"]) == (300, True)
    else:
        assert "300 ties of 30 stakeholders" in said
