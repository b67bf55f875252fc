"""Activities: ``(:Stakeholder)-[:CARRIES_OUT {role}]->(:Activity)-[:IN]->(:Area)``, ``-[:FOR]->(:Sector)``."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from graph.model import Activity
from queries.records.base import RecordStore
from queries.records.refusals import Reference


class Activities(RecordStore[Activity]):
    """The activities. One is visible only with a participant whom the viewer may see, and shows only such ones."""

    kind = Activity
    folder = "records/activities"
    filters = ("stakeholder_id", "area_id", "sector_id", "status")

    def canonical(self, record: Activity) -> Activity:
        """Return the activity with its participants in the order of ids and roles."""
        return replace(record, participants=tuple(sorted(record.participants)))

    def columns(self, record: Activity) -> Mapping[str, Any]:
        """Return the participants and the ids of area and sector."""
        participants = [
            {"stakeholder_id": item.stakeholder_id, "role": item.role.value} for item in record.participants
        ]
        return {"participants": participants, "area_id": record.area_id, "sector_id": record.sector_id}

    def references(self, record: Activity) -> Iterator[Reference]:
        """Yield the participants, the area and the sector."""
        for position, participant in enumerate(record.participants):
            pointer = f"/participants/{position}/stakeholder_id"
            yield Reference(pointer, "stakeholders", participant.stakeholder_id)
        if record.area_id:
            yield Reference("/area_id", "areas", record.area_id)
        if record.sector_id:
            yield Reference("/sector_id", "sectors", record.sector_id)
