"""Analyses of the network: each answer has its method, numbers and a sentence a row."""

from service.resources.analysis.routes import blueprint

__all__ = ["blueprint"]
