"""Routes of the tie reports."""

from graph.ties import TieReport
from service.http.smorest import Blueprint
from service.resources.records import Resource, record_blueprint
from service.resources.tie_reports.own_observation import with_source
from service.resources.tie_reports.schemas import TieReportQuery, TieReportSchema


def blueprint() -> Blueprint:
    """Return the routes."""
    return record_blueprint(
        Resource(
            record=TieReport,
            name="tie-reports",
            one="tie report",
            description="What one source says about one tie. Ties are computed from these.",
            schema=TieReportSchema,
            example={
                "from_id": "0190a6e4-0000-7000-8000-000000000001",
                "to_id": "0190a6e4-0000-7000-8000-000000000002",
                "kind": "coordinates_with",
            },
            filters=TieReportQuery,
            complete=with_source,
            # What a source reported does not change; its sensitivity and our note on it can.
            changeable=frozenset({"note", "sensitivity"}),
            deletion="Retracts it: from now on the tie is computed without it; what was known earlier includes it.",
        )
    )
