"""What an import has to say about a file: each thing once, with its first row and how often it came up."""

from dataclasses import dataclass

MAX_FINDINGS = 500
"""Most findings in a report: what a person may still read through. The rest is counted in one more."""

MAX_VALUE = 200
"""Most characters of a value that a finding repeats."""


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One thing to know about a file; ``row`` as a spreadsheet program numbers it, ``None`` for the whole file."""

    row: int | None
    column: str
    value: str
    reason: str
    suggestion: str


class Findings:
    """Collects findings. The same value, column and reason come out as one, at the first row they were met."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str, str, str], tuple[int | None, int]] = {}

    def add(self, reason: str, suggestion: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        """Add a finding; ``reason`` says what was found and done, ``suggestion`` what the reader can do about it."""
        shown = value if len(value) <= MAX_VALUE else value[:MAX_VALUE] + "…"
        key = (column, shown, reason, suggestion)
        first, times = self._met.get(key, (row, 0))
        self._met[key] = (min(first or 0, row or 0) or None, times + 1)

    def collected(self) -> tuple[RowFinding, ...]:
        """Return the findings: those on the whole file first, the others by row, at most ``MAX_FINDINGS`` and one."""
        found = [
            RowFinding(row, column, value, reason if times == 1 else f"{reason} (in {times:,} rows)", suggestion)
            for (column, value, reason, suggestion), (row, times) in self._met.items()
        ]
        found.sort(key=lambda finding: (finding.row or 0, finding.column, finding.value, finding.reason))
        if len(found) <= MAX_FINDINGS:
            return tuple(found)
        more = RowFinding(
            None,
            "",
            "",
            f"{len(found) - MAX_FINDINGS} more findings are not listed",
            "Mend what is listed and import again; the rest will then show.",
        )
        return (*found[:MAX_FINDINGS], more)
