"""The report of an import: what was read, what changed or would change, and the findings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from service.exchange.findings import RowFinding

RECORD_KINDS = ("stakeholders", "sources", "tie_reports", "areas", "sectors", "activities")


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """How many records of a kind an import creates, changes and leaves as they are."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did or, in a dry run, would do.

    ``rows`` counts the filled rows under the heading, ``skipped_blank`` the blank ones among and after them. ``sheet``
    is the sheet that was read, ``""`` for a file without sheets. ``mapping`` is field → heading of its column.
    """

    dry_run: bool
    rows: int
    skipped_blank: int
    records: Mapping[str, RecordCounts]
    findings: tuple[RowFinding, ...]
    sheet: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the report as JSON objects, lists, numbers and text."""
        return {
            "dry_run": self.dry_run,
            "rows": self.rows,
            "skipped_blank": self.skipped_blank,
            "records": {kind: asdict(self.records.get(kind, RecordCounts())) for kind in RECORD_KINDS},
            "findings": [asdict(finding) for finding in self.findings],
            "sheet": self.sheet,
            "mapping": dict(self.mapping),
        }
