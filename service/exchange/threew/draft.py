"""What a 3W table says, before anything of it is compared with what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.exchange.threew.activities import TableActivity
from service.exchange.threew.areas import TableArea
from service.exchange.threew.columns import Columns
from service.exchange.threew.links import Link
from service.exchange.threew.organisations import Organisation
from service.exchange.threew.periods import Period
from service.exchange.threew.sectors import SectorName


@dataclass(slots=True)
class Occurrences:
    """The number of rows that report something, and the first of them."""

    first_row: int
    rows: int = 0


@dataclass(slots=True)
class Draft:
    """The content of a table. Organisations, areas and sectors are named by their keys in this table."""

    columns: Columns
    stem: str
    country: str
    organisations: Mapping[str, Organisation]
    areas: Mapping[str, TableArea]
    sectors: dict[str, SectorName] = field(default_factory=dict)
    links: dict[tuple[Link, Period | None], Occurrences] = field(default_factory=dict)
    activities: dict[TableActivity, Occurrences] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Filled rows under the heading."""
        return len(self.columns.rows)

    @property
    def blank(self) -> int:
        """Blank rows under the heading."""
        return self.columns.table.height - self.columns.last_heading_row - self.rows
