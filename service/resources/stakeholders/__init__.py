"""Stakeholders: the actors that matter to the mission."""

from service.resources.stakeholders.routes import blueprint

__all__ = ["blueprint"]
