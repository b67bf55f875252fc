"""The kinds of rows in an archive, in an order in which each row comes after the rows that it refers to.

A new kind of record is added here too, with the two statements that read and load it. Until then a database that has
one is refused, not archived without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.errors import Conflict
from graph.vocabulary import CATEGORIES, TIE_KINDS
from queries.driver.statements import Statement, statement

PAGE = 1_000
"""Rows read at a time: one with a note of four pages takes 40 kB, so that a page never takes more than 40 MB."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row.

    Attributes:
        name: as in the parts of an archive; ``archive/page_<name>`` reads it, ``load`` writes it.
        load: the statement of ``restore/`` that writes it.
        label: of its nodes; every node has exactly this one, a stakeholder that of its category too.
        first: a cursor before the first row.
        page: rows, or stakeholders whose ties form one page, read at a time.
    """

    name: str
    load: str
    label: str = ""
    first: str | int = ""
    page: int = PAGE
    links: tuple[str, ...] = field(default=())

    @property
    def read_statement(self) -> Statement:
        """The statement that returns the next rows."""
        return statement(f"archive/page_{self.name}")

    @property
    def load_statement(self) -> Statement:
        """The statement that creates rows as archived."""
        return statement(f"restore/{self.load}")

    def nodes(self, row: Mapping[str, Any]) -> int:
        """Return how many nodes of the database the row represents."""
        if "type" in row or "parents" in row:
            return 0
        return 1 + len(row.get("keys", ()))

    def relationships(self, row: Mapping[str, Any]) -> int:
        """Return how many relationships of the database the row represents."""
        if "type" in row:
            return 1
        return len(row.get("keys", ())) + sum(len(row[name]) for name in self.links)

    def settle(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the row with its lists sorted; raises ``Conflict`` if it is not of this kind.

        It checks what becomes part of a statement when the row is loaded: labels and relationship types.
        """
        for name in ("keys", "labels", *self.links):
            if name in row:
                row[name].sort(key=_order)
        foreign = {row["type"]} - TYPES if "type" in row else set(row.get("labels", ())) - _labels(self)
        if foreign or (self.label and self.label not in row.get("labels", ())):
            raise Conflict(
                f"The database holds something among its {self.name.replace('_', ' ')} that this program never writes: "
                f"{', '.join(sorted(foreign)) or 'a wrong label'}.",
                cure="Run `stakeholder-graph check`, which names it, and correct or remove it.",
            )
        return row


TYPES = frozenset(kind.relationship_type for kind in TIE_KINDS.values())
"""Relationship types of materialised ties."""

CATEGORY_LABELS = frozenset(category.node_label for category in CATEGORIES.values())
"""Labels of stakeholders beside ``Stakeholder``."""

KINDS = (
    Kind("migrations", "load_migrations"),
    Kind("revisions", "load_revisions", first=-1),
    Kind("sectors", "load_nodes", "Sector"),
    Kind("areas", "load_nodes", "Area"),
    Kind("parents", "load_parents", links=("parents",)),
    Kind("sources", "load_nodes", "Source"),
    Kind("stakeholders", "load_stakeholders", "Stakeholder", links=("areas", "sectors")),
    Kind("tie_reports", "load_tie_reports", "TieReport", links=("starts", "finishes", "sources")),
    Kind("activities", "load_activities", "Activity", links=("areas", "sectors", "participants")),
    Kind("receipts", "load_nodes", "Receipt"),
    # A stakeholder of a large network has some twenty ties, a hub thousands.
    Kind("ties", "load_ties", page=100),
)


def _labels(kind: Kind) -> frozenset[str]:
    own = frozenset({kind.label} if kind.label else ())
    return own | CATEGORY_LABELS if kind.label == "Stakeholder" else own


def _order(item: Any) -> Any:  # noqa: ANN401 - an id, or a participant
    return item if isinstance(item, str) else (item["id"], sorted(map(str, item["part"].items())))
