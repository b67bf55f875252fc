"""The start page, the interactive documentation, and the explanation of every error code."""

from flask import Blueprint, render_template

from service.http.current import actor, store
from service.http.errors import BY_STATUS, MEANINGS


def add_routes(blueprint: Blueprint) -> None:
    """Add the routes of this module."""

    @blueprint.get("/")
    def home() -> str:
        counts = store().counts(actor())
        return render_template("home.html", counts=counts, empty=not counts.get("stakeholders"))

    @blueprint.get("/docs")
    def docs() -> str:
        return render_template("docs.html")

    @blueprint.get("/problems")
    def problems() -> str:
        meanings = {meaning.code: meaning for meaning in (*BY_STATUS.values(), *MEANINGS.values())}
        return render_template("problems.html", meanings=sorted(meanings.values(), key=lambda m: (m.status, m.code)))
