"""Imports: tables brought in, or tried."""

from service.resources.imports.routes import blueprint

__all__ = ["blueprint"]
