"""The resources of the API: one folder each, with its routes and its schemas."""

from collections.abc import Iterator

from service.http.smorest import Blueprint


def blueprints() -> Iterator[Blueprint]:
    """Yield the routes of every resource, in the order the documentation lists them."""
    from service.resources import (
        activities,
        analysis,
        areas,
        health,
        imports,
        maps,
        sectors,
        sources,
        stakeholders,
        tie_reports,
        ties,
    )

    for resource in (
        stakeholders,
        ties,
        tie_reports,
        sources,
        areas,
        sectors,
        activities,
        analysis,
        maps,
        imports,
        health,
    ):
        yield resource.blueprint()
