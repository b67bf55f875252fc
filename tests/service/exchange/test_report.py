import json

from service.exchange.findings import RowFinding
from service.exchange.report import RECORD_KINDS, ImportReport, RecordCounts


def test_the_report_has_the_agreed_shape() -> None:
    report = ImportReport(
        dry_run=True,
        rows=2,
        skipped_blank=1,
        records={"areas": RecordCounts(created=3)},
        findings=(RowFinding(4, "Org", "x", "is odd", "Mend it."),),
    )
    document = json.loads(json.dumps(report.as_json()))
    # Scripts may rely on these keys, which the issue names; sheet and mapping were added later.
    assert list(document)[:5] == ["dry_run", "rows", "skipped_blank", "records", "findings"]
    assert set(document["records"]) == set(RECORD_KINDS)
    assert document["records"]["areas"] == {"created": 3, "updated": 0, "unchanged": 0}
    assert document["findings"] == [
        {"row": 4, "column": "Org", "value": "x", "reason": "is odd", "suggestion": "Mend it."}
    ]
