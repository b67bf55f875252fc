import pytest

from benchmarks.archive import main


@pytest.mark.usefixtures("jar_cache")
def test_each_size_comes_back_the_same_and_says_what_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--reports", "8"]) == 0
    said = capsys.readouterr().out
    assert said.count("MB more memory") == 2
    assert "the same graph: yes" in said
