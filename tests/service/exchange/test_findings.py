from service.exchange.findings import MAX_FINDINGS, MAX_VALUE, Findings


def test_equal_findings_are_merged_with_the_first_row_and_the_count() -> None:
    findings = Findings()
    for row in (9, 3, 7):
        findings.add("is odd", "Mend it.", row=row, column="C", value="v")
    (only,) = findings.collected()
    assert (only.row, only.reason) == (3, "is odd (in 3 rows)")


def test_findings_on_the_whole_file_come_first_then_by_row() -> None:
    findings = Findings()
    for row in (5, None, 2):
        findings.add(f"row {row}", "", row=row)
    assert [finding.row for finding in findings.collected()] == [None, 2, 5]


def test_long_values_are_shortened() -> None:
    findings = Findings()
    findings.add("is long", "", value="x" * 10_000)
    assert len(findings.collected()[0].value) == MAX_VALUE + 1


def test_findings_over_the_limit_are_counted_instead_of_listed() -> None:
    findings = Findings()
    for row in range(1, 10_000):
        findings.add(f"reason {row}", "", row=row)
    collected = findings.collected()
    assert len(collected) == MAX_FINDINGS + 1
    assert collected[-1].reason == f"{9_999 - MAX_FINDINGS} more findings are not listed"
