"""The questions about the network, answered as pages. The numbers are the API's: both call ``service/questions``."""

from flask import Blueprint, render_template

from service import questions
from service.http.current import actor, networks
from service.http.fields import SingleLine
from service.pages.query import address_with, read_query
from service.resources.analysis.schemas import GapsQuery, IntermediariesQuery, PathsQuery, take_ends, take_scope

MORE = 1000
"""Rows after "Show more": the most that the API returns at once."""


def add_routes(blueprint: Blueprint) -> None:
    """Add the routes of this module."""

    @blueprint.get("/intermediaries")
    def intermediaries() -> str:
        query = read_query(IntermediariesQuery)
        scope, ends = take_scope(query), take_ends(query)
        answer = questions.intermediaries.intermediaries(networks(), actor(), scope, ends=ends, **query)
        return render_template(
            "intermediaries.html", answer=answer, scope=scope, more_address=address_with(limit=str(MORE))
        )

    @blueprint.get("/gaps")
    def gaps() -> str:
        query = read_query(GapsQuery)
        scope = take_scope(query)
        answer = questions.gaps.gaps(networks(), actor(), scope, **query)
        return render_template("gaps.html", answer=answer, scope=scope, more_address=address_with(limit=str(MORE)))

    @blueprint.get("/paths")
    def paths() -> str:
        form = read_query(_PathForm)
        if not (form.get("source") and form.get("target")):
            return render_template("paths.html", answer=None, scope=take_scope(form), form=form)
        query = read_query(PathsQuery)
        scope = take_scope(query)
        answer = questions.paths.paths(networks(), actor(), scope, **query)
        return render_template("paths.html", answer=answer, scope=scope, form=form)


class _PathForm(PathsQuery):
    """The form of the page, whose ends may still be empty."""

    source = SingleLine(data_key="from")
    target = SingleLine(data_key="to")
