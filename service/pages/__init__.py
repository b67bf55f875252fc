"""The web pages: rendered by the server, readable without JavaScript, loading nothing from elsewhere."""

import re

from flask import Blueprint
from markupsafe import Markup

from graph.analysis.answers.wording import counted
from graph.vocabulary import CATEGORIES, TIE_KINDS, TieStatus

CATEGORY_LABELS = {category.code: category.label for category in CATEGORIES.values()}
KIND_LABELS = {kind.code: kind.label for kind in TIE_KINDS.values()}
STATUS_LABELS = {status.value: status.value.replace("_", " ") for status in TieStatus}

# Hebrew, Arabic, Syriac, Thaana, N'Ko and the Arabic presentation forms; words of them, with what joins them.
_WORD = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"
_RIGHT_TO_LEFT = re.compile(rf"{_WORD}(?:[\s\u200c\u200d'-]+{_WORD})*")


def isolated(sentence: str) -> Markup:
    """Return a left-to-right sentence as HTML in which right-to-left names do not reorder the text beside them."""
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(part) if _RIGHT_TO_LEFT.fullmatch(part) else part
        for part in re.split(f"({_RIGHT_TO_LEFT.pattern})", sentence)
    )


def pages() -> Blueprint:
    """Return the routes of all pages, with their templates and static files."""
    from service.pages import analysis, home, imports, records

    blueprint = Blueprint(
        "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )

    @blueprint.context_processor
    def words() -> dict[str, dict[str, str]]:
        return {"category_labels": CATEGORY_LABELS, "kind_labels": KIND_LABELS, "status_labels": STATUS_LABELS}

    blueprint.add_app_template_filter(isolated)
    blueprint.add_app_template_filter(counted)
    for module in (home, records, analysis, imports):
        module.add_routes(blueprint)
    return blueprint
