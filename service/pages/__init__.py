"""The web pages: rendered by the server, readable without JavaScript, loading nothing from elsewhere."""

from flask import Blueprint

from graph.vocabulary import CATEGORIES, TIE_KINDS, TieStatus

CATEGORY_LABELS = {category.code: category.label for category in CATEGORIES.values()}
KIND_LABELS = {kind.code: kind.label for kind in TIE_KINDS.values()}
STATUS_LABELS = {status.value: status.value.replace("_", " ") for status in TieStatus}


def pages() -> Blueprint:
    """Return the routes of all pages, with their templates and static files."""
    from service.pages import analysis, home, imports, records

    blueprint = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    @blueprint.context_processor
    def words() -> dict[str, dict[str, str]]:
        return {"category_labels": CATEGORY_LABELS, "kind_labels": KIND_LABELS, "status_labels": STATUS_LABELS}

    for module in (home, records, analysis, imports):
        module.add_routes(blueprint)
    return blueprint
