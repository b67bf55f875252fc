import pytest

from benchmarks.archive import main


@pytest.mark.usefixtures("jar_cache")
def test_each_size_is_restored_unchanged_and_its_time_and_memory_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--reports", "8"]) == 0
    said = capsys.readouterr().out
    assert said.count("MB more memory") == 2
    assert "the same graph: yes" in said
