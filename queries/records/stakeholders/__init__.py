"""Stakeholders: ``(:Stakeholder:LocalAuthority)-[:BASED_IN]->(:Area)``, ``-[:WORKS_IN]->(:Sector)``."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from graph.model import Stakeholder
from graph.vocabulary import CATEGORIES
from queries.driver.statements import Statement, statement
from queries.records.base import RecordStore
from queries.records.refusals import Reference
from queries.records.search import search_name, search_words, words_query


class Stakeholders(RecordStore[Stakeholder]):
    """The stakeholders. ``q`` finds words in names and aliases, ``name`` a whole name, ignoring case and accents."""

    kind = Stakeholder
    folder = "records/stakeholders"
    filters = ("q", "name", "category", "status", "area_id", "sector_id")

    def canonical(self, record: Stakeholder) -> Stakeholder:
        """Return the stakeholder with each sector once, in the order of ids."""
        return replace(record, sector_ids=tuple(sorted(set(record.sector_ids))))

    def columns(self, record: Stakeholder) -> Mapping[str, Any]:
        """Return the category's label and the ids of area and sectors."""
        return {
            "label": CATEGORIES[record.category].node_label,
            "area_id": record.area_id,
            "sector_ids": record.sector_ids,
        }

    def references(self, record: Stakeholder) -> Iterator[Reference]:
        """Yield the area and the sectors."""
        if record.area_id:
            yield Reference("/area_id", "areas", record.area_id)
        for position, sector_id in enumerate(record.sector_ids):
            yield Reference(f"/sector_ids/{position}", "sectors", sector_id)

    def extra_properties(self, record: Stakeholder) -> Mapping[str, Any]:
        """Return the search forms of the names."""
        return {
            "search_name": search_name(record.name),
            "search_words": search_words((record.name, *record.aliases)),
        }

    def page_statement(self, filters: Mapping[str, Any]) -> tuple[Statement, dict[str, Any]] | None:
        """Return the full-text search if ``q`` is given, else the plain page."""
        parameters = dict(filters)
        words = parameters.pop("q")
        if parameters["name"] is not None:
            parameters["name"] = search_name(parameters["name"])
        if words is None:
            return statement("records/stakeholders/page"), parameters
        query = words_query(words)
        return (statement("records/stakeholders/search"), {**parameters, "words": query}) if query else None
