"""Maps: the network as a page of its own."""

from service.resources.maps.routes import blueprint

__all__ = ["blueprint"]
