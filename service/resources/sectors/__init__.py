"""Sectors: fields of work."""

from service.resources.sectors.routes import blueprint

__all__ = ["blueprint"]
