"""How the graph is reached: HTTP, web pages, command line, files. The only package that knows all the others."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from queries.store import Store
    from service.config import Config


def create_app(config: "Config", *, store: "Store | None" = None) -> "Flask":
    """Return the web application for a configuration.

    ``store`` is an open store, which stays the caller's to close; without one, the store of the configuration is opened
    and closed when the interpreter ends. Raises ``StoreUnavailable`` where no database answers in that case.
    """
    # Imported here: a command that asks no web question starts without Flask.
    from service.web import build

    return build(config, store if store is not None else _opened(config))


def _opened(config: "Config") -> "Store":
    import atexit
    from contextlib import ExitStack

    from service.wiring import opened_store

    stack = ExitStack()
    opened = stack.enter_context(opened_store(config))
    atexit.register(stack.close)
    return opened
