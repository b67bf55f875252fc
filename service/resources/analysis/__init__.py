"""Analyses: questions about the network, answered with method, numbers and a sentence a row."""

from service.resources.analysis.routes import blueprint

__all__ = ["blueprint"]
