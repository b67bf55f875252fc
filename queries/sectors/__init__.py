"""Sectors: fields of work."""

from graph.model import Sector
from queries.records import Records


class Sectors(Records[Sector]):
    """The sectors."""

    kind = Sector
    folder = "sectors"
    filters = ("code",)
