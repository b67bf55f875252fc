"""Health: is the process alive, can it answer."""

from service.resources.health.routes import blueprint

__all__ = ["blueprint"]
