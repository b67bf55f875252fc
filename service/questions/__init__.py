"""The questions a user can ask, one function each; command line, API and pages all call these, so they agree."""

from service.questions import (
    brokerage,
    centrality,
    communities,
    gaps,
    groups,
    intermediaries,
    network_map,
    paths,
    scope,
)

__all__ = [
    "brokerage",
    "centrality",
    "communities",
    "gaps",
    "groups",
    "intermediaries",
    "network_map",
    "paths",
    "scope",
]
