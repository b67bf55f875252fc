"""Ties: what the reports come to."""

from service.resources.ties.routes import blueprint

__all__ = ["blueprint"]
