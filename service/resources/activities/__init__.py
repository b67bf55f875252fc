"""Activities: who does what, where, when."""

from service.resources.activities.routes import blueprint

__all__ = ["blueprint"]
