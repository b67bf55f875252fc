"""Sources: where knowledge comes from."""

from service.resources.sources.routes import blueprint

__all__ = ["blueprint"]
