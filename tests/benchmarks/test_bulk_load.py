"""The bulk load's benchmark, small: that it runs, and that its verdict on its own result is true."""

import json

import pytest

from benchmarks import bulk_load
from benchmarks.bulk_load import Report, a_world


@pytest.fixture(scope="module")
def report(jar_cache: object) -> Report:
    """One run: 40 stakeholders and 60 reports in bulk, 5 of each kind one by one."""
    return bulk_load.compare(40, 60, naive=5)


def test_it_loads_every_kind_both_ways_and_counts_the_result(report: Report) -> None:
    assert {row.kind: (row.bulk.records, row.naive.records) for row in report.rows} == {
        "stakeholders": (40, 5),
        "tie reports": (60, 5),
        "tie reports with an external id": (60, 5),
    }
    assert report.right
    assert report.ties == a_world(40, 60).tie_count


def test_the_floor_of_the_database_is_measured_for_nodes_and_reports(report: Report) -> None:
    floors = {row.kind: row.floor.records for row in report.rows if row.floor}
    assert floors == {"stakeholders": 40, "tie reports": 60}


def test_a_lost_record_or_a_wrong_tie_is_an_error(
    report: Report, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = Report(report.neo4j, report.rows, report.ties, counted=True, folded=False)
    for given, code in ((report, 0), (wrong, 1)):
        monkeypatch.setattr(bulk_load, "compare", lambda *_, given=given, **__: given)
        assert bulk_load.main(["--json"]) == code
        assert json.loads(capsys.readouterr().out)["right"] is given.right
        assert bulk_load.main([]) == code
        assert "floor a second" in capsys.readouterr().out
