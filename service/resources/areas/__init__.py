"""Areas: places in a hierarchy."""

from service.resources.areas.routes import blueprint

__all__ = ["blueprint"]
