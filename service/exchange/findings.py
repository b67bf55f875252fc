"""The findings of an import about a file: equal ones merged, with the first row and the number of rows."""

from dataclasses import dataclass

MAX_FINDINGS = 500
"""Most findings in a report: as many as a person may still read. One more finding counts the rest."""

MAX_VALUE = 200
"""Most characters of a cell's value that a finding quotes."""


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One finding about a file; ``row`` as a spreadsheet program numbers it, ``None`` for the whole file."""

    row: int | None
    column: str
    value: str
    reason: str
    suggestion: str


class Findings:
    """Collects findings. Those with the same value, column, reason and suggestion become one, at their first row."""

    def __init__(self) -> None:
        self._occurrences: dict[tuple[str, str, str, str], tuple[int | None, int]] = {}

    def add(self, reason: str, suggestion: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        """Add a finding; ``reason`` says what was found and done, ``suggestion`` what the user can do about it."""
        shown = value if len(value) <= MAX_VALUE else value[:MAX_VALUE] + "…"
        key = (column, shown, reason, suggestion)
        first, times = self._occurrences.get(key, (row, 0))
        self._occurrences[key] = (min(first or 0, row or 0) or None, times + 1)

    def collected(self) -> tuple[RowFinding, ...]:
        """Return the findings: those about the whole file first, the others by row, at most ``MAX_FINDINGS`` + 1."""
        findings = [
            RowFinding(row, column, value, reason if times == 1 else f"{reason} (in {times:,} rows)", suggestion)
            for (column, value, reason, suggestion), (row, times) in self._occurrences.items()
        ]
        findings.sort(key=lambda finding: (finding.row or 0, finding.column, finding.value, finding.reason))
        if len(findings) <= MAX_FINDINGS:
            return tuple(findings)
        more = RowFinding(
            None,
            "",
            "",
            f"{len(findings) - MAX_FINDINGS} more findings are not listed",
            "Correct what is listed and import again; the rest is then listed.",
        )
        return (*findings[:MAX_FINDINGS], more)
