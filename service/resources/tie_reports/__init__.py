"""Tie reports: what one source says about one tie."""

from service.resources.tie_reports.routes import blueprint

__all__ = ["blueprint"]
