"""Imports: an uploaded table → records, and a report that names every doubtful cell by row and column."""

from service.exchange.report import ImportReport
from service.exchange.threew.importing import run_import
from service.exchange.threew.planning import ImportPlan, plan_import

__all__ = ["ImportPlan", "ImportReport", "plan_import", "run_import"]
