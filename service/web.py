"""Assemble the web application: settings, protection, API, pages."""

from importlib.metadata import PackageNotFoundError, version
from types import TracebackType

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from queries.store import Store
from service.config import Config
from service.http.bookmarks import thread_bookmarks
from service.http.current import Services, provide
from service.http.problems import log_failure
from service.http.protection import protect
from service.http.smorest import Api, refuse_undocumented
from service.pages import pages
from service.questions.networks import Networks
from service.resources import blueprints

BODY_BYTES = 1024 * 1024
"""Largest JSON body: a stakeholder with every field full has about 100 kB. Uploads have their own limit."""

DISTRIBUTION = "stakeholder-relationship-graph"

SETTINGS = {
    "API_TITLE": "Stakeholder relationship graph",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
    "MAX_CONTENT_LENGTH": BODY_BYTES,
    "MAX_FORM_MEMORY_SIZE": BODY_BYTES,
    "MAX_FORM_PARTS": 20,
}

INFO = {
    "description": (
        "Stores the stakeholders of a mission area and their ties as a graph, and finds who connects them, what is "
        "missing and how to reach somebody. Every failure is an RFC 9457 problem with a stable code, a pointer and a "
        "cure."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


class Application(Flask):
    """A Flask application that logs no names."""

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Log an unexpected failure without its message and values, which may contain names."""
        if exc_info[1] is not None:
            log_failure(exc_info[1])


class JsonProvider(DefaultJSONProvider):
    """JSON with keys in the order given and names in their own script."""

    ensure_ascii = False
    sort_keys = False


def build(config: Config, store: Store) -> Flask:
    """Return the application that serves ``store`` with the settings of ``config``."""
    app = Application("service", static_folder=None)
    app.json = JsonProvider(app)
    app.config.from_mapping(SETTINGS, API_VERSION=_version(), API_SPEC_OPTIONS={"info": dict(INFO)})
    app.url_map.strict_slashes = False
    provide(app, Services(store=store, networks=Networks(store), actor=config.actor))
    protect(app, config.host)
    thread_bookmarks(app, store)
    api = Api(app)
    for blueprint in blueprints():
        api.register_blueprint(blueprint)
    api.document_itself()
    refuse_undocumented(app, api.spec)
    app.register_blueprint(pages())
    return app


def _version() -> str:
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unknown"
